import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import { ServerClient } from '../../../src-main/appwrite/client.ts'
import { offerOf, type Operation } from '../../../src-main/appwrite/offers.ts'
import { systemTiming, type Timing } from '../../../src-main/appwrite/timing.ts'
import { parseVersion } from '../../../src-main/appwrite/versions.ts'
import { Failure } from '../../../src-main/core/failure.ts'
import { apiKey, credentials, listenHttp, replying } from './listener.ts'
import { listening } from './open.ts'
import { plainReplies } from './plain-replies.ts'
import { calls, operationOf, someArguments } from './resources/calls.ts'
import { generator, spoil, type Reply, type Spoilt } from './spoiling.ts'

const isSoak = process.env.STANDBY_SOAK === '1'
const runs = isSoak ? 20_000 : 2_000
const seed = Number(process.env.STANDBY_SEED ?? 20_261)
const deadlineMs = 150
const atATime = 8

/** A conversation and not one reply: downloads have tests of their own. */
const download: Operation = 'GET /functions/{functionId}/deployments/{deploymentId}/download'
const operations = (Object.keys(plainReplies) as Operation[]).filter((one) => one !== download) // keys of the table

/** They have deadlines of their own, of 20 s and more. */
const slow = new Set<Operation>(['GET /health/time', 'GET /health/certificate'])

/** Pauses between tries take no time here. */
const quick: Timing = { ...systemTiming, after: (_, run) => systemTiming.after(0, run) }

interface Asking {
  readonly operation: Operation
  readonly reply: Reply
  /** Requests that were no reads. */
  writes: number
}

/** Everything is answered as it should be but the operation asked about. */
function answering(now: () => Asking | null) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = (request.url ?? '').replace(/^\/v1/, '').replace(/\?.*$/, '')
    const operation = operationOf(`${request.method ?? ''} ${path}`)?.operation
    const asking = now()
    if (asking === null || operation === undefined) return replying(404, '')(request, response)
    const isWrite = request.method !== 'GET' && path !== '/graphql'
    if (isWrite) asking.writes += 1
    if (operation === asking.operation) return asking.reply(request, response)
    const plain = plainReplies[operation]
    replying(plain === null ? 204 : 200, plain === null ? '' : JSON.stringify(plain))(request, response)
  }
}

it(
  `${operations.length} operations take ${runs} spoilt replies without a crash, a hang, a wrong success or a second write (seed ${seed})`,
  async () => {
    const random = generator(seed)
    const other = await listening(listenHttp(replying(200, '{}')))
    const wrong: unknown[] = []
    const outcomes = new Map<string, number>()
    let next = 0
    const worker = async (): Promise<void> => {
      let now: Asking | null = null
      const server = await listening(listenHttp(answering(() => now)))
      while (next < runs) {
        const run = next++
        const operation = operations[run % operations.length] ?? download
        const spoiling = { mayHang: !slow.has(operation), elsewhere: `${other.endpoint}/health` }
        const spoilt = spoil(plainReplies[operation], random, spoiling)
        now = { operation, reply: spoilt.reply, writes: 0 }
        const before = performance.now()
        const outcome = await outcomeOf(server.endpoint, operation)
        const tookMs = performance.now() - before
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        const isSlow = tookMs > 2 * deadlineMs + 1500 // activating and retrying a build ask twice
        if (isWrong(outcome, spoilt) || isSlow || now.writes > 1) {
          wrong.push({ run, operation, name: spoilt.name, outcome, tookMs, writes: now.writes })
        }
      }
    }
    await Promise.all(Array.from({ length: atATime }, worker))
    expect(wrong).toEqual([])
    expect(other.connections()).toBe(0)
    // All kinds of end must have come about, or the replies were not what they were meant to be.
    for (const kind of ['value', 'server', 'timeout', 'unreachable', 'denied', 'limited']) {
      expect(outcomes.get(kind) ?? 0, kind).toBeGreaterThan(0)
    }
  },
  isSoak ? 900_000 : 120_000
)

it('answers every one of them when the reply is as it should be', async () => {
  let now: Asking | null = null
  const server = await listening(listenHttp(answering(() => now)))
  const failed: unknown[] = []
  for (const operation of operations) {
    const plain = plainReplies[operation]
    const reply = replying(plain === null ? 204 : 200, plain === null ? '' : JSON.stringify(plain))
    now = { operation, reply, writes: 0 }
    const outcome = await outcomeOf(server.endpoint, operation)
    if (outcome !== 'value') failed.push([operation, outcome])
  }
  expect(failed).toEqual([])
})

function isWrong(outcome: string, { isHopeless }: Spoilt): boolean {
  return outcome.startsWith('crash') || (isHopeless && outcome === 'value')
}

async function outcomeOf(endpoint: string, operation: Operation): Promise<string> {
  // A new one each time: what one run did to its connections and its circuit must not excuse the next.
  const client = new ServerClient({
    endpoint,
    deadlineMs,
    maxBodyBytes: 100_000,
    timing: quick,
    policy: { allows: () => true }
  })
  const version = parseVersion(offerOf(operation).since ?? '1.5.11')
  try {
    const value: unknown = await calls[operation](client.project(credentials, version), someArguments)
    return troubleIn(value) ?? 'value'
  } catch (error) {
    if (!(error instanceof Failure)) return `crash: ${error instanceof Error ? (error.stack ?? '') : String(error)}`
    const { fault } = error
    const told = JSON.stringify(fault)
    if (told.includes(apiKey) || told.includes('a value')) return 'crash: a secret shown'
    return fault.code === 'defect' || fault.message === '' ? `crash: ${told}` : fault.code
  } finally {
    await client.close()
  }
}

/** What no value handed to the app may be, whatever the server sent. */
function troubleIn(value: unknown): string | null {
  const text = JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'number' && !Number.isFinite(item)) return 'crash: no number'
    return item instanceof Map ? [...(item as Map<unknown, unknown>)] : item
  }) as string | undefined // for undefined
  if (text === undefined) return null
  if (text.includes(apiKey)) return 'crash: the key in a value'
  if (text.includes('crash: no number')) return text
  return /(?<![\d.e"-])\d{17,}(?![\d.e"])/.test(text) ? `crash: a rounded number in ${text}` : null
}
