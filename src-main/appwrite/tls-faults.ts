import type { CertificateView } from '../contract/doctor.ts'
import type { Fault } from '../contract/fault.ts'
import { toldOf, type Asked } from './asked.ts'
import { dayOf, namesOf, shortName } from './certificates.ts'
import { OtherCertificate } from './other-certificate.ts'

/** `shown` is `null` where only the error is known: then there is the doctor to say more. */
type Sentence = (host: string, shown: CertificateView | null) => string

const byWhom = (shown: CertificateView | null): string =>
  shown === null
    ? ''
    : ` (${shortName(shown.subject)}, issued by ${shortName(shown.issuer)}, until ${dayOf(shown.validToMs)})`

const remedy = (shown: CertificateView | null): string =>
  shown === null
    ? 'Diagnose shows it and offers to trust it, or its CA, for this server alone.'
    : 'Compare its fingerprint with the server’s own; if it is the same, trust it for this server alone.'

const selfSigned: Sentence = (host, shown) =>
  shown === null || shown.isSelfSigned
    ? `The certificate of ${host}${byWhom(shown)} is signed by itself, or by an authority this machine does not know. ${remedy(shown)}`
    : `The certificate of ${host}${byWhom(shown)} is signed by an authority this machine does not know. ${remedy(shown)}`
const brokenChain: Sentence = (host, shown) =>
  `The certificate of ${host}${byWhom(shown)} cannot be traced to an authority this machine knows. The proxy may leave out the intermediate certificate; if the server has its own CA, choose its CA file. ${remedy(shown)}`
const expired: Sentence = (host, shown) => {
  const renew = 'Renew it on the server: Appwrite does so in its certificates worker, so look there or at the proxy.'
  if (shown === null) return `The certificate of ${host} has expired. ${renew}`
  if (shown.validToMs > Date.now()) return `A certificate in the chain of ${host}${byWhom(shown)} has expired. ${renew}`
  const { subject, issuer, validToMs } = shown
  return `The certificate of ${host} (${shortName(subject)}, issued by ${shortName(issuer)}) has expired on ${dayOf(validToMs)}. ${renew}`
}
const notYetValid: Sentence = (host, shown) =>
  `The certificate of ${host} is not valid yet${shown === null ? '' : `: it begins on ${dayOf(shown.validFromMs)}`}. Check the clock of this machine first, then the certificate's dates.`
const revoked: Sentence = (host) => `The certificate of ${host} was revoked by its authority. Replace it on the server.`
const unfit: Sentence = (host, shown) =>
  `The certificate of ${host}${byWhom(shown)}, or one of its issuers, is not fit for a server: its key is weak or it was made for something else. Give the server another one.`

const certificates: Readonly<Record<string, Sentence>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: selfSigned,
  SELF_SIGNED_CERT_IN_CHAIN: selfSigned,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: brokenChain,
  UNABLE_TO_GET_ISSUER_CERT: brokenChain,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: brokenChain,
  CERT_UNTRUSTED: brokenChain,
  CERT_HAS_EXPIRED: expired,
  CERT_NOT_YET_VALID: notYetValid,
  CERT_REVOKED: revoked,
  CERT_REJECTED: unfit,
  CERT_CHAIN_TOO_LONG: unfit,
  CERT_SIGNATURE_FAILURE: unfit,
  INVALID_CA: unfit,
  INVALID_PURPOSE: unfit,
  PATH_LENGTH_EXCEEDED: unfit,
  UNSPECIFIED: unfit
}

const wrongName = 'ERR_TLS_CERT_ALTNAME_INVALID'

/** Whether the handshake failed over the certificate shown, so that it can be shown and perhaps trusted. */
export function isAboutCertificate(error: unknown): boolean {
  if (error instanceof OtherCertificate) return error.shown !== ''
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && (Object.hasOwn(certificates, code) || code === wrongName)
}

/**
 * The fault of step `tls` for an error while the secure connection was set up, or `null` for an error of another kind.
 * `shown` is the certificate the server showed, where it is known.
 */
export function tlsFault(
  error: Error,
  code: string,
  asked: Asked,
  detail: string,
  shown: CertificateView | null = null
): Fault | null {
  const tls = (message: string, field?: 'endpoint'): Fault => ({
    code: 'unreachable',
    step: 'tls',
    message,
    detail,
    ...(field === undefined ? {} : { field })
  })
  const { host } = asked
  if (error instanceof OtherCertificate) return tls(otherCertificate(host, error))
  if (Object.hasOwn(certificates, code)) return tls(certificates[code]?.(host, shown) ?? '')
  if (code === wrongName) {
    const names = toldOf((shown?.names ?? namesIn(error)).join(', '), asked, 120)
    const issuer = shown === null ? '' : `, by ${shortName(shown.issuer)}`
    return tls(
      `The certificate of ${host} was issued for ${names === '' ? 'another name' : names}${issuer}. Use that name in the endpoint, or give the server a certificate for this one.`
    )
  }
  // OpenSSL's words and BoringSSL's, which Electron has.
  if (/wrong.version.number|packet.length.too.long|http.request/i.test(error.message)) {
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

function otherCertificate(host: string, { trusted, shown }: OtherCertificate): string {
  return shown === ''
    ? `${host} shows no certificate at all, though you trusted ${trusted}. Nothing was sent. Check the TLS settings of the server’s proxy.`
    : `${host} shows another certificate than the one you trusted. Nothing was sent. Trusted: ${trusted}. Shown: ${shown}. If it was renewed, compare this with the server’s own and trust it anew; if not, someone may be in between.`
}

/** The names a certificate holds, from the error Node throws when none of them fits. */
function namesIn(error: Error): readonly string[] {
  const certificate = 'cert' in error ? error.cert : null
  if (typeof certificate !== 'object' || certificate === null || !('subjectaltname' in certificate)) return []
  const { subjectaltname } = certificate
  return typeof subjectaltname === 'string' ? namesOf(subjectaltname) : []
}
