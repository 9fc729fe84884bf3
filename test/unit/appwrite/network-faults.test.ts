import { describe, expect, it } from 'vitest'
import { networkFault } from '../../../src-main/appwrite/network-faults.ts'

const asked = {
  host: 'desk.example',
  isTls: true,
  path: '/health',
  projectId: 'desk',
  apiKey: `standard_${'0a1b'.repeat(64)}`
}
const error = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code })

describe('an error of the network', () => {
  it.each([
    ['ENOTFOUND', 'unreachable', 'dns'],
    ['EAI_AGAIN', 'unreachable', 'dns'],
    ['EAI_FAIL', 'unreachable', 'dns'],
    ['ECONNREFUSED', 'unreachable', 'tcp'],
    ['EHOSTUNREACH', 'unreachable', 'tcp'],
    ['EADDRNOTAVAIL', 'unreachable', 'tcp'],
    ['EACCES', 'unreachable', 'tcp'],
    ['ENETUNREACH', 'offline', undefined],
    ['ENETDOWN', 'offline', undefined],
    ['ETIMEDOUT', 'timeout', 'tcp'],
    ['TLS_HANDSHAKE_TIMEOUT', 'timeout', 'tls'],
    ['ECONNRESET', 'unreachable', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'unreachable', 'tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'unreachable', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unreachable', 'tls'],
    ['CERT_HAS_EXPIRED', 'unreachable', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'unreachable', 'tls'],
    ['EPROTO', 'unreachable', 'tls'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'unreachable', 'tls'],
    ['UND_ERR_DESTROYED', 'cancelled', undefined],
    ['SOMETHING_NEW', 'unreachable', 'tls'],
    ['constructor', 'unreachable', 'tls']
  ])('%s is `%s`, step %s', (code, fault, step) => {
    const told = networkFault(error(code), asked, 'connecting')
    expect([told.code, told.step]).toEqual([fault, step])
    expect(told.message).toMatch(/\.$/)
  })

  it.each(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'SOMETHING_NEW'])(
    'after the request was sent is `unreachable`, step http: %s',
    (code) => {
      expect(networkFault(error(code), asked, 'sent')).toMatchObject({ code: 'unreachable', step: 'http' })
    }
  )

  it('of several addresses is told by the one that says most, so missing IPv6 is not offline', () => {
    const both = new AggregateError([error('ENETUNREACH'), error('ECONNREFUSED')])
    expect(networkFault(both, asked, 'connecting')).toMatchObject({ code: 'unreachable', step: 'tcp' })
    const none = new AggregateError([error('ENETUNREACH'), error('ENETUNREACH')])
    expect(networkFault(none, asked, 'connecting').code).toBe('offline')
    expect(networkFault(new AggregateError([]), asked, 'connecting').code).toBe('unreachable')
  })

  it('with the version number wrong says that the port speaks plain http', () => {
    const fault = networkFault(
      error('EPROTO', 'C0:error:0A00010B:SSL routines::wrong version number'),
      asked,
      'connecting'
    )
    expect(fault.message).toContain('http://desk.example/v1')
  })

  it('of a TLS alert on a plain port says that it expects https', () => {
    const alert = Object.assign(new Error('not HTTP'), {
      name: 'HTTPParserError',
      data: '\u0015\u0003\u0001\u0000\u0002'
    })
    expect(networkFault(alert, { ...asked, isTls: false }, 'sent').message).toContain('https://desk.example/v1')
  })

  it('names the names a certificate is for', () => {
    const wrong = Object.assign(error('ERR_TLS_CERT_ALTNAME_INVALID'), {
      cert: { subjectaltname: 'DNS:a.example, DNS:b.example' }
    })
    expect(networkFault(wrong, asked, 'connecting').message).toContain('issued for a.example, b.example.')
  })

  it('never shows the key, not even in its raw cause', () => {
    const fault = networkFault(error('EX', `bad ${asked.apiKey}\n\u0007`), asked, 'sent')
    expect(fault.detail).toBe('EX bad [API key]')
  })
})
