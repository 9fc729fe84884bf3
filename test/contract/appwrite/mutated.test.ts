import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { ServerClient } from '../../../src-main/appwrite/client.ts'
import type { Health } from '../../../src-main/appwrite/health.ts'
import { Failure } from '../../../src-main/core/failure.ts'
import { apiKey, credentials, listenHttp, never } from './listener.ts'
import { closing, listening } from './open.ts'

const isSoak = process.env.STANDBY_SOAK === '1'
const runs = isSoak ? 2000 : 400
const seed = Number(process.env.STANDBY_SEED ?? 20_261)
const deadlineMs = 200

/** mulberry32: a small generator whose whole state is one number, so that a failure can be run again. */
function generator(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
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

/** Other values of any type, but none that says all is well: a server that lies in proper form cannot be told. */
const hostile: readonly Json[] = [
  ...[null, true, false, -1, 1.5, 1e308, 2 ** 53, -0.5, '', 'PASS', 'pass ', 'ok', 'passed', '0', [], {}, ['pass']],
  ...[{ status: 'fail' }, 'x'.repeat(5000), '\u0000\u202e', apiKey, '__proto__', ['fail', null], { length: 0 }]
]

function mutateValue(value: Json, random: () => number): Json {
  const pick = (): Json => hostile[Math.floor(random() * hostile.length)] ?? null
  if (typeof value !== 'object' || value === null || random() < 0.1) return pick()
  if (Array.isArray(value)) {
    const index = Math.floor(random() * value.length)
    // Dropping the failing entry would be a lie in proper form; what is left here is still read as trouble.
    return value.map((item, at) => (at === index ? mutateValue(item, random) : item)).reverse()
  }
  const entries = Object.entries(value)
  const index = Math.floor(random() * entries.length)
  const kind = random()
  if (kind < 0.2) return Object.fromEntries(entries.filter((_, at) => at !== index))
  if (kind < 0.3) return { ...value, ['__proto__']: pick(), extra: pick() }
  return Object.fromEntries(entries.map(([key, item], at) => [key, at === index ? mutateValue(item, random) : item]))
}

type Reply = (request: IncomingMessage, response: ServerResponse) => void
const types = ['application/json', 'text/html', 'text/plain', 'application/octet-stream', '']
const codes = [201, 202, 204, 206, 301, 304, 400, 401, 403, 404, 408, 418, 429, 451, 500, 502, 503, 504, 520, 599]

/** What only the deadline ends; not for the time check, whose deadline is 20 s. */
const hanging = new Set(['silence', 'drip', 'length too long'])

/** One way to spoil a reply, from the value inside to the connection below. */
function spoil(body: Json, random: () => number, mayHang: boolean): { readonly name: string; readonly reply: Reply } {
  const int = (below: number): number => Math.floor(random() * below)
  const text = JSON.stringify(body)
  const bytes = Buffer.from(text)
  const json = { 'Content-Type': types[int(types.length)] ?? '' }
  const send =
    (status: number, payload: string | Buffer, headers: Record<string, string | number> = {}): Reply =>
    (_, response) =>
      void response.writeHead(status, { ...json, ...headers }).end(payload)
  const cut = int(bytes.length)
  const flipped = Buffer.from(bytes)
  for (let flips = 1 + int(4); flips > 0; flips -= 1) {
    const at = int(bytes.length)
    flipped[at] = (flipped[at] ?? 0) ^ (0x80 | (1 << int(7)))
  }
  const ways: readonly (readonly [string, Reply])[] = [
    ...Array.from({ length: 8 }, (): [string, Reply] => {
      const mutated = JSON.stringify(mutateValue(body, random))
      return [`value ${mutated.slice(0, 200)}`, send(200, mutated)]
    }),
    [`cut at ${cut}`, send(200, bytes.subarray(0, cut))],
    [`bits ${flipped.toString('hex')}`, send(200, flipped)],
    [
      'huge integer',
      send(
        200,
        text.replaceAll(/\d+/g, (digits) => `${digits}${'9'.repeat(1 + int(400))}`)
      )
    ],
    ['status', send(codes[int(codes.length)] ?? 500, text)],
    ['HTML 502', send(502, '<html><h1>502 Bad Gateway</h1><hr>nginx</html>')],
    ['wrapped', send(200, JSON.stringify({ data: body }))],
    ['twice', send(200, text + text)],
    ['garbage before', send(200, `\ufeff<!-- -->${text}`)],
    ['gzip, unlabelled', send(200, gzipSync(text))],
    ['gzip, cut', send(200, gzipSync(text).subarray(0, 12 + int(8)), { 'Content-Encoding': 'gzip' })],
    ['bomb', send(200, gzipSync(Buffer.alloc(300_000, ' ')), { 'Content-Encoding': 'gzip' })],
    ['too long', send(200, ' '.repeat(200_000) + text)],
    ['redirect', send(302, text, { Location: 'http://127.0.0.1:1/v1/health' })],
    [
      'length too long',
      (_, response) => void response.writeHead(200, { 'Content-Length': bytes.length + 5 }).write(text)
    ],
    [
      'length too short',
      (_, response) => void response.socket?.end(`HTTP/1.1 200 OK\r\nContent-Length: ${cut}\r\n\r\n${text}`)
    ],
    [
      'reset',
      (_, response) => void response.writeHead(200).write(text.slice(0, cut), () => response.socket?.resetAndDestroy())
    ],
    ['closed', (request) => void request.socket.destroy()],
    ['silence', () => undefined],
    ['drip', (_, response) => drip(response, text)],
    ['nested', send(200, '{"statuses":['.repeat(2000))]
  ]
  const usable = mayHang ? ways : ways.filter(([name]) => !hanging.has(name))
  const [name, reply] = usable[int(usable.length)] ?? ['', send(200, '')]
  return { name, reply }
}

function drip(response: ServerResponse, text: string): void {
  response.writeHead(200)
  let at = 0
  const timer = setInterval(() => response.write(text.charAt(at++ % text.length)), 50)
  void once(response, 'close').then(() => clearInterval(timer))
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
      const { name, reply } = spoil(body, random, check !== 'time')
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
