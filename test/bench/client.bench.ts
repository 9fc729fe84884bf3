import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Pool } from 'undici'
import { ServerClient } from '../../src-main/appwrite/client.ts'

const sequentialCalls = 2000
const concurrentCalls = 8000
const concurrency = 16
const rounds = 5

let child: ChildProcess
let origin = ''

beforeAll(async () => {
  // A process of its own: its CPU must not be counted as the client's.
  child = fork(fileURLToPath(new URL('depth-listener.mjs', import.meta.url)))
  origin = await new Promise((resolve) => child.once('message', (port) => resolve(`http://127.0.0.1:${Number(port)}`)))
})

afterAll(() => {
  child.kill()
})

interface Figures {
  p50Us: number[]
  cpuUs: number[]
  perSecond: number[]
}

type Ask = () => Promise<number>

async function sequential(ask: Ask, figures: Figures): Promise<void> {
  const tookUs: number[] = []
  const cpu = process.cpuUsage()
  for (let call = 0; call < sequentialCalls; call += 1) {
    const before = performance.now()
    if ((await ask()) !== 3) throw new Error('wrong depth')
    tookUs.push((performance.now() - before) * 1000)
  }
  const { user, system } = process.cpuUsage(cpu)
  tookUs.sort((a, b) => a - b)
  figures.p50Us.push(tookUs[sequentialCalls / 2] ?? 0)
  figures.cpuUs.push((user + system) / sequentialCalls)
}

async function concurrent(ask: Ask, figures: Figures): Promise<void> {
  let left = concurrentCalls
  const worker = async (): Promise<void> => {
    while (left-- > 0) await ask()
  }
  const before = performance.now()
  await Promise.all(Array.from({ length: concurrency }, worker))
  figures.perSecond.push(concurrentCalls / ((performance.now() - before) / 1000))
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

it('Health.depth against bare undici.request and global fetch, same listener, medians of alternating rounds', async () => {
  const headers = {
    'X-Appwrite-Project': 'desk-test',
    'X-Appwrite-Key': 'a'.repeat(256),
    'X-Appwrite-Response-Format': '1.5.0'
  }
  const path = '/v1/health/queue/functions?threshold=2147483647'
  const pool = new Pool(origin, { connections: concurrency, pipelining: 1 })
  const client = new ServerClient({ endpoint: `${origin}/v1`, connections: concurrency })
  const health = client.health({ projectId: 'desk-test', apiKey: 'a'.repeat(256) })
  const { signal } = new AbortController()
  const contenders: Readonly<Record<string, Ask>> = {
    'Health.depth': async () => (await health.depth('functions', signal)).value,
    'undici.request': async () => {
      const { body } = await pool.request({ method: 'GET', path, headers })
      return (JSON.parse(await body.text()) as { readonly size: number }).size
    },
    'global fetch': async () => {
      const response = await fetch(`${origin}${path}`, { headers })
      return ((await response.json()) as { readonly size: number }).size
    }
  }
  const figures = new Map<string, Figures>()
  for (const [name, ask] of Object.entries(contenders)) {
    const warmUp = { p50Us: [], cpuUs: [], perSecond: [] }
    await sequential(ask, warmUp)
    await concurrent(ask, warmUp)
    figures.set(name, { p50Us: [], cpuUs: [], perSecond: [] })
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, ask] of Object.entries(contenders)) {
      const own = figures.get(name)
      if (own === undefined) continue
      await sequential(ask, own)
      await concurrent(ask, own)
    }
  }
  await client.close()
  await pool.close()

  const base = figures.get('undici.request')
  const rows = [...figures].map(([name, { p50Us, cpuUs, perSecond }]) => {
    const ratio = (own: readonly number[], other: readonly number[] | undefined): string =>
      (median(own) / median(other ?? [])).toFixed(2)
    return [
      name.padEnd(15),
      `${median(p50Us).toFixed(0)} µs`.padStart(9),
      ratio(p50Us, base?.p50Us).padStart(6),
      `${median(cpuUs).toFixed(0)} µs`.padStart(9),
      ratio(cpuUs, base?.cpuUs).padStart(6),
      median(perSecond).toFixed(0).padStart(9),
      ratio(perSecond, base?.perSecond).padStart(6)
    ].join('  ')
  })
  const title = `${'client'.padEnd(15)}  p50 seq.   ratio  CPU/req.   ratio  req/s ×16  ratio   (bar: p50 ratio ≤ 1.25)`
  console.log([title, ...rows].join('\n'))
  expect(rows).toHaveLength(3)
})
