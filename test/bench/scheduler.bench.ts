import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { startHeadless, type EndLine } from '../support/headless.ts'
import { historyKey, temporaryFolder } from '../support/histories.ts'

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const secondMs = 1000
const checks = 28

/** Every group at one distance: what a sweep, a count of failed jobs and the cheap checks ask for, 28 requests and more. */
const everyFive = { depthsMs: 5 * secondMs, cheapMs: 5 * secondMs, slowMs: 300 * secondMs, rareMs: 3600 * secondMs }

interface Fleet {
  readonly child: ChildProcess
  readonly servers: readonly { readonly endpoint: string; readonly projectId: string; readonly apiKey: string }[]
}

/** Plain servers that answer as a healthy Appwrite does, in one process of their own: it must not be measured along. */
async function startFleet(count: number): Promise<Fleet> {
  const child = fork(here('scheduler-servers.mjs'), [String(count)])
  const [servers] = (await once(child, 'message')) as [Fleet['servers']]
  return { child, servers }
}

interface Watched {
  readonly end: EndLine
  readonly forMs: number
  readonly cpuMs: number
  readonly requests: number
}

async function watchFor(count: number, settleMs: number, forMs: number): Promise<Watched> {
  const { folder, remove } = temporaryFolder()
  const { child: fleet, servers } = await startFleet(count)
  const connections = servers.map((server, index) => ({
    name: `s${index}`,
    ...server,
    environment: 'staging' as const
  }))
  const headless = await startHeadless({ folder, historyKey, sweepMs: 5000, cadence: everyFive, connections })
  const asked = async (): Promise<number> => {
    fleet.send('count')
    return ((await once(fleet, 'message')) as [number])[0]
  }
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  headless.process.kill('SIGUSR2')
  const before = { cpuMs: cpuOf(headless.process.pid), requests: await asked(), atMs: performance.now() }
  await new Promise((resolve) => setTimeout(resolve, forMs))
  const after = { cpuMs: cpuOf(headless.process.pid), requests: await asked(), atMs: performance.now() }
  const ends: EndLine[] = []
  headless.lines.on('line', (line) => {
    const told = JSON.parse(line) as EndLine | { readonly kind: 'sweep' }
    if (told.kind === 'end') ends.push(told)
  })
  headless.process.kill('SIGTERM')
  await headless.ended
  fleet.kill()
  remove()
  const [end] = ends
  if (end === undefined) throw new Error('the engine told nothing at its end')
  return {
    end,
    forMs: after.atMs - before.atMs,
    cpuMs: after.cpuMs - before.cpuMs,
    requests: after.requests - before.requests
  }
}

/** User and system time of a process, in milliseconds, as Linux counts it. */
function cpuOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  // Fields 14 and 15 of proc(5), counted in hundredths of a second.
  return (Number(fields[11]) + Number(fields[12])) * 10
}

const verdict = (text: string, value: number, most: number, unit: string): string =>
  `  ${value <= most ? 'met' : 'MISSED'}: ${text} ${value.toFixed(2)}${unit} (bar: at most ${most}${unit})`

it.skipIf(process.platform !== 'linux')('the scheduler: many servers on time, one server cheaply', async () => {
  const many = await watchFor(50, 20_000, 60_000)
  const one = await watchFor(1, 20_000, 60_000)
  const late = many.end.late
  const perThousand = (run: Watched): number => (run.cpuMs / run.requests) * 1000
  console.log(
    [
      '\nscheduler (servers on loopback, history on and encrypted, the engine alone in its process)',
      `  50 servers, ${checks} and more checks every 5 s: ${(many.requests / (many.forMs / 1000)).toFixed(0)} requests/s (${(50 * checks) / 5} are 28 checks each), ${late.all?.runs ?? 0} runs`,
      verdict('lateness of all runs, p99', late.all?.p99 ?? NaN, 100, ' ms'),
      `  lateness p50 ${late.all?.p50.toFixed(1) ?? ''} ms, longest ${late.all?.max.toFixed(0) ?? ''} ms; of sweeps alone p99 ${late.depths?.p99.toFixed(1) ?? ''} ms`,
      `  CPU: ${perThousand(many).toFixed(0)} ms per 1,000 checks, ${((many.cpuMs / many.forMs) * 100).toFixed(1)} % of a core`,
      verdict(
        `one server, ${(one.requests / (one.forMs / 5000)).toFixed(0)} checks every 5 s: share of a core`,
        (one.cpuMs / one.forMs) * 100,
        1.5,
        ' %'
      ),
      `  CPU: ${perThousand(one).toFixed(0)} ms per 1,000 checks`
    ].join('\n')
  )
  expect(many.requests).toBeGreaterThan((50 * checks * 60) / 5 / 2)
  expect(one.requests).toBeGreaterThan(0)
})
