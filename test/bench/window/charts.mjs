// How fast the Queues page answers, in a real window on the session's display. Prints figures and fails for none.
import { spawn } from 'node:child_process'
import console from 'node:console'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { electronSwitches } from '../../../resources/dev/app.mjs'

const runtime = process.env.STANDBY_ELECTRON
if (runtime === undefined) throw new Error('run this with npm run bench: it finds the runtime')
// A profile whose history was filled beforehand; without one a history of the bench answers in the store's place.
const profile = process.env.STANDBY_BENCH_PROFILE
const bars = { rangeMs: 20, liveMs: 8 }

for (const full of profile === undefined ? [3, 12] : [3]) {
  const told = await run(full)
  const range = median(told.range)
  const raw = median(told.raw)
  const live = median(told.live.map(({ heldMs }) => heldMs))
  const charts = Math.min(...told.live.map((each) => each.charts))
  const source = profile === undefined ? `${full} × 55,550 samples of the bench's own history` : 'the profile given'
  console.log(`charts, ${source}, 12 small charts and the focus`)
  console.log(
    `  click on a range to painted frame  ${figures(told.range)}  bar ${bars.rangeMs} ms ${verdict(range, bars.rangeMs)}; ${(raw / range).toFixed(1)} times as fast as Chart.js with all of 3 × 55,550 points (${raw.toFixed(0)} ms, points already in the page)`
  )
  console.log(
    `  live update, page held             ${figures(told.live.map(({ heldMs }) => heldMs))}  bar ${bars.liveMs} ms ${verdict(live, bars.liveMs)}; ${charts} charts drawn`
  )
}

async function run(full) {
  const folder = mkdtempSync(join(tmpdir(), 'standby-charts-'))
  if (profile !== undefined) cpSync(profile, folder, { recursive: true })
  const entry = resolve(import.meta.dirname, 'charts-main.mjs')
  const args = [...electronSwitches(), entry, `--user-data-dir=${folder}`, '--sweep-every=2']
  const child = spawn(runtime, profile === undefined ? [...args, '--demo'] : args, {
    env: {
      ...process.env,
      STANDBY_BENCH_FULL: String(full),
      ...(profile === undefined ? {} : { STANDBY_BENCH_REAL: '1' })
    },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const exited = once(child, 'exit')
  try {
    const said = await Promise.race([once(createInterface(child.stdout), 'line'), exited])
    if (typeof said[0] !== 'string' || !said[0].startsWith('{'))
      throw new Error('the window ended before it had told its times')
    return JSON.parse(said[0])
  } finally {
    child.kill()
    await exited
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function figures(values) {
  return `median ${median(values).toFixed(1)} ms (${Math.min(...values).toFixed(1)}–${Math.max(...values).toFixed(1)}, ${values.length})`
}

function verdict(value, bar) {
  return value <= bar ? 'met' : 'MISSED'
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
}
