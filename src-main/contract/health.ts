import type { Fault } from './fault.ts'

/**
 * How bad something is, in the order of the language of states. `unauthorised` is a server that refuses the key where it
 * takes it elsewhere.
 */
export type Level = 'ok' | 'warning' | 'critical' | 'unauthorised' | 'unknown' | 'not-offered'

export const checkNames = [
  'http',
  'db',
  'cache',
  'queue',
  'pubsub',
  'storage',
  'storage-local',
  'time',
  'anti-virus'
] as const
export type CheckName = (typeof checkNames)[number]

/** A component check, or the certificate of a domain: `certificate/example.com`. */
export type CheckId = CheckName | `certificate/${string}`

/** What a certificate check learnt. */
export interface CertificateEnd {
  /** Empty where the server does not tell. */
  readonly issuer: string
  readonly validToMs: number
}

/** One check of a server. */
export interface Check {
  readonly check: CheckId
  readonly level: Level
  /** The result in a few words: `3 ms`, `2 s off`, `disabled`, `database_db_main failed`. */
  readonly text: string
  readonly atMs: number
  /** When the check came to its present level. */
  readonly sinceMs: number
  /** How often it is asked. */
  readonly everyMs: number
  /** From the first byte sent to the last byte read, as seen from here; `null` without an answer. */
  readonly latencyMs: number | null
  /** What the server says it took; `null` when it does not. */
  readonly serverMs: number | null
  /** Only of `time`: how far the server's clock is behind its time server; negative when it is ahead. */
  readonly driftMs: number | null
  /** Only of a certificate, once it was read. */
  readonly certificate: CertificateEnd | null
  readonly fault: Fault | null
}
