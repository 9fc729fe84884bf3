import type { Fault } from '../contract/fault.ts'
import type { Asked } from './asked.ts'
import { plainLine } from './plain-text.ts'

const selfSigned = (host: string): string =>
  `The certificate of ${host} is signed by itself or by an authority this machine does not know. Give the server a public certificate, or add its own CA to the connection.`
const brokenChain = (host: string): string =>
  `The certificate of ${host} cannot be traced to an authority this machine knows. The proxy may leave out the intermediate certificate, or the server has its own CA.`

const certificates: Readonly<Record<string, (host: string) => string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: selfSigned,
  SELF_SIGNED_CERT_IN_CHAIN: selfSigned,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: brokenChain,
  UNABLE_TO_GET_ISSUER_CERT: brokenChain,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: brokenChain,
  CERT_HAS_EXPIRED: (host) =>
    `The certificate of ${host} has expired. Renew it on the server: Appwrite does so in its certificates worker, so look there or at the proxy.`,
  CERT_NOT_YET_VALID: (host) =>
    `The certificate of ${host} is not valid yet. Check the clock of this machine first, then the certificate's dates.`,
  CERT_REVOKED: (host) => `The certificate of ${host} was revoked by its authority. Replace it on the server.`
}

/** The fault of step `tls` for an error while the secure connection was set up, or `null` for an error of another kind. */
export function tlsFault(error: Error, code: string, asked: Asked, detail: string): Fault | null {
  const tls = (message: string, field?: 'endpoint'): Fault => ({
    code: 'unreachable',
    step: 'tls',
    message,
    detail,
    ...(field === undefined ? {} : { field })
  })
  const { host } = asked
  if (Object.hasOwn(certificates, code)) return tls(certificates[code]?.(host) ?? '')
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const names = namesOf(error)
    return tls(
      `The certificate of ${host} was issued for ${names === '' ? 'another name' : plainLine(names, asked.apiKey, 120)}. Use that name in the endpoint, or give the server a certificate for this one.`
    )
  }
  if (/wrong.version.number|packet length too long|http request/i.test(error.message)) {
    return tls(
      `${host} does not speak https on this port. If it is meant to be plain http, change the endpoint to http://${host}/v1.`,
      'endpoint'
    )
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) {
    return tls(
      `${host} and Standby could not agree on a secure connection. Check the TLS settings of the server's proxy.`
    )
  }
  return null
}

/** The names a certificate holds, from the error Node throws when none of them fits. */
function namesOf(error: Error): string {
  const certificate = 'cert' in error ? error.cert : null
  if (typeof certificate !== 'object' || certificate === null || !('subjectaltname' in certificate)) return ''
  const { subjectaltname } = certificate
  return typeof subjectaltname === 'string' ? subjectaltname.replaceAll(/(DNS|IP Address):/g, '') : ''
}
