import { X509Certificate } from 'node:crypto'
import { Failure } from '../core/failure.ts'
import { viewOf } from './certificates.ts'

/** Authorities read from a file. Subject, fingerprint and end are those of the first. */
export interface Authority {
  /** Only the certificates, one after the other. */
  readonly pem: string
  readonly subject: string
  /** SHA-256, as pairs of hex digits joined by colons. */
  readonly fingerprint: string
  /** Whether all of them may sign others. */
  readonly isAuthority: boolean
  readonly validToMs: number
}

/** Above any bundle of a company, below what reading would cost. */
const maxLength = 1_048_576

const block = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g

/**
 * Reads the text of a CA file, one certificate or several. Throws `invalid` for anything else; a private key is refused,
 * and nothing of it is kept or told.
 */
export function parseAuthority(text: string): Authority {
  if (text.length > maxLength) throw refusal('This file is larger than 1 MB: no CA file is. Choose the CA certificate.')
  if (text.includes('PRIVATE KEY-----')) {
    throw refusal(
      'This file holds a private key, which Standby must not have and did not keep. Choose the CA’s certificate alone.'
    )
  }
  const blocks = text.match(block) ?? []
  if (blocks.length === 0) {
    throw refusal(
      'This is no certificate in PEM form: one begins with -----BEGIN CERTIFICATE-----. A .der or .p7b file can be converted with openssl.'
    )
  }
  const certificates = blocks.map(parse)
  const whole = certificates.filter((certificate) => certificate !== null)
  const [first] = whole
  if (first === undefined || whole.length < certificates.length) {
    throw refusal('A certificate in this file is cut off or broken. Fetch the file again.')
  }
  const { subject, fingerprint, validToMs } = viewOf(first)
  const isAuthority = whole.every(({ ca }) => ca)
  const pem = whole.map(String).join('')
  return { pem, subject, fingerprint, isAuthority, validToMs }
}

function parse(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem)
  } catch {
    return null
  }
}

function refusal(message: string): Failure {
  return new Failure({ code: 'invalid', message })
}
