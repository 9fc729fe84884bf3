import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { RequestFailure } from '../../../src-main/appwrite/request-failure.ts'
import type { Timing } from '../../../src-main/appwrite/timing.ts'
import type { ApiRequest, Transport } from '../../../src-main/appwrite/transport.ts'
import { credentials, faultFrom, listenHttp, listenRaw, never, replying } from './listener.ts'
import { listening, transportTo } from './open.ts'

const get: ApiRequest = { credentials, method: 'GET', path: '/functions' }
const post: ApiRequest = { credentials, method: 'POST', path: '/functions/f/executions', body: { async: true } }
const armed = { policy: { allows: () => true } }

type Reply = (request: IncomingMessage, response: ServerResponse) => void
const reset: Reply = (request) => request.socket.resetAndDestroy()
const closed: Reply = (request) => request.socket.destroy()
const midway: Reply = (request, response) =>
  void response.writeHead(200, { 'Content-Length': 99 }).write('{"a":', () => request.socket.resetAndDestroy())
const fine = replying(200, '{"total":0}')
const restarting = replying(502, '<html>502 Bad Gateway</html>')

/** Answers the n-th request by the n-th reply, and all later ones by the last. */
const inTurn = (...replies: readonly Reply[]) => {
  let next = 0
  return listening(
    listenHttp((request, response) => replies[Math.min(next++, replies.length - 1)]?.(request, response))
  )
}

/** Pauses that take no time, on a clock that knows how long they were. */
function quickTiming(): Timing & { readonly pauses: number[]; advance(ms: number): void } {
  let nowMs = 0
  const pauses: number[] = []
  return {
    pauses,
    advance: (ms) => (nowMs += ms),
    now: () => nowMs,
    random: () => 0.5,
    after: (ms, run) => {
      pauses.push(ms)
      nowMs += ms
      const timer = setImmediate(run)
      return () => clearImmediate(timer)
    }
  }
}

async function failureOf(promise: Promise<unknown>): Promise<RequestFailure> {
  const thrown: unknown = await promise.catch((error: unknown) => error)
  if (thrown instanceof RequestFailure) return thrown
  throw new Error(`no RequestFailure: ${String(thrown)}`)
}

describe('a read', () => {
  it.each([
    ['a reset', reset],
    ['a connection closed without a word', closed],
    ['a reply broken off', midway],
    ['502', restarting],
    ['503', replying(503, 'no server is available')],
    ['504', replying(504, '')],
    ['429', replying(429, '', { 'Retry-After': '1' })]
  ])('is sent again after %s, with growing pauses, and then gets its answer', async (name, trouble) => {
    const server = await inTurn(trouble, trouble, fine)
    const timing = quickTiming()
    const counted: string[] = []
    const transport = transportTo(server, { timing, deadlineMs: 10_000, onRequest: (method) => counted.push(method) })
    expect((await transport.request(get, never)).body).toEqual({ total: 0 })
    expect(timing.pauses).toEqual(name === '429' ? [1000, 1000] : [250, 500])
    expect(counted).toHaveLength(3)
  })

  it('fails after three tries, and says that it tried', async () => {
    const server = await inTurn(restarting)
    const failure = await failureOf(transportTo(server, { timing: quickTiming() }).request(get, never))
    expect(failure).toMatchObject({ status: 502, fault: { code: 'server' } })
    expect(failure.fault.detail).toContain('(3 tries)')
    expect(server.seen).toHaveLength(3)
  })

  it.each([
    ['400', replying(400, '{"message":"x","code":400,"type":"general_argument_invalid","version":"1.9.6"}')],
    ['404', replying(404, 'page not found')],
    ['500', replying(500, '{"message":"Server Error","code":500,"type":"general_unknown","version":"1.9.6"}')],
    [
      'a queue over its threshold',
      replying(503, '{"message":"x","code":503,"type":"health_queue_size_exceeded","version":"1.9.6"}')
    ],
    ['a redirect', replying(302, '', { Location: 'http://127.0.0.1:1/' })],
    ['a reply that cannot be unpacked', replying(200, 'x', { 'Content-Encoding': 'zstd' })]
  ])('is sent once when the same answer would come again: %s', async (_, reply) => {
    const server = await inTurn(reply, fine)
    await faultFrom(transportTo(server, { timing: quickTiming() }).request(get, never))
    expect(server.seen).toHaveLength(1)
  })

  it('whose caller wants the status as an answer gets the first one', async () => {
    const server = await inTurn(restarting, fine)
    const transport = transportTo(server, { timing: quickTiming() })
    expect((await transport.request({ ...get, accept: [502] }, never)).status).toBe(502)
  })

  it('is a GraphQL query by POST as well, and a mutation is none', async () => {
    const query = '{ localeGet { ip } }'
    const asking = { ...get, method: 'POST', path: '/graphql', body: { query }, documents: [query] } as const
    const server = await inTurn(reset, replying(200, '{"data":{}}'))
    expect((await transportTo(server, { timing: quickTiming() }).request(asking, never)).status).toBe(200)
    expect(server.seen).toHaveLength(2)
    const mutation = 'mutation { a }'
    const changing = { ...asking, body: { query: mutation }, documents: [mutation] }
    const other = await inTurn(reset, fine)
    const transport = transportTo(other, { ...armed, timing: quickTiming() })
    expect(await failureOf(transport.request(changing, never))).toMatchObject({ outcome: 'unknown' })
    expect(other.seen).toHaveLength(1)
  })

  it('of health is sent once, and so is one that asks for it: who polls judges for itself', async () => {
    for (const request of [
      { ...get, path: '/health/db' },
      { ...get, retries: 0 }
    ]) {
      const server = await inTurn(reset, fine)
      await faultFrom(transportTo(server, { timing: quickTiming() }).request(request, never))
      expect(server.seen).toHaveLength(1)
    }
  })

  it.each([
    ['in seconds', () => ({ 'Retry-After': '3' })],
    [
      'as a date, by the clock of the server',
      () => ({ Date: 'Tue, 24 Nov 2015 10:00:00 GMT', 'Retry-After': 'Tue, 24 Nov 2015 10:00:03 GMT' })
    ]
  ])('waits as long as a 429 asks for %s', async (_, headers) => {
    const timing = quickTiming()
    const server = await inTurn(replying(429, '', headers()), fine)
    const transport = transportTo(server, { timing, deadlineMs: 5000 })
    expect((await transport.request(get, never)).status).toBe(200)
    expect(timing.pauses).toEqual([3000])
  })

  it('is `limited` with the time to come back when a 429 asks for more than the deadline has', async () => {
    const server = await inTurn(replying(429, '', { 'Retry-After': '120' }), fine)
    const fault = await faultFrom(transportTo(server, { timing: quickTiming() }).request(get, never))
    expect(fault).toMatchObject({ code: 'limited', retryAfterMs: 120_000 })
    expect(server.seen).toHaveLength(1)
  })

  it('is not sent again past its deadline, pauses and all', async () => {
    const slow: Reply = (request, response) => void setTimeout(() => restarting(request, response), 250)
    const server = await inTurn(slow)
    const before = performance.now()
    expect(await faultFrom(transportTo(server, { deadlineMs: 600 }).request(get, never))).toMatchObject({
      code: expect.stringMatching(/server|timeout/) as string
    })
    expect(performance.now() - before).toBeLessThan(1000)
    expect(server.seen.length).toBeLessThan(3)
  })

  it('that is cancelled while it pauses is over at once', async () => {
    const server = await inTurn(replying(429, '', { 'Retry-After': '1' }), fine)
    const abort = new AbortController()
    const fault = faultFrom(transportTo(server).request(get, abort.signal))
    await expect.poll(() => server.seen.length).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 50))
    abort.abort()
    expect(await fault).toMatchObject({ code: 'cancelled' })
    expect(server.seen).toHaveLength(1)
  })

  it('that pauses ends with its transport', async () => {
    const server = await inTurn(replying(429, '', { 'Retry-After': '1' }), fine)
    const transport = transportTo(server)
    const fault = faultFrom(transport.request(get, never))
    await expect.poll(() => server.seen.length).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 50))
    await transport.close()
    expect(await fault).toMatchObject({ code: 'cancelled' })
  })
})

describe('a write', () => {
  const failing = async (reply: Reply, more: Partial<ApiRequest> = {}): Promise<RequestFailure> => {
    const server = await inTurn(reply, fine)
    const transport = transportTo(server, { ...armed, deadlineMs: 300, timing: quickTiming() })
    const failure = await failureOf(transport.request({ ...post, retries: 2, ...more }, never))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(server.seen).toHaveLength(1)
    return failure
  }

  it.each([
    ['a reset', reset, 'unreachable'],
    ['a reply broken off', midway, 'unreachable'],
    ['silence', () => undefined, 'timeout'],
    ['502', restarting, 'server'],
    ['503', replying(503, ''), 'server'],
    ['504', replying(504, ''), 'server'],
    ['500', replying(500, ''), 'server'],
    ['408', replying(408, '{"message":"x","code":408,"type":"function_synchronous_timeout","version":"1"}'), 'timeout'],
    ['a success that cannot be read', replying(201, 'x', { 'Content-Encoding': 'zstd' }), 'server']
  ])('is never sent twice, and its end is not known after %s', async (_, reply, code) => {
    const failure = await failing(reply)
    expect(failure).toMatchObject({ outcome: 'unknown', fault: { code } })
    expect(failure.fault.message).toContain('may have been made')
  })

  it.each([
    ['429', replying(429, '', { 'Retry-After': '0' }), 'limited'],
    ['409', replying(409, '{"message":"x","code":409,"type":"variable_already_exists","version":"1"}'), 'conflict'],
    ['a redirect', replying(307, '', { Location: 'http://127.0.0.1:1/' }), 'server']
  ])('is known to have done nothing after %s, and is not sent twice either', async (_, reply, code) => {
    expect(await failing(reply)).toMatchObject({ outcome: 'answered', fault: { code } })
  })

  it('is never sent twice over a connection that dies under it: ten times in a row', async () => {
    let bodies = 0
    const server = await listening(
      listenHttp((request, response) => {
        if (request.method === 'GET') return fine(request, response)
        bodies += 1
        request.socket.destroy()
      })
    )
    const transport = transportTo(server, { ...armed, connections: 1, timing: quickTiming() })
    for (let round = 1; round <= 10; round += 1) {
      await transport.request({ ...get, path: '/health' }, never)
      expect(await failureOf(transport.request(post, never))).toMatchObject({ outcome: 'unknown' })
      expect(bodies).toBe(round)
    }
  })

  it('is known not to have been sent when no connection came about, or none was free', async () => {
    const gone = await listening(listenRaw(() => undefined))
    await gone.close()
    const refused = await failureOf(transportTo(gone, armed).request(post, never))
    expect(refused).toMatchObject({ outcome: 'unsent', fault: { code: 'unreachable', step: 'tcp' } })
    expect(refused.fault.message).toContain('Nothing was sent')

    const busy = await inTurn(() => undefined)
    const transport = transportTo(busy, { ...armed, connections: 1 })
    const holding = faultFrom(transport.request({ ...get, path: '/health', deadlineMs: 400 }, never))
    const waiting = await failureOf(transport.request({ ...post, deadlineMs: 100 }, never))
    expect(waiting).toMatchObject({ outcome: 'unsent', fault: { code: 'timeout' } })
    await holding
    expect(busy.seen.map(({ method }) => method)).toEqual(['GET'])
  })

  it('that is cancelled under way says so and that its end is not known', async () => {
    const server = await inTurn(() => undefined)
    const abort = new AbortController()
    const failure = failureOf(transportTo(server, armed).request(post, abort.signal))
    await expect.poll(() => server.seen.length).toBe(1)
    abort.abort()
    expect(await failure).toMatchObject({ outcome: 'unknown', fault: { code: 'cancelled' } })
  })
})

describe('a server that does not answer', () => {
  const breakingServer = async (): Promise<{
    transport: Transport
    asked: () => number
    mend: () => void
    timing: ReturnType<typeof quickTiming>
  }> => {
    let isBroken = true
    const server = await listening(listenHttp((request, response) => (isBroken ? reset : fine)(request, response)))
    const timing = quickTiming()
    return {
      transport: transportTo(server, { ...armed, timing }),
      asked: () => server.seen.length,
      mend: () => (isBroken = false),
      timing
    }
  }

  it('is left alone by reads after five tries, which fail at once; then one of them finds out', async () => {
    const { transport, asked, mend, timing } = await breakingServer()
    await faultFrom(transport.request(get, never))
    await faultFrom(transport.request(get, never))
    expect(asked()).toBe(5)
    expect(await faultFrom(transport.request(get, never))).toMatchObject({ code: 'unreachable', retryAfterMs: 5000 })
    expect(asked()).toBe(5)
    timing.advance(5000)
    const faults = await Promise.all([1, 2, 3].map(() => faultFrom(transport.request(get, never))))
    expect(faults.every(({ code }) => code === 'unreachable')).toBe(true)
    expect(asked()).toBe(6)
    mend()
    timing.advance(10_000)
    expect((await transport.request(get, never)).status).toBe(200)
    expect((await transport.request(get, never)).status).toBe(200)
  })

  it('is asked all the same by health checks and writes, and the first answer to any ends the rest', async () => {
    const { transport, asked, mend } = await breakingServer()
    const probe = { ...get, path: '/health' }
    for (let time = 0; time < 5; time += 1) await faultFrom(transport.request(probe, never))
    await faultFrom(transport.request(probe, never))
    await faultFrom(transport.request(post, never))
    expect(asked()).toBe(7)
    expect(await faultFrom(transport.request(get, never))).toMatchObject({ code: 'unreachable' })
    expect(asked()).toBe(7)
    mend()
    await transport.request(probe, never)
    expect((await transport.request(get, never)).status).toBe(200)
  })

  it('but errors of a server that does answer leave nothing alone', async () => {
    const server = await inTurn(replying(500, ''))
    const transport = transportTo(server, { timing: quickTiming() })
    for (let time = 0; time < 8; time += 1) await faultFrom(transport.request(get, never))
    expect(server.seen).toHaveLength(8)
  })
})
