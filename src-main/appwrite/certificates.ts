import { X509Certificate } from 'node:crypto'
import type { DetailedPeerCertificate } from 'node:tls'
import type { CertificateView } from '../contract/doctor.ts'
import { plainLine } from './plain-text.ts'

const maxNames = 50
const maxChain = 10

/** The certificate as the page may know it: every text one line, without control characters. */
export function viewOf(certificate: X509Certificate): CertificateView {
  return {
    subject: lineOf(certificate.subject),
    issuer: lineOf(certificate.issuer),
    fingerprint: certificate.fingerprint256,
    validFromMs: Date.parse(certificate.validFrom),
    validToMs: Date.parse(certificate.validTo),
    names: namesOf(certificate.subjectAltName ?? ''),
    isSelfSigned: isSelfSigned(certificate)
  }
}

/** What a server sent: its own certificate first, then each one's issuer as far as they were sent. */
export function chainOf(peer: DetailedPeerCertificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  // Node gives an empty object for none, nothing above an incomplete chain, and a root as its own issuer.
  let next = peer as Partial<DetailedPeerCertificate> | undefined
  while (next?.raw !== undefined && chain.length < maxChain) {
    chain.push(new X509Certificate(next.raw))
    next = next.issuerCertificate === next ? undefined : next.issuerCertificate
  }
  return chain
}

/** The host names and addresses in a `subjectAltName` as Node writes it. */
export function namesOf(subjectAltName: string): readonly string[] {
  return subjectAltName
    .split(/, /)
    .flatMap((part) => /^(?:DNS|IP Address):(.+)$/.exec(part)?.[1] ?? [])
    .slice(0, maxNames)
    .map((name) => plainLine(name, null, 253))
}

/** The part of a subject or issuer that people call it by: its common name, else its organisation, else all of it. */
export function shortName(subject: string): string {
  const part = (key: string): string | undefined => new RegExp(`(?:^|, )${key}=([^,]+)`).exec(subject)?.[1]
  return part('CN') ?? part('O') ?? (subject === '' ? 'no name' : subject)
}

/** The day in UTC, such as `2026-11-24`; certificates that end beyond the calendar have none. */
export function dayOf(atMs: number): string {
  return Number.isNaN(atMs) ? 'an unknown day' : new Date(atMs).toISOString().slice(0, 10)
}

/** Node has one attribute a line. */
function lineOf(subject: string | undefined): string {
  return plainLine((subject ?? '').replaceAll('\n', ', '), null, 256)
}

function isSelfSigned(certificate: X509Certificate): boolean {
  try {
    return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey)
  } catch {
    // A kind of key this OpenSSL does not know cannot be judged by it either.
    return false
  }
}
