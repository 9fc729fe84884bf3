/** A TLS certificate as a look at port 443 shows it; times in Unix seconds. */
export interface Certificate {
  readonly commonName: string
  readonly issuer: string
  readonly validFromS: number
  readonly validToS: number
}

const dayS = 24 * 3600
const renewedEveryS = 60 * dayS
const validS = 90 * dayS

/** The one host of this world that answers TLS under its own name. */
export const reachableDomain = 'appwrite.example.com'
/** Answers with the certificate of another name. */
const mistakenDomain = 'bad.example.com'
/** Answers with a certificate that has ended. */
export const expiredDomain = 'expired.example.com'

/** What a look at port 443 of a host finds. */
export type Found =
  | { readonly kind: 'valid'; readonly certificate: Certificate }
  | { readonly kind: 'mismatch' | 'unreachable' | 'expired' }

/** What a host shows at a time. */
export function certificateOf(domain: string, atMs: number): Found {
  if (domain === expiredDomain) return { kind: 'expired' }
  if (domain !== reachableDomain) return { kind: domain === mistakenDomain ? 'mismatch' : 'unreachable' }
  const validFromS = Math.floor(atMs / 1000 / renewedEveryS) * renewedEveryS
  const validToS = validFromS + validS
  return { kind: 'valid', certificate: { commonName: domain, issuer: "Let's Encrypt", validFromS, validToS } }
}
