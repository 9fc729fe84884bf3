import { createServer } from 'node:net'
import type { AddressInfo, LookupFunction, Socket } from 'node:net'
import { gzipSync, brotliCompressSync, deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { Transport } from '../../../src-main/appwrite/transport.ts'
import { apiKey, credentials, faultFrom, listenHttp, listenRaw, never, replying } from './listener.ts'
import { closing, healthOf, listening, transportTo } from './open.ts'

const get = { credentials, method: 'GET', path: '/health' } as const

/** Sends this once something was asked. */
const raw = (reply: string, then: (socket: Socket) => void = () => undefined) =>
  listening(
    listenRaw((socket) => {
      socket.once('data', () => socket.write(reply, () => then(socket)))
    })
  )

describe('a server that cannot be reached', () => {
  async function closedPort(): Promise<number> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo // a listening TCP server has no other kind of address
    await new Promise((resolve) => server.close(resolve))
    return port
  }

  it('is `unreachable`, step tcp, when nothing listens on the port', async () => {
    const port = await closedPort()
    const transport = closing(new Transport({ endpoint: `http://127.0.0.1:${port}/v1` }))
    const fault = await faultFrom(transport.request(get, never))
    expect(fault).toMatchObject({ code: 'unreachable', step: 'tcp' })
    expect(fault.message).toContain(`127.0.0.1:${port} refused`)
  })

  it('is `unreachable`, step tcp, when each of several addresses refuses', async () => {
    const port = await closedPort()
    const lookup: LookupFunction = (_host, _options, done) =>
      done(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 }
      ])
    const transport = closing(new Transport({ endpoint: `http://two.example:${port}/v1`, connect: { lookup } }))
    expect(await faultFrom(transport.request(get, never))).toMatchObject({ code: 'unreachable', step: 'tcp' })
  })

  it('is `unreachable`, step dns, when its name is not known', async () => {
    const lookup: LookupFunction = (_host, _options, done) =>
      done(Object.assign(new Error('getaddrinfo ENOTFOUND no.example'), { code: 'ENOTFOUND' }), [])
    const transport = closing(new Transport({ endpoint: 'https://no.example/v1', connect: { lookup } }))
    expect(await faultFrom(transport.request(get, never))).toMatchObject({ code: 'unreachable', step: 'dns' })
  })

  it('is `timeout`, step tcp, when no connection comes about', async () => {
    const lookup: LookupFunction = () => undefined
    const transport = closing(
      new Transport({ endpoint: 'http://slow.example/v1', deadlineMs: 200, connect: { lookup } })
    )
    expect(await faultFrom(transport.request(get, never))).toMatchObject({ code: 'timeout', step: 'tcp' })
  })
})

describe('a connection that breaks', () => {
  it('before the reply is `unreachable`, step http', async () => {
    const server = await listening(listenRaw((socket) => socket.once('data', () => socket.destroy())))
    expect(await faultFrom(transportTo(server).request(get, never))).toMatchObject({
      code: 'unreachable',
      step: 'http'
    })
  })

  it('by a reset within the body is `unreachable`, step http', async () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"name":'
    const server = await raw(head, (socket) => setTimeout(() => socket.resetAndDestroy(), 20))
    expect(await faultFrom(transportTo(server).request(get, never))).toMatchObject({
      code: 'unreachable',
      step: 'http'
    })
  })

  it.each(['keep-alive', 'close'])('within a chunked body is `unreachable`, step http, with %s', async (connection) => {
    const head = `HTTP/1.1 200 OK\r\nConnection: ${connection}\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n`
    const server = await raw(head, (socket) => socket.end())
    expect(await faultFrom(transportTo(server).request(get, never))).toMatchObject({
      code: 'unreachable',
      step: 'http'
    })
  })

  it('short of an announced length is no reply', async () => {
    const head = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 99\r\n\r\n{"size":0}'
    const server = await raw(head, (socket) => socket.end())
    expect(await faultFrom(transportTo(server).request(get, never))).toMatchObject({
      code: 'unreachable',
      step: 'http'
    })
  })

  it('with a length announced too long and the connection held is `timeout`', async () => {
    const server = await raw('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"size":0}')
    const transport = transportTo(server, { deadlineMs: 300 })
    expect(await faultFrom(transport.request(get, never))).toMatchObject({ code: 'timeout', step: 'http' })
  })

  it('with a length announced too short never makes a number of half a number', async () => {
    const server = await raw('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"size":12345}')
    expect(await faultFrom(healthOf(server).depth('mails', never))).toMatchObject({ code: 'server' })
  })
})

describe('a reply that is not HTTP as it should be', () => {
  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a header of 20 kB', `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`]
  ])('is `server`: %s', async (_, reply) => {
    const server = await raw(reply)
    expect(await faultFrom(transportTo(server).request(get, never))).toMatchObject({ code: 'server', step: 'http' })
  })

  it.each([
    ['an upgrade nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
    ['a status 100 without end', 'HTTP/1.1 100 Continue\r\n\r\n']
  ])('ends in a fault: %s', async (_, reply) => {
    const server = await raw(reply)
    const fault = await faultFrom(transportTo(server, { deadlineMs: 500 }).request(get, never))
    expect(fault.code).toBe('unreachable')
  })

  it('keeps no header from meaning something to the client: __proto__ in headers and trailers', async () => {
    const server = await raw(
      'HTTP/1.1 200 OK\r\n__proto__: x\r\nconstructor: y\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n__proto__: z\r\n\r\n'
    )
    const answer = await transportTo(server).request(get, never)
    expect(answer.body).toEqual({})
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })

  it('skips early hints and reads the reply after them', async () => {
    const server = await raw(
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'
    )
    expect(await transportTo(server).request(get, never)).toMatchObject({ status: 200, body: {} })
  })
})

describe('a body', () => {
  it('of a gigabyte is given up at the cap, announced or not', async () => {
    const announced = await listening(
      listenHttp((_, response) => void response.writeHead(200, { 'Content-Length': 2 ** 30 }).write('{'))
    )
    expect(await faultFrom(transportTo(announced).request(get, never))).toMatchObject({ code: 'server' })

    let sent = 0
    const streamed = await listening(
      listenHttp((_, response) => {
        const chunk = Buffer.alloc(1024 * 1024, 'a')
        const more = (): void => {
          while (!response.destroyed && sent < 2 ** 30) {
            sent += chunk.length
            if (!response.write(chunk)) return void response.once('drain', more)
          }
        }
        more()
      })
    )
    const fault = await faultFrom(transportTo(streamed, { deadlineMs: 20_000 }).request(get, never))
    expect(fault).toMatchObject({ code: 'server' })
    expect(fault.detail).toContain('over the limit')
    expect(sent).toBeLessThan(80 * 2 ** 20)
  })

  const packed = [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync]
  ] as const

  it.each(packed)('compressed unasked is unpacked: %s', async (encoding, pack) => {
    const server = await listening(listenHttp(replying(200, pack('{"size":7}'), { 'Content-Encoding': encoding })))
    expect((await healthOf(server).depth('mails', never)).value).toBe(7)
  })

  it.each(packed)('that unpacks to a bomb is given up at the cap: %s', async (encoding, pack) => {
    const bomb = pack(Buffer.alloc(64 * 2 ** 20))
    const server = await listening(listenHttp(replying(200, bomb, { 'Content-Encoding': encoding })))
    const fault = await faultFrom(transportTo(server).request(get, never))
    expect(fault).toMatchObject({ code: 'server' })
    expect(fault.message).toContain('stopped reading')
  })

  it.each([
    ['gzip', 'not gzip at all'],
    ['zstd', 'whatever'],
    ['gzip, gzip', 'whatever']
  ])('that cannot be unpacked is `server`: %s', async (encoding, body) => {
    const server = await listening(listenHttp(replying(200, body, { 'Content-Encoding': encoding })))
    const fault = await faultFrom(transportTo(server).request(get, never))
    expect(fault).toMatchObject({ code: 'server' })
    expect(fault.message).toContain('unpacked')
  })

  it.each([
    ['arrays', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['objects', '{"statuses":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
    ['arrays never closed', '['.repeat(1_000_000)]
  ])('nested thousands of levels deep is `server`: %s', async (_, body) => {
    const server = await listening(listenHttp(replying(200, body)))
    expect(await faultFrom(healthOf(server).db(never))).toMatchObject({ code: 'server' })
    expect(await faultFrom(healthOf(server).depth('mails', never))).toMatchObject({ code: 'server' })
    const failed = await listening(listenHttp(replying(500, body)))
    expect(await faultFrom(healthOf(failed).db(never))).toMatchObject({ code: 'server' })
  })

  it('with __proto__ keys proves nothing and changes nothing', async () => {
    const server = await listening(
      listenHttp(replying(200, '{"__proto__":{"size":0,"status":"pass"},"constructor":1}'))
    )
    expect(await faultFrom(healthOf(server).depth('mails', never))).toMatchObject({ code: 'server' })
    expect(await faultFrom(healthOf(server).http(never))).toMatchObject({ code: 'server' })
    expect(({} as { size?: unknown }).size).toBeUndefined()
  })
})

describe('the key', () => {
  const middle = apiKey.slice(40, 80)
  const echoes: readonly (readonly [string, string])[] = [
    ['in a message', apiKey],
    ['in capitals', apiKey.toUpperCase()],
    ['with control characters inside', apiKey.replaceAll(/(?<=.)(?=.)/g, '\u0000')],
    ['in part', `…${middle}…`]
  ]
  const shows = (text: string): boolean => {
    const lower = text.toLowerCase()
    return Array.from({ length: apiKey.length - 12 }, (_, i) => apiKey.slice(i, i + 12)).some((part) =>
      lower.includes(part)
    )
  }

  it.each(echoes)('that a server echoes %s is shown nowhere', async (_, echo) => {
    const bodies = [
      JSON.stringify({ message: echo, code: 400, type: 'general_argument_invalid', version: '1.5.11' }),
      JSON.stringify({ message: 'x', code: 500, type: echo, version: echo }),
      JSON.stringify({ [echo]: echo }),
      `<html><title>${echo}</title></html>`,
      `${'x'.repeat(8180)}${echo}`
    ]
    for (const status of [200, 400, 401, 404, 429, 500, 502]) {
      for (const body of bodies) {
        const server = await listening(
          listenHttp(replying(status, body, { Server: echo.replaceAll('\u0000', '').replace(/…/g, '') }))
        )
        const fault = await faultFrom(healthOf(server).http(never))
        expect(shows(JSON.stringify(fault)), `${status} ${body.slice(0, 60)}`).toBe(false)
      }
    }
  })

  it.each(echoes)('that a server echoes %s in a component name is not in the model', async (_, name) => {
    const server = await listening(
      listenHttp(replying(200, JSON.stringify({ name: name.slice(0, 200), ping: 0, status: 'pass' })))
    )
    const { value } = await healthOf(server).http(never)
    expect(shows(value.name)).toBe(false)
  })

  it('in a redirect is not shown', async () => {
    const server = await listening(
      listenHttp(replying(302, '', { Location: `https://evil.example/${apiKey}?k=${apiKey}` }))
    )
    expect(shows(JSON.stringify(await faultFrom(healthOf(server).http(never))))).toBe(false)
  })
})

describe('another secret of a request', () => {
  const value = 'p4ss:w0rd of the database'

  it.each([
    [
      400,
      JSON.stringify({ message: `Invalid value: ${value}`, code: 400, type: 'general_argument_invalid', version: '1' })
    ],
    [409, JSON.stringify({ message: value, code: 409, type: 'variable_already_exists', version: '1' })],
    [500, JSON.stringify({ message: value, code: 500, type: value, version: '1' })],
    [502, `<html><title>${value}</title></html>`],
    [418, value],
    [429, value]
  ])('that a server echoes with status %i is told nowhere', async (status, body) => {
    const server = await listening(listenHttp(replying(status, body, { Server: value })))
    const request = {
      ...get,
      method: 'POST',
      path: '/functions/f/variables',
      body: { value },
      secrets: [value]
    } as const
    const transport = transportTo(server, { policy: { allows: () => true } })
    const fault = JSON.stringify(await faultFrom(transport.request(request, never)))
    for (const piece of [value, value.slice(0, 14), value.slice(-14)]) expect(fault).not.toContain(piece)
  })

  it('in a redirect is told nowhere', async () => {
    const server = await listening(
      listenHttp(replying(302, '', { Location: 'https://evil.example/hunter2?v=hunter2' }))
    )
    const fault = await faultFrom(transportTo(server).request({ ...get, secrets: ['hunter2'] }, never))
    expect(JSON.stringify(fault)).not.toContain('hunter2')
  })
})

describe('a redirect', () => {
  it('to another origin is not followed: neither request nor key arrives there', async () => {
    const other = await listening(listenHttp(replying(200, '{"size":0}')))
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await listening(listenHttp(replying(status, '', { Location: `${other.endpoint}/health` })))
      const fault = await faultFrom(transportTo(server).request(get, never))
      expect(fault).toMatchObject({ code: 'server', field: 'endpoint' })
      expect(fault.message).toContain(`http://127.0.0.1:${other.port}/v1/health`)
    }
    expect(other.connections()).toBe(0)
  })

  it('to the same host over https says how to change the endpoint', async () => {
    const server = await listening(listenHttp(replying(301, '', { Location: 'https://127.0.0.1/v1/health' })))
    const fault = await faultFrom(transportTo(server).request(get, never))
    expect(fault.message).toContain('Change the endpoint to https://127.0.0.1/v1')
  })

  it.each([[{}], [{ Location: 'http://[' }]])('without a usable target is still a fault: %j', async (headers) => {
    const server = await listening(listenHttp(replying(304, '', headers)))
    expect(await faultFrom(transportTo(server).request(get, never))).toMatchObject({ code: 'server' })
  })
})
