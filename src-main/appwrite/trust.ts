import { createSecureContext, rootCertificates, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { OtherCertificate } from './other-certificate.ts'

/** Whom a server's certificate is believed by, with what is needed to check it. PEM stays in this process. */
export type ServerTrust =
  | { readonly kind: 'system' }
  /** The authorities of the system and these: one certificate or a bundle, which need not be self-signed. */
  | { readonly kind: 'authority'; readonly pem: string }
  /** Exactly the certificate with this SHA-256 (pairs of hex digits joined by colons), whatever its name and dates. */
  | { readonly kind: 'certificate'; readonly fingerprint: string }

/** The default. */
export const systemTrust: ServerTrust = { kind: 'system' }

/** How a connection is checked: by OpenSSL with these options, then by `refusal` before any byte of HTTP is written. */
export interface CertificateCheck {
  readonly options: ConnectionOptions
  /** Why the certificate shown is not taken; `null` when it is. */
  readonly refusal: (socket: TLSSocket) => Error | null
}

const accepted = (): null => null

/** Made once for many connections: reading the system's authorities takes milliseconds. */
export function certificateCheck(trust: ServerTrust): CertificateCheck {
  switch (trust.kind) {
    // Said aloud: left to its default, a variable in the environment could switch every check off.
    case 'system':
      return { options: { rejectUnauthorized: true }, refusal: accepted }
    case 'authority': {
      const secureContext = createSecureContext({
        ca: [...rootCertificates, trust.pem],
        // A company may hand out the authority that signs its servers and not the root above it.
        allowPartialTrustChain: true
      })
      return { options: { rejectUnauthorized: true, secureContext }, refusal: accepted }
    }
    case 'certificate':
      return { options: unchecked, refusal: (socket) => otherThan(trust.fingerprint, socket) }
  }
}

/** No check by OpenSSL: only for a comparison with the very certificate, and for a look that sends nothing. */
export const unchecked: ConnectionOptions = { rejectUnauthorized: false }

function otherThan(trusted: string, socket: TLSSocket): OtherCertificate | null {
  const { fingerprint256 } = socket.getPeerCertificate() as { readonly fingerprint256?: string } // absent without one
  const shown = fingerprint256 ?? ''
  return shown !== '' && shown === trusted.toUpperCase() ? null : new OtherCertificate(trusted.toUpperCase(), shown)
}
