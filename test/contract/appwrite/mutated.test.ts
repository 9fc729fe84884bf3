import { expect, it } from 'vitest'
import { ServerClient } from '../../../src-main/appwrite/client.ts'
import type { Health } from '../../../src-main/appwrite/health.ts'
import { Failure } from '../../../src-main/core/failure.ts'
import { apiKey, credentials, listenHttp, never } from './listener.ts'
import { closing, listening } from './open.ts'
import { generator, spoil, type Json, type Reply } from './spoiling.ts'

const isSoak = process.env.STANDBY_SOAK === '1'
const runs = isSoak ? 2000 : 400
const seed = Number(process.env.STANDBY_SEED ?? 20_261)
const deadlineMs = 200

type Ask = (health: Health) => Promise<{ readonly value: unknown }>

const failing = { name: 'db', ping: 0, status: 'fail' }
const statuses = { total: 2, statuses: [{ name: 'a', ping: 1, status: 'pass' }, failing] }

/** Replies that tell of trouble. A mutation may make a fault of them, but never good news. */
const troubled: readonly (readonly [string, Ask, Json, (value: unknown) => boolean])[] = [
  ['http', (health) => health.http(never), failing, isAllPassing],
  ['db', (health) => health.db(never), statuses, isAllPassing],
  ['cache', (health) => health.cache(never), statuses, isAllPassing],
  ['queue', (health) => health.queue(never), statuses, isAllPassing],
  ['pubsub', (health) => health.pubsub(never), statuses, isAllPassing],
  ['storage', (health) => health.storage(never), { ...failing, name: '' }, isAllPassing],
  ['time', (health) => health.time(never), { remoteTime: 1795472999, localTime: 1795472940, diff: 59 }, isOnTime],
  ['anti-virus', (health) => health.antiVirus(never), { version: '1.0.0', status: 'fail' }, isClean],
  ['depth', (health) => health.depth('functions', never), { size: 987654 }, isShallow],
  ['failed', (health) => health.failed('functions', never), { size: 987654 }, isShallow]
]

function isAllPassing(value: unknown): boolean {
  const components = (Array.isArray(value) ? value : [value]) as readonly { readonly isPassing: boolean }[]
  return components.every(({ isPassing }) => isPassing)
}
function isOnTime(value: unknown): boolean {
  return Math.abs((value as { readonly offsetMs: number }).offsetMs) < 2000
}
function isClean(value: unknown): boolean {
  return (value as { readonly status: string }).status !== 'fail'
}
function isShallow(value: unknown): boolean {
  return typeof value !== 'number' || value < 5000
}

it(
  `takes ${runs} spoilt replies for faults or for the trouble they tell: no crash, no hang, no wrong green (seed ${seed})`,
  async () => {
    const replies = new Map<string, Reply>()
    const server = await listening(
      listenHttp((request, response) =>
        replies.get(new URL(request.url ?? '', 'http://x').pathname)?.(request, response)
      )
    )
    const random = generator(seed)
    const wrong: unknown[] = []
    const outcomes = new Map<string, number>()
    const client = closing(new ServerClient({ endpoint: server.endpoint, deadlineMs, maxBodyBytes: 100_000 }))
    for (let run = 0; run < runs; run += 1) {
      const [check, ask, body, isGood] = troubled[run % troubled.length] ?? [...(troubled[0] ?? [])]
      if (ask === undefined || body === undefined || isGood === undefined) continue
      const { name, reply } = spoil(body, random, {
        // The deadline of the time check is 20 s.
        mayHang: check !== 'time',
        elsewhere: 'http://127.0.0.1:1/v1/health'
      })
      for (const path of pathsOf(check ?? '')) replies.set(path, reply)
      const before = performance.now()
      const outcome = await outcomeOf(ask(client.health(credentials)), isGood)
      const tookMs = performance.now() - before
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      const isSlow = tookMs > deadlineMs + 1000
      if (outcome === 'good' || outcome.startsWith('crash') || isSlow) wrong.push({ run, check, name, outcome, tookMs })
    }
    expect(wrong).toEqual([])
    // Both kinds of end must have come about, or the replies were not what they were meant to be.
    expect(outcomes.get('trouble') ?? 0).toBeGreaterThan(10)
    expect(outcomes.get('server') ?? 0).toBeGreaterThan(50)
    expect(outcomes.get('timeout') ?? 0).toBeGreaterThan(0)
  },
  isSoak ? 600_000 : 120_000
)

function pathsOf(check: string): string[] {
  const base = '/v1/health'
  if (check === 'http') return [base]
  if (check === 'depth') return [`${base}/queue/functions`]
  if (check === 'failed') return [`${base}/queue/failed/v1-functions`]
  return [`${base}/${check}`]
}

async function outcomeOf(
  promise: Promise<{ readonly value: unknown }>,
  isGood: (value: unknown) => boolean
): Promise<string> {
  try {
    const { value } = await promise
    return isGood(value) ? 'good' : 'trouble'
  } catch (error) {
    if (!(error instanceof Failure)) return `crash: ${String(error)}`
    const { fault } = error
    if (JSON.stringify(fault).includes(apiKey)) return 'crash: key shown'
    return fault.code === 'defect' || fault.message === '' ? `crash: ${JSON.stringify(fault)}` : fault.code
  }
}
