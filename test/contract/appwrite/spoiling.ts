import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { apiKey } from './listener.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** mulberry32: a small generator whose whole state is one number, so that a failure can be run again. */
export function generator(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
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

export type Reply = (request: IncomingMessage, response: ServerResponse) => void
const types = ['application/json', 'text/html', 'text/plain', 'application/octet-stream', '']
const codes = [201, 202, 204, 206, 301, 304, 400, 401, 403, 404, 408, 418, 429, 451, 500, 502, 503, 504, 520, 599]

/** What only the deadline ends. */
const hanging = new Set(['silence', 'drip', 'length too long'])

/** A reply that is not as it should be. */
export interface Spoilt {
  readonly name: string
  /** Whether no client may ever take it for a success; else it may be one with another value in it. */
  readonly isHopeless: boolean
  readonly reply: Reply
}

export interface Spoiling {
  /** Whether what only the deadline ends may come. */
  readonly mayHang: boolean
  /** Where a redirect leads. */
  readonly elsewhere: string
}

const hopeless =
  /^(cut|HTML|twice|garbage|gzip|bomb|too long|redirect|length|reset|closed|silence|drip|nested|status [345])/

/** One way to spoil a reply, from the value inside to the connection below. */
export function spoil(body: Json, random: () => number, { mayHang, elsewhere }: Spoiling): Spoilt {
  const int = (below: number): number => Math.floor(random() * below)
  const text = JSON.stringify(body)
  const bytes = Buffer.from(text)
  const json = { 'Content-Type': types[int(types.length)] ?? '' }
  const send =
    (status: number, payload: string | Buffer, headers: Record<string, string | number> = {}): Reply =>
    (_, response) =>
      void response.writeHead(status, { ...json, ...headers }).end(payload)
  const cut = int(bytes.length)
  const code = codes[int(codes.length)] ?? 500
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
    [`status ${code}`, send(code, text)],
    ['HTML 502', send(502, '<html><h1>502 Bad Gateway</h1><hr>nginx</html>')],
    ['HTML 200', send(200, '<!doctype html><title>Log in to the Wi-Fi</title>')],
    ['wrapped', send(200, JSON.stringify({ data: body }))],
    ['twice', send(200, text + text)],
    ['garbage before', send(200, `\ufeff<!-- -->${text}`)],
    ['gzip, unlabelled', send(200, gzipSync(text))],
    ['gzip, cut', send(200, gzipSync(text).subarray(0, 12 + int(8)), { 'Content-Encoding': 'gzip' })],
    ['bomb', send(200, gzipSync(Buffer.alloc(300_000, ' ')), { 'Content-Encoding': 'gzip' })],
    ['too long', send(200, ' '.repeat(200_000) + text)],
    ['redirect', send(302, text, { Location: elsewhere })],
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
    ['nested, not closed', send(200, '{"statuses":['.repeat(2000))],
    ['nested 10,000 levels deep', send(200, `${'['.repeat(10_000)}${']'.repeat(10_000)}`)]
  ]
  const usable = mayHang ? ways : ways.filter(([name]) => !hanging.has(name))
  const [name, reply] = usable[int(usable.length)] ?? ['', send(200, '')]
  return { name, isHopeless: hopeless.test(name), reply }
}

function drip(response: ServerResponse, text: string): void {
  response.writeHead(200)
  let at = 0
  const timer = setInterval(() => response.write(text.charAt(at++ % text.length)), 50)
  void once(response, 'close').then(() => clearInterval(timer))
}
