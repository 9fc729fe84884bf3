import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { build } from 'vite'

interface Run {
  /** Per request, user and system. */
  readonly cpuUs: number
  readonly perSecond: number
}

interface Figures {
  readonly case: string
  readonly contender: string
  /** Sixteen at a time. */
  readonly many: readonly Run[]
  readonly one: readonly Run[]
}

const contenders = ['standby', 'undici.request', 'fetch', 'node-appwrite@13']
const concurrency = 16
const rounds = 5

interface Case {
  readonly name: string
  readonly calls: number
}

const cases: readonly Case[] = [
  { name: 'small GET', calls: 4000 },
  { name: '25 executions with 100 kB of logs each', calls: 64 }
]

/** The bars, as the ratio of the CPU of our client to that of another. */
const bars: Readonly<Record<string, readonly (readonly [contender: string, most: number])[]>> = {
  'small GET': [
    ['undici.request', 1.25],
    ['node-appwrite@13', 1 / 5]
  ],
  '25 executions with 100 kB of logs each': [['undici.request', 1.15]]
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const folder = mkdtempSync(here('../../node_modules/.bench-'))
let server: ChildProcess
let origin = ''

beforeAll(async () => {
  server = fork(here('client-server.mjs'))
  origin = await new Promise((resolve) => server.once('message', (port) => resolve(`http://127.0.0.1:${Number(port)}`)))
  // As it is shipped: a test runner rewrites every import, and would be measured along.
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: here('../../src-main/appwrite/client.ts'),
      outDir: folder,
      target: 'node20.18',
      rolldownOptions: { external: ['undici'], output: { entryFileNames: 'client.mjs' } }
    }
  })
}, 60_000)

afterAll(() => {
  server.kill()
  rmSync(folder, { recursive: true, force: true })
})

interface Worker {
  readonly contender: string
  readonly run: (asked: Case & { readonly atATime: number }) => Promise<Run>
  readonly stop: () => void
}

async function worker(contender: string): Promise<Worker> {
  const child = fork(here('client-worker.mjs'), [origin, join(folder, 'client.mjs'), contender])
  const message = () =>
    new Promise<unknown>((resolve, reject) => {
      const onExit = (code: number | null): void => reject(new Error(`${contender} ended with ${code}`))
      child.once('exit', onExit)
      child.once('message', (told) => {
        child.off('exit', onExit)
        resolve(told)
      })
    })
  await message()
  return {
    contender,
    run: (asked) => {
      child.send(asked)
      return message() as Promise<Run> // our own worker says nothing else
    },
    stop: () => child.disconnect()
  }
}

const median = (runs: readonly Run[], of: keyof Run): number =>
  runs.map((run) => run[of]).sort((a, b) => a - b)[runs.length >> 1] ?? NaN

it('the client against bare undici, global fetch and the official SDK: medians of interleaved rounds', async () => {
  const workers = await Promise.all(contenders.map(worker))
  const figures: Figures[] = []
  for (const { name, calls } of cases) {
    const own = workers.map(({ contender, run }) => {
      return { case: name, contender, run, many: [] as Run[], one: [] as Run[] }
    })
    for (const { run } of own) await run({ name, calls, atATime: concurrency })
    for (let round = 0; round < rounds; round += 1) {
      for (const { run, many, one } of own) {
        many.push(await run({ name, calls, atATime: concurrency }))
        one.push(await run({ name, calls: Math.ceil(calls / 8), atATime: 1 }))
      }
    }
    figures.push(...own)
  }
  for (const { stop } of workers) stop()
  const lines = [...new Set(figures.map((one) => one.case))].flatMap((name) => {
    const own = figures.filter((one) => one.case === name)
    const base = own.find(({ contender }) => contender === 'undici.request')?.many ?? []
    const rows = own.map(({ contender, many, one }) => {
      const cpu = median(many, 'cpuUs')
      return [
        contender.padEnd(17),
        `${cpu.toFixed(0)} µs`.padStart(10),
        (cpu / median(base, 'cpuUs')).toFixed(2).padStart(6),
        median(many, 'perSecond').toFixed(0).padStart(9),
        `${median(one, 'cpuUs').toFixed(0)} µs`.padStart(10),
        median(one, 'perSecond').toFixed(0).padStart(9)
      ].join('  ')
    })
    return [
      `\n${name}`,
      `${''.padEnd(17)}  CPU/req ×16   ratio  req/s ×16  CPU/req ×1  req/s ×1`,
      ...rows,
      ...verdicts(name, own)
    ]
  })
  console.log(lines.join('\n'))
  expect(figures).toHaveLength(8)
})

function verdicts(name: string, own: readonly Figures[]): readonly string[] {
  const cpu = (contender: string): number => median(own.find((one) => one.contender === contender)?.many ?? [], 'cpuUs')
  return (bars[name] ?? []).map(([contender, most]) => {
    const ratio = cpu('standby') / cpu(contender)
    return `  ${ratio <= most ? 'met' : 'MISSED'}: ${ratio.toFixed(2)} of ${contender} (bar: at most ${most.toFixed(2)})`
  })
}
