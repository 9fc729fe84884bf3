import { expect, it } from 'vitest'
import { openPoster } from '../../../src-main/shell/poster.ts'
import { faultFrom, listenHttp, listenHttps, listenRaw, never, replying, type Listener } from '../appwrite/listener.ts'
import { listening } from '../appwrite/open.ts'
import { startProxy } from '../appwrite/proxy-server.ts'

const direct = (): Promise<string> => Promise.resolve('DIRECT')
const poster = openPoster({ resolveProxy: direct, deadlineMs: 1500 })
const secret = '/services/T0/B0/SECRET?token=SECRET'
const urlOf = ({ endpoint }: Listener): string => endpoint.replace('/v1', secret)
const post = (listener: Listener, by = poster, signal = never) =>
  by.post(
    { url: urlOf(listener), headers: { 'User-Agent': 'Standby/1.2.3', Authorization: 'Bearer tk' }, body: '{}' },
    signal
  )

it('posts the body once, to the whole address, and tells what came back', async () => {
  let body = ''
  const listener = await listening(
    listenHttp((request, response) => {
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => replying(200, 'taken')(request, response))
    })
  )
  expect(await post(listener)).toEqual({ status: 200, retryAfterMs: null, redirectOrigin: null, bodyStart: 'taken' })
  expect(body).toBe('{}')
  expect(listener.seen).toMatchObject([
    { method: 'POST', url: secret, headers: { 'user-agent': 'Standby/1.2.3', authorization: 'Bearer tk' } }
  ])
})

it.each([
  ['120', 120_000],
  [new Date(Date.now() + 90_000).toUTCString(), 90_000],
  [new Date(Date.now() - 90_000).toUTCString(), 0],
  ['soon', null]
])('understands Retry-After: %s', async (header, expected) => {
  const listener = await listening(listenHttp(replying(503, '', { 'Retry-After': header })))
  const { status, retryAfterMs } = await post(listener)
  expect(status).toBe(503)
  if (expected === null || expected === 0) expect(retryAfterMs).toBe(expected)
  // A date has whole seconds, and time passes.
  else expect(Math.abs((retryAfterMs ?? 0) - expected)).toBeLessThan(3000)
})

it('follows no redirect, and tells where it leads without its path', async () => {
  const other = await listening(listenHttp(replying(200, 'caught')))
  const listener = await listening(listenHttp(replying(307, '', { Location: urlOf(other) })))
  expect(await post(listener)).toMatchObject({ status: 307, redirectOrigin: `http://127.0.0.1:${other.port}` })
  expect(other.seen).toEqual([])
})

it('reads no more than 64 kB of an answer without end', async () => {
  let sent = 0
  const listener = await listening(
    listenHttp((_request, response) => {
      response.writeHead(200)
      const more = (): void => {
        while (sent < 1_000_000_000 && response.write(Buffer.alloc(65_536, 'x'))) sent += 65_536
      }
      response.on('drain', more)
      more()
    })
  )
  const { status, bodyStart } = await post(listener)
  expect([status, bodyStart.length]).toEqual([200, 65_536])
  expect(sent).toBeLessThan(100_000_000)
})

it('takes an answer for one whose rest never comes', async () => {
  const listener = await listening(
    listenHttp((_request, response) => {
      response.writeHead(200, { 'Content-Length': 100 }).write('half')
    })
  )
  expect(await post(listener)).toMatchObject({ status: 200, bodyStart: 'half' })
})

const troubles: readonly (readonly [string, () => Promise<Listener>, string, RegExp])[] = [
  ['is silent', () => listenHttp(() => undefined), 'timeout http', /^127\.0\.0\.1:\d+ did not answer within 1\.5 s/],
  [
    'cuts the connection',
    () => listenHttp((request) => void request.socket.destroy()),
    'unreachable http',
    /broke the connection off/
  ],
  [
    'shows a certificate of its own',
    () => listenHttps('self-signed', replying(200, 'ok')),
    'unreachable tls',
    /nothing was sent/
  ],
  [
    'speaks something else',
    () => listenRaw((socket) => void socket.end('220 mail.example.com ESMTP\r\n')),
    'server http',
    /does not speak HTTP/
  ]
]

it.each(troubles)('says what is wrong with a receiver that %s, and no secret', async (_name, open, code, words) => {
  const listener = await listening(open())
  const fault = await faultFrom(post(listener))
  expect(`${fault.code} ${fault.step ?? ''}`).toBe(code)
  expect(fault.message).toMatch(words)
  expect(JSON.stringify(fault)).not.toContain('SECRET')
})

it('sends nothing over a connection whose certificate nobody vouches for', async () => {
  const listener = await listening(listenHttps('expired', replying(200, 'ok')))
  await faultFrom(post(listener))
  expect([listener.seen.length, listener.secureBytes()]).toEqual([0, 0])
})

it('says who does not listen, and gives up at once when it is told to', async () => {
  const gone = await listening(listenHttp(replying(200, '')))
  await gone.close()
  expect(await faultFrom(post(gone))).toMatchObject({ code: 'unreachable', step: 'tcp' })
  const silent = await listening(listenHttp(() => aborting.abort()))
  const aborting = new AbortController()
  expect(await faultFrom(post(silent, poster, aborting.signal))).toMatchObject({ code: 'cancelled' })
})

it('goes by the proxy that the system names', async () => {
  const proxy = await startProxy()
  const listener = await listening(listenHttp(replying(204, '')))
  const through = openPoster({ resolveProxy: () => Promise.resolve(`PROXY ${proxy.place}`), deadlineMs: 1500 })
  expect((await post(listener, through)).status).toBe(204)
  expect(proxy.asked.map(({ line }) => line)).toEqual([`CONNECT 127.0.0.1:${listener.port}`])
  expect(JSON.stringify(proxy.asked)).not.toContain('SECRET')
})
