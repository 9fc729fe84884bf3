import { X509Certificate } from 'node:crypto'
import { createServer, type AddressInfo } from 'node:net'
import { createServer as createHttpServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { Transport, type TransportOptions } from '../../../src-main/appwrite/transport.ts'
import {
  apiKey,
  credentials,
  faultFrom,
  fixture,
  listenHttp,
  listenHttps,
  listenRaw,
  never,
  replying,
  type Listener
} from './listener.ts'
import { closing, listening, transportTo } from './open.ts'
import { startProxy } from './proxy-server.ts'

const get = { credentials, method: 'GET', path: '/health' } as const
const fine = replying(200, '{"a":1}')

function by(pac: string, asked: string[] = []): Partial<TransportOptions> {
  return {
    resolveProxy: (url) => {
      asked.push(url)
      return Promise.resolve(pac)
    }
  }
}

async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a listening TCP server has no other kind of address
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('a request by way of a proxy', () => {
  it('goes through a tunnel, over as few connections as without, and the proxy sees neither key nor path', async () => {
    const server = await listening(listenHttp(fine))
    const proxy = await startProxy()
    const urls: string[] = []
    const transport = transportTo(server, { ...by(`PROXY ${proxy.place}`, urls), connections: 2 })
    for (let round = 0; round < 3; round += 1) {
      await Promise.all([1, 2, 3, 4].map(() => transport.request(get, never)))
    }
    expect(server.seen).toHaveLength(12)
    expect(server.seen[0]).toMatchObject({ url: '/v1/health', headers: { 'x-appwrite-key': apiKey } })
    expect(proxy.asked.map(({ line }) => line)).toEqual(Array(2).fill(`CONNECT 127.0.0.1:${server.port}`))
    expect(JSON.stringify(proxy.asked)).not.toContain(apiKey)
    expect(urls).toEqual(Array(2).fill(`http://127.0.0.1:${server.port}/`))
  })

  it('has the certificate of the server checked through the tunnel, by its authority and by its fingerprint', async () => {
    const server = await listening(listenHttps('valid', fine))
    const proxy = await startProxy()
    const route = by(`PROXY ${proxy.place}`)
    expect(await faultFrom(transportTo(server, route).request(get, never))).toMatchObject({
      code: 'unreachable',
      step: 'tls'
    })
    expect(server.secureBytes()).toBe(0)
    const byAuthority = transportTo(server, { ...route, trust: { kind: 'authority', pem: fixture('ca') } })
    expect((await byAuthority.request(get, never)).body).toEqual({ a: 1 })
    const { fingerprint256 } = new X509Certificate(fixture('valid'))
    const pinned = transportTo(server, { ...route, trust: { kind: 'certificate', fingerprint: fingerprint256 } })
    expect((await pinned.request(get, never)).status).toBe(200)
    const sent = server.secureBytes()
    server.present('self-signed')
    const other = transportTo(server, { ...route, trust: { kind: 'certificate', fingerprint: fingerprint256 } })
    expect((await faultFrom(other.request(get, never))).message).toContain('another certificate')
    expect(server.secureBytes()).toBe(sent)
  })

  it('never gets its key to where a proxy leads it astray', async () => {
    const server = await listening(listenHttps('valid', fine))
    const astray = await listening(listenHttps('self-signed', fine))
    const proxy = await startProxy({ port: astray.port })
    const trust = { kind: 'authority', pem: fixture('ca') } as const
    const fault = await faultFrom(transportTo(server, { ...by(`PROXY ${proxy.place}`), trust }).request(get, never))
    expect(fault).toMatchObject({ code: 'unreachable', step: 'tls' })
    expect({ bytes: astray.secureBytes(), seen: astray.seen }).toEqual({ bytes: 0, seen: [] })
  })

  it('that is itself reached by TLS has that checked as well, tunnel in tunnel', async () => {
    const server = await listening(listenHttps('valid', fine))
    const proxy = await startProxy({ certificate: 'valid' })
    const authority = { kind: 'authority', pem: fixture('ca') } as const
    const route = by(`HTTPS ${proxy.place}`)
    const trusting = transportTo(server, { ...route, trust: authority, proxyTrust: authority })
    expect((await trusting.request(get, never)).status).toBe(200)
    const wary = await faultFrom(transportTo(server, { ...route, trust: authority }).request(get, never))
    expect(wary.code).toBe('unreachable')
    expect(wary.message).toContain(proxy.place)
  })

  it('goes direct where the system says so, and by the next route when a proxy is gone', async () => {
    const server = await listening(listenHttp(fine))
    const gone = `127.0.0.1:${await closedPort()}`
    const proxy = await startProxy()
    expect((await transportTo(server, by('DIRECT')).request(get, never)).status).toBe(200)
    expect((await transportTo(server, by(`PROXY ${gone}; SOCKS a:1; DIRECT`)).request(get, never)).status).toBe(200)
    expect(proxy.asked).toEqual([])
    const both = transportTo(server, by(`PROXY ${gone}; PROXY ${proxy.place}; DIRECT`))
    expect((await both.request(get, never)).status).toBe(200)
    expect(proxy.asked).toHaveLength(1)
  })
})

describe('a proxy that is in the way', () => {
  const through = async (pac: string, server?: Listener, options: Partial<TransportOptions> = {}) => {
    const target = server ?? (await listening(listenHttp(fine)))
    const fault = await faultFrom(transportTo(target, { ...by(pac), ...options }).request(get, never))
    expect(target.seen).toEqual([])
    return fault
  }

  it.each([
    [
      'asks for a password',
      'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n',
      'password'
    ],
    ['forbids it', 'HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno', 'does not let'],
    ['cannot reach the server', 'HTTP/1.0 503 Service Unavailable\r\n\r\n', '(503)'],
    ['is none', '220 mail.example ESMTP\r\n\r\n', 'is none'],
    ['talks without end', 'x'.repeat(40_000), 'is none'],
    ['hangs up', '', 'does not answer']
  ])('is named, with what to do: %s', async (_, answer, says) => {
    const proxy = await startProxy({ answer })
    const fault = await through(`PROXY ${proxy.place}`)
    expect(fault.code).toBe('unreachable')
    expect(fault.message).toContain(proxy.place)
    expect(fault.message).toContain(says)
  })

  it('is named when it is gone or silent', async () => {
    const gone = `127.0.0.1:${await closedPort()}`
    expect((await through(`PROXY ${gone}`)).message).toContain(gone)
    const silent = await startProxy({ isSilent: true })
    const server = await listening(listenHttp(fine))
    const fault = await through(`PROXY ${silent.place}`, server, { deadlineMs: 300 })
    expect(fault).toMatchObject({ code: 'timeout', step: 'tcp' })
  })

  it('is told of when the settings name none that can be used, or cannot be read', async () => {
    expect((await through('SOCKS5 127.0.0.1:1')).message).toContain('SOCKS')
    const failing = { resolveProxy: () => Promise.reject(new Error('no PAC')) }
    expect((await through('', undefined, failing)).message).toContain('could not be read')
  })

  it('is let go of when the transport closes while it is silent', async () => {
    const silent = await startProxy({ isSilent: true })
    const server = await listening(listenHttp(fine))
    const transport = transportTo(server, { ...by(`PROXY ${silent.place}`), deadlineMs: 10_000 })
    const fault = faultFrom(transport.request(get, never))
    await expect.poll(() => silent.asked.length).toBe(1)
    const before = performance.now()
    await transport.close()
    expect(await fault).toMatchObject({ code: 'cancelled' })
    expect(performance.now() - before).toBeLessThan(500)
  })
})

describe('an endpoint that is an IPv6 address', () => {
  it('is reached directly and through a tunnel', async () => {
    const server = createHttpServer(fine)
    const hasIpv6 = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(0, '::1', () => resolve(true))
    })
    if (!hasIpv6) return console.log('skipped: this machine has no IPv6 loopback')
    closing({ close: () => new Promise<void>((resolve) => server.close(() => resolve())) })
    const { port } = server.address() as AddressInfo // a listening TCP server has no other kind of address
    const endpoint = `http://[::1]:${port}/v1`
    expect((await closing(new Transport({ endpoint })).request(get, never)).status).toBe(200)
    const ipv4 = await listening(listenHttp(fine))
    const proxy = await startProxy({ port: ipv4.port })
    const transport = closing(new Transport({ endpoint, ...by(`PROXY ${proxy.place}`) }))
    expect((await transport.request(get, never)).status).toBe(200)
    expect(proxy.asked[0]?.line).toBe(`CONNECT [::1]:${port}`)
  })

  it('is told in full when nothing answers there', async () => {
    const gone = await listening(listenRaw(() => undefined))
    const transport = closing(new Transport({ endpoint: `http://[::1]:${gone.port}/v1`, deadlineMs: 1000 }))
    expect((await faultFrom(transport.request(get, never))).message).toContain(`[::1]:${gone.port}`)
  })
})
