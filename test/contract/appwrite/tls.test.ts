import { describe, expect, it } from 'vitest'
import { credentials, faultFrom, fixture, listenHttp, listenHttps, never, replying } from './listener.ts'
import { closing, listening, transportTo } from './open.ts'
import { Transport } from '../../../src-main/appwrite/transport.ts'

const get = { credentials, method: 'GET', path: '/health' } as const
const ca = fixture('ca')

describe('a server with https', () => {
  it('is read once its own CA is trusted', async () => {
    const server = await listening(listenHttps('valid', replying(200, '{}')))
    expect((await transportTo(server, { trust: { kind: 'authority', pem: ca } }).request(get, never)).status).toBe(200)
  })

  it.each([
    ['signed by itself', 'self-signed', undefined, 'signed by itself'],
    ['of an unknown authority', 'valid', undefined, 'cannot be traced'],
    ['that has expired', 'expired', ca, 'has expired'],
    ['that is not valid yet', 'not-yet-valid', ca, 'not valid yet'],
    ['for another host', 'other-host', ca, 'issued for other.example']
  ])('is refused before a request is sent with a certificate %s', async (_, certificate, authority, says) => {
    const server = await listening(listenHttps(certificate, replying(200, '{}')))
    const transport = transportTo(
      server,
      authority === undefined ? {} : { trust: { kind: 'authority', pem: authority } }
    )
    const fault = await faultFrom(transport.request(get, never))
    expect(fault).toMatchObject({ code: 'unreachable', step: 'tls' })
    expect(fault.message).toContain(says)
    expect(server.seen).toEqual([])
  })

  it('asked over http is told apart: change the endpoint to https', async () => {
    const server = await listening(listenHttps('valid', replying(200, '{}')))
    const transport = closing(new Transport({ endpoint: `http://127.0.0.1:${server.port}/v1` }))
    const fault = await faultFrom(transport.request(get, never))
    expect(fault.code).toBe('unreachable')
    expect(server.seen).toEqual([])
  })

  it('asked for on a port that speaks http is told apart: change the endpoint to http', async () => {
    const server = await listening(listenHttp(replying(200, '{}')))
    const transport = closing(new Transport({ endpoint: `https://127.0.0.1:${server.port}/v1` }))
    const fault = await faultFrom(transport.request(get, never))
    expect(fault).toMatchObject({ code: 'unreachable', step: 'tls', field: 'endpoint' })
    expect(fault.message).toContain(`http://127.0.0.1:${server.port}/v1`)
    expect(server.seen).toEqual([])
  })
})
