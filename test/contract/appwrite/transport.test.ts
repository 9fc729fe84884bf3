import { describe, expect, it } from 'vitest'
import { apiKey, credentials, faultFrom, listenHttp, listenRaw, never, replying } from './listener.ts'
import { listening, transportTo } from './open.ts'

const get = { credentials, method: 'GET', path: '/health' } as const

describe('a request', () => {
  it('carries project, key and response format, and asks for no compression', async () => {
    const server = await listening(listenHttp(replying(200, '{"a":1}', { 'X-Debug-Speed': '0.0125' })))
    const answer = await transportTo(server).request({ ...get, query: { name: 'a b&c' } }, never)
    expect(answer).toMatchObject({ status: 200, body: { a: 1 }, isJson: true, serverMs: 12.5 })
    expect(answer.elapsedMs).toBeGreaterThan(0)
    expect(server.seen).toMatchObject([{ method: 'GET', url: '/v1/health?name=a+b%26c' }])
    const headers = server.seen[0]?.headers ?? {}
    expect(headers).toMatchObject({
      'x-appwrite-project': 'desk-test',
      'x-appwrite-key': apiKey,
      'x-appwrite-response-format': '1.5.0'
    })
    expect(Object.keys(headers)).not.toContain('accept-encoding')
  })

  it('keeps the order and the repetitions of a query given as a list, and says the response format it was given', async () => {
    const server = await listening(listenHttp(replying(200, '{}')))
    const query = [
      ['queries[]', '{"a":1}'],
      ['queries[]', '{"b":2}'],
      ['search', 'é']
    ] as const
    await transportTo(server).request({ ...get, query, format: '1.7.0' }, never)
    expect([...new URL(server.seen[0]?.url ?? '', 'http://x').searchParams]).toEqual(query)
    expect(server.seen[0]?.headers['x-appwrite-response-format']).toBe('1.7.0')
  })

  it.each([
    ['ASCII', Buffer.from('{"a":"plain"}'), 'plain'],
    ['escapes', Buffer.from('{"a":"\\u00e9\\ud83d\\ude00"}'), 'é😀'],
    ['UTF-8', Buffer.from('{"a":"é😀"}'), 'é😀'],
    ['a byte that is no UTF-8', Buffer.from('{"a":"\u00e9"}', 'latin1'), '\ufffd']
  ])('reads a body of %s as it is meant', async (_, body, text) => {
    const server = await listening(listenHttp(replying(200, body)))
    expect((await transportTo(server).request(get, never)).body).toEqual({ a: text })
  })

  it('sends neither key nor project when there is none', async () => {
    const server = await listening(listenHttp(replying(200, '{}')))
    await transportTo(server).request({ ...get, credentials: { projectId: null, apiKey: null } }, never)
    expect(Object.keys(server.seen[0]?.headers ?? {}).filter((name) => name.startsWith('x-appwrite'))).toEqual([
      'x-appwrite-response-format'
    ])
  })

  it('with a key that cannot be a header is refused before anything is sent', async () => {
    const server = await listening(listenHttp(replying(200, '{}')))
    const transport = transportTo(server)
    const request = { ...get, credentials: { projectId: 'desk-test', apiKey: 'abc\r\nX-Evil: 1' } }
    expect(await faultFrom(transport.request(request, never))).toMatchObject({ code: 'invalid', field: 'apiKey' })
    const noId = { ...get, credentials: { projectId: '', apiKey } }
    expect(await faultFrom(transport.request(noId, never))).toMatchObject({ code: 'invalid', field: 'projectId' })
    expect(server.connections()).toBe(0)
  })

  it('reuses its connections and opens no more than it may', async () => {
    const server = await listening(listenHttp(replying(200, '{}')))
    const counted: string[] = []
    // More than ten at once are no leak either.
    const many = transportTo(server, { connections: 16 })
    const transport = transportTo(server, { connections: 3, onRequest: (method) => counted.push(method) })
    const warnings: Error[] = []
    const onWarning = (warning: Error): number => warnings.push(warning)
    process.on('warning', onWarning)
    const { signal } = new AbortController()
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(Array.from({ length: 20 }, () => transport.request(get, signal)))
    }
    expect(server.connections()).toBe(3)
    await Promise.all(Array.from({ length: 16 }, () => many.request(get, signal)))
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', onWarning)
    expect(server.connections()).toBe(19)
    expect(counted).toEqual(Array.from({ length: 60 }, () => 'GET'))
    expect(warnings).toEqual([])
  })
})

describe('an exchange ends', () => {
  const hanging = () => listening(listenHttp(() => undefined))

  it('at its deadline when the server is silent', async () => {
    const server = await hanging()
    const before = performance.now()
    const fault = await faultFrom(transportTo(server, { deadlineMs: 300 }).request(get, never))
    expect(fault).toMatchObject({ code: 'timeout', step: 'http' })
    expect(performance.now() - before).toBeLessThan(900)
  })

  it('at the deadline of the request, which may be longer than the usual one', async () => {
    const server = await listening(listenHttp((_, response) => setTimeout(() => response.end('{}'), 300)))
    const transport = transportTo(server, { deadlineMs: 100 })
    expect((await transport.request({ ...get, deadlineMs: 2000 }, never)).status).toBe(200)
    expect(await faultFrom(transport.request(get, never))).toMatchObject({ code: 'timeout' })
  })

  it('at its deadline when the body drips in for ever', async () => {
    const server = await listening(
      listenHttp((_, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' })
        const drip = setInterval(() => response.write(' '), 20)
        response.on('close', () => clearInterval(drip))
      })
    )
    const before = performance.now()
    const fault = await faultFrom(transportTo(server, { deadlineMs: 400 }).request(get, never))
    expect(fault).toMatchObject({ code: 'timeout', step: 'http' })
    expect(performance.now() - before).toBeLessThan(1000)
  })

  it('at its deadline when the headers drip in for ever', async () => {
    const server = await listening(
      listenRaw((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        const drip = setInterval(() => socket.write('X-A: b\r\n'), 20)
        socket.on('close', () => clearInterval(drip))
      })
    )
    expect(await faultFrom(transportTo(server, { deadlineMs: 400 }).request(get, never))).toMatchObject({
      code: 'timeout'
    })
  })

  it('at its deadline when it waited for a free connection all along, and is not sent late', async () => {
    const server = await hanging()
    const transport = transportTo(server, { connections: 2, deadlineMs: 1000 })
    const faults = await Promise.all(Array.from({ length: 12 }, () => faultFrom(transport.request(get, never))))
    expect(faults.map(({ code }) => code)).toEqual(Array.from({ length: 12 }, () => 'timeout'))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(server.seen).toHaveLength(2)
    // Two may have been connecting when their time ran out; without a queue of our own it would be all ten.
    expect(server.connections()).toBeLessThanOrEqual(4)
  })

  it('when its signal is aborted, before, while waiting and while under way, and the connection is given up', async () => {
    let closed = 0
    const server = await listening(listenHttp((request) => request.on('close', () => (closed += 1))))
    const transport = transportTo(server, { connections: 1 })
    expect(await faultFrom(transport.request(get, AbortSignal.abort()))).toMatchObject({ code: 'cancelled' })
    expect(server.connections()).toBe(0)
    const first = new AbortController()
    const second = new AbortController()
    const underWay = faultFrom(transport.request(get, first.signal))
    const waiting = faultFrom(transport.request(get, second.signal))
    await expect.poll(() => server.seen.length).toBe(1)
    second.abort()
    expect(await waiting).toMatchObject({ code: 'cancelled' })
    first.abort()
    expect(await underWay).toMatchObject({ code: 'cancelled' })
    await expect.poll(() => closed).toBe(1)
    expect(server.seen).toHaveLength(1)
  })

  it('when the transport is closed, and nothing is sent afterwards', async () => {
    const server = await hanging()
    const transport = transportTo(server, { connections: 1 })
    const faults = [faultFrom(transport.request(get, never)), faultFrom(transport.request(get, never))]
    await expect.poll(() => server.seen.length).toBe(1)
    await transport.close()
    expect(await Promise.all(faults)).toMatchObject([{ code: 'cancelled' }, { code: 'cancelled' }])
    expect(await faultFrom(transport.request(get, never))).toMatchObject({ code: 'cancelled' })
    expect(server.seen).toHaveLength(1)
  })

  it('and leaves the transport usable: the next request gets a fresh connection', async () => {
    let isHanging = true
    const server = await listening(listenHttp((_, response) => (isHanging ? undefined : response.end('{}'))))
    const transport = transportTo(server, { connections: 1, deadlineMs: 200 })
    expect(await faultFrom(transport.request(get, never))).toMatchObject({ code: 'timeout' })
    isHanging = false
    expect((await transport.request(get, never)).status).toBe(200)
  })
})
