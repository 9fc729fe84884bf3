import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseAuthority } from '../../../src-main/appwrite/authority.ts'
import { Transport } from '../../../src-main/appwrite/transport.ts'
import { appwriteAt } from './fake-appwrite.ts'
import { examined, states } from './examining.ts'
import { apiKey, credentials, faultFrom, fixture, listenHttp, listenHttps, listenRaw, never } from './listener.ts'
import { closing, listening, transportTo } from './open.ts'

const get = { credentials, method: 'GET', path: '/health' } as const
const appwrite = appwriteAt('/v1', '1.9.6', credentials.projectId, apiKey)
const secure = (certificate: string) => listening(listenHttps(certificate, appwrite))
const fingerprintOf = (name: string): string => new X509Certificate(fixture(name)).fingerprint256

const failedAtTls = 'passed passed passed failed skipped skipped skipped skipped skipped'
const allPassed = Array.from({ length: 9 }, () => 'passed').join(' ')

describe('a certificate nobody vouches for', () => {
  it('fails step tls, is shown whole, and may be trusted', async () => {
    const server = await secure('self-signed')
    const exam = await examined(server.endpoint)
    expect(states(exam)).toBe(failedAtTls)
    const { fault } = exam.report('tls')
    expect(fault).toMatchObject({ code: 'unreachable', step: 'tls' })
    expect(fault?.message).toBe(
      `The certificate of 127.0.0.1:${server.port} (127.0.0.1, issued by 127.0.0.1, until 2120-01-01) is signed by itself, or by an authority this machine does not know. Compare its fingerprint with the server’s own; if it is the same, trust it for this server alone.`
    )
    const fingerprint = fingerprintOf('self-signed')
    const certificate = {
      subject: 'CN=127.0.0.1, O=Standby tests',
      issuer: 'CN=127.0.0.1, O=Standby tests',
      fingerprint,
      validFromMs: Date.UTC(2020, 0, 1),
      validToMs: Date.UTC(2120, 0, 1),
      names: ['127.0.0.1', 'localhost'],
      isSelfSigned: true
    }
    expect(exam.view.certificate).toEqual(certificate)
    expect(exam.view.offers).toEqual([{ kind: 'certificate', certificate }])
    expect(parseAuthority(exam.seen.get(fingerprint) ?? '')).toMatchObject({ fingerprint, isAuthority: false })
    expect(server.seen).toEqual([])
  })

  it('passes once it is trusted, and every request goes through', async () => {
    const server = await secure('self-signed')
    const trust = { kind: 'certificate', fingerprint: fingerprintOf('self-signed') } as const
    const exam = await examined(server.endpoint, { trust })
    expect(states(exam)).toBe(allPassed)
    expect(exam.report('tls').text).toBe('TLS 1.3, the certificate you trusted, until 2120-01-01')
    expect(exam.view.offers).toEqual([])
    expect((await transportTo(server, { trust }).request(get, never)).status).toBe(200)
  })

  it.each(['own-chain', 'own-issuer-chain'])(
    'offers an authority that was sent with it: trust it, connect: %s',
    async (chain) => {
      const server = await secure(chain)
      const exam = await examined(server.endpoint)
      expect(states(exam)).toBe(failedAtTls)
      expect(exam.view.offers.map(({ kind }) => kind)).toEqual(['certificate', 'authority'])
      const authority = exam.view.offers[1]?.certificate
      expect(authority?.subject).toMatch(/^CN=Standby test-only own (root|issuer), /)
      const { pem, isAuthority } = parseAuthority(exam.seen.get(authority?.fingerprint ?? '') ?? '')
      expect(isAuthority).toBe(true)
      const trusted = await examined(server.endpoint, { trust: { kind: 'authority', pem } })
      expect(states(trusted)).toBe(allPassed)
      expect(trusted.report('tls').text).toMatch(/^TLS 1.3, certificate by Standby test-only own/)
    }
  )

  it('offers no authority that was not sent: its file is needed, and does', async () => {
    const server = await secure('valid')
    const exam = await examined(server.endpoint)
    expect(exam.report('tls').fault?.message).toContain('choose its CA file')
    expect(exam.view.offers.map(({ kind }) => kind)).toEqual(['certificate'])
    const { pem } = parseAuthority(fixture('ca'))
    expect(states(await examined(server.endpoint, { trust: { kind: 'authority', pem } }))).toBe(allPassed)
  })

  it.each([
    ['own-expired-chain', 'has expired on 2021-01-01. Renew it on the server'],
    ['own-other-host-chain', 'was issued for other.example, by Standby test-only own root. Use that name']
  ])('with what no authority cures offers none: %s', async (chain, says) => {
    const server = await secure(chain)
    const trust = { kind: 'authority', pem: fixture('own-root') } as const
    const exam = await examined(server.endpoint, { trust })
    expect(states(exam)).toBe(failedAtTls)
    expect(exam.report('tls').fault?.message).toContain(says)
    expect(exam.view.offers.map(({ kind }) => kind)).toEqual(['certificate'])
    const pinned = { kind: 'certificate', fingerprint: exam.view.offers[0]?.certificate.fingerprint ?? '' } as const
    expect(states(await examined(server.endpoint, { trust: pinned }))).toBe(allPassed)
    expect((await examined(server.endpoint)).view.offers.map(({ kind }) => kind)).toEqual(['certificate'])
  })

  it('that is not valid yet points at the clock', async () => {
    const server = await secure('not-yet-valid')
    const exam = await examined(server.endpoint, { trust: { kind: 'authority', pem: fixture('ca') } })
    expect(exam.report('tls').fault?.message).toContain('not valid yet: it begins on 2100-01-01. Check the clock')
  })
})

describe('a pinned certificate that changed', () => {
  const trust = { kind: 'certificate', fingerprint: fingerprintOf('valid') } as const

  it('gets not one byte of a request: no path, no project, no key', async () => {
    const server = await secure('own-chain')
    const transport = transportTo(server, { trust, onRequest: () => expect.unreachable('counted as sent') })
    const fault = await faultFrom(transport.request(get, never))
    expect(fault).toMatchObject({ code: 'unreachable', step: 'tls' })
    expect(fault.message).toContain('shows another certificate than the one you trusted')
    expect(fault.message).toContain(`Trusted: ${trust.fingerprint}. Shown: ${fingerprintOf('own-chain')}.`)
    await expect.poll(() => server.connections()).toBe(1)
    expect(server.seen).toEqual([])
    expect(server.secureBytes()).toBe(0)
  })

  it('is noticed on the next connection, though the last one was good', async () => {
    const server = await listening(
      listenHttps('valid', (_, response) => response.writeHead(200, { Connection: 'close' }).end('{}'))
    )
    const transport = transportTo(server, { trust })
    expect((await transport.request(get, never)).status).toBe(200)
    const bytes = server.secureBytes()
    server.present('own-chain')
    expect((await faultFrom(transport.request(get, never))).message).toContain('another certificate')
    expect(server.seen.length).toBe(1)
    expect(server.secureBytes()).toBe(bytes)
    server.present('valid')
    expect((await transport.request(get, never)).status).toBe(200)
  })

  it('fails step tls with both fingerprints and offers the new one', async () => {
    const server = await secure('self-signed')
    const exam = await examined(server.endpoint, { trust })
    expect(states(exam)).toBe(failedAtTls)
    expect(exam.report('tls').fault?.message).toContain(
      `Trusted: ${trust.fingerprint}. Shown: ${fingerprintOf('self-signed')}.`
    )
    expect(exam.view.offers.map(({ certificate }) => certificate.fingerprint)).toEqual([fingerprintOf('self-signed')])
    expect(server.seen).toEqual([])
  })

  it('is no trust for the machine: another server with its issuer stays refused', async () => {
    const server = await secure('valid')
    expect(states(await examined(server.endpoint, { trust }))).toBe(allPassed)
    expect(states(await examined(server.endpoint))).toBe(failedAtTls)
  })
})

describe('a port without TLS', () => {
  it('that speaks http is told so', async () => {
    const server = await listening(listenHttp(appwrite))
    const exam = await examined(`https://127.0.0.1:${server.port}/v1`)
    expect(states(exam)).toBe(failedAtTls)
    expect(exam.report('tls').fault).toMatchObject({ code: 'unreachable', step: 'tls', field: 'endpoint' })
    expect(exam.report('tls').fault?.message).toContain(`change the endpoint to http://127.0.0.1:${server.port}/v1`)
    expect(exam.view.certificate).toBeNull()
    expect(server.seen).toEqual([])
  })

  it('that says nothing ends at the deadline', async () => {
    const server = await listening(listenRaw(() => undefined))
    const exam = await examined(`https://127.0.0.1:${server.port}/v1`, { deadlineMs: 300 })
    expect(states(exam)).toBe(failedAtTls)
    expect(exam.report('tls').fault).toMatchObject({ code: 'timeout', step: 'tls' })
    expect(exam.report('tls').fault?.message).toContain('says nothing when a secure one is asked for')
    expect(exam.report('tls').elapsedMs).toBeGreaterThanOrEqual(290)
    expect(exam.report('tls').elapsedMs).toBeLessThan(1500)
  })

  it('that hangs up is told so', async () => {
    const server = await listening(listenRaw((socket) => socket.once('data', () => socket.destroy())))
    const exam = await examined(`https://127.0.0.1:${server.port}/v1`)
    expect(states(exam)).toBe(failedAtTls)
    expect(exam.report('tls').fault?.message).toContain('broke off while the secure connection was being set up')
    expect(exam.view.offers).toEqual([])
  })
})

it('no environment switches the checks off', async () => {
  const server = await secure('self-signed')
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
  try {
    const transport = closing(new Transport({ endpoint: server.endpoint, deadlineMs: 2000 }))
    expect(await faultFrom(transport.request(get, never))).toMatchObject({ code: 'unreachable', step: 'tls' })
    const other = transportTo(server, { trust: { kind: 'authority', pem: fixture('ca') } })
    expect(await faultFrom(other.request(get, never))).toMatchObject({ code: 'unreachable', step: 'tls' })
  } finally {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
  }
  expect(server.seen).toEqual([])
})
