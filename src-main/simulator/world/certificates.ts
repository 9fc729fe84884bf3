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

/** The one host of this world that answers TLS. */
export const reachableDomain = 'appwrite.example.com'

/** The certificate a host shows at a time, or `null` when nothing answers there. */
export function certificateOf(domain: string, atMs: number): Certificate | null {
  if (domain !== reachableDomain) return null
  const validFromS = Math.floor(atMs / 1000 / renewedEveryS) * renewedEveryS
  return { commonName: domain, issuer: "Let's Encrypt", validFromS, validToS: validFromS + validS }
}
