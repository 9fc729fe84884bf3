// Start and memory of the app beside a blank Electron window, on the session's display: the rounds go through all
// contenders in turn, so that what disturbs the machine disturbs all. Prints one table and fails for no figure.
import { spawn } from 'node:child_process'
import console from 'node:console'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { electronSwitches } from '../../../resources/dev/app.mjs'
import { memoryOf } from './memory.mjs'

const rounds = 7
const settleMs = 5_000
const entry = resolve(import.meta.dirname, 'main.mjs')
const runtime = process.env.STANDBY_ELECTRON
if (runtime === undefined) throw new Error('run this with npm run bench: it finds the runtime')

const folder = mkdtempSync(join(tmpdir(), 'standby-bench-'))
const script = resolve(import.meta.dirname, '../../../out/main/simulator.js')
const simulator = spawn(process.execPath, [script, '--port', '0', '--version', '1.5.11', '--seed', '7'], {
  stdio: ['ignore', 'pipe', 'inherit']
})
const [line] = await once(createInterface(simulator.stdout), 'line')
const { endpoint, projectId, apiKey } = JSON.parse(line)

const contenders = [
  { name: 'blank window', args: ['--contender=blank'], profile: 'blank' },
  { name: 'Standby, one server', args: ['--contender=app'], profile: 'app' },
  { name: 'Standby, its demo', args: ['--contender=app', '--demo'], profile: 'demo' }
].map((contender) => ({ ...contender, startMs: [], own: [], demo: [] }))

try {
  const draft = { name: 'Bench', endpoint, projectId, apiKey, environment: 'staging' }
  await run(contenders[1], { STANDBY_BENCH_ADD: JSON.stringify(draft) }, async () => {})
  // Round 0 warms the caches of file system and Chromium, and counts for nothing.
  for (let round = 0; round <= rounds; round++) {
    for (const contender of contenders) {
      await run(contender, {}, async (startMs, pid) => {
        await sleep(settleMs)
        const { own, demo } = memoryOf(pid)
        if (round === 0) return
        contender.startMs.push(startMs)
        contender.own.push(own)
        contender.demo.push(demo)
      })
    }
  }
  print()
} finally {
  simulator.kill()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** Starts a contender, hands over how long it took to paint, and ends it. */
async function run({ args, profile }, env, look) {
  const startedMs = performance.now()
  const own = [`--user-data-dir=${join(folder, profile)}`, '--sweep-every=10', ...args]
  const child = spawn(runtime, [...electronSwitches(), entry, ...own], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore']
  })
  const exited = once(child, 'exit')
  try {
    const said = await Promise.race([once(createInterface(child.stdout), 'line'), exited])
    if (said[0] !== 'painted') throw new Error(`${args.join(' ')} ended or said ${said[0]} before it had painted`)
    await look(performance.now() - startedMs, child.pid)
  } finally {
    child.kill()
    await exited
  }
}

function print() {
  const [blank] = contenders
  const rows = contenders.map(({ name, startMs, own, demo }) => [
    name.padEnd(20),
    `${median(startMs).toFixed(0)} ms`.padStart(8),
    `${Math.min(...startMs).toFixed(0)}–${Math.max(...startMs).toFixed(0)}`.padStart(10),
    (median(startMs) / median(blank.startMs)).toFixed(2).padStart(6),
    `${median(own).toFixed(0)} MB`.padStart(8),
    (median(own) / median(blank.own)).toFixed(2).padStart(6),
    median(demo) > 0 ? `${median(demo).toFixed(0)} MB`.padStart(11) : ''.padStart(11)
  ])
  const title = ['window'.padEnd(20), 'start   ', '  min–max ', ' ratio', '  memory', ' ratio', 'demo server']
  console.log([title, ...rows].map((cells) => cells.join('  ')).join('\n'))
  console.log(
    `start: process start to the first painted sweep (blank: first painted frame), warm; memory: PSS of all processes ${settleMs / 1000} s later; medians of ${rounds} alternating runs. Bars: sweep painted ≤ 1000 ms, memory ≤ 1.35 × blank.`
  )
}

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
}
