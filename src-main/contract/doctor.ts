import type { Fault } from './fault.ts'

/**
 * What the connection doctor looks at, in this order; a step that fails skips the rest. `scopes` tells what the key may
 * read and never fails: every valid key has what queues and health need.
 */
export const doctorSteps = ['address', 'dns', 'tcp', 'tls', 'http', 'appwrite', 'project', 'key', 'scopes'] as const
export type DoctorStep = (typeof doctorSteps)[number]

export type StepState = 'waiting' | 'running' | 'passed' | 'warned' | 'failed' | 'skipped'

export interface StepReport {
  readonly step: DoctorStep
  readonly state: StepState
  /** What was found, in a few words: `192.0.2.7`, `TLS 1.3`, `Appwrite 1.5.11`; empty until then. */
  readonly text: string
  readonly elapsedMs: number | null
  /** What is wrong and what to do; with `failed`, and with `warned` where there is something to know. */
  readonly fault: Fault | null
}

/** The certificate a server showed. */
export interface CertificateView {
  readonly subject: string
  readonly issuer: string
  /** SHA-256 as pairs of hex digits joined by colons, as every tool prints it. */
  readonly fingerprint: string
  readonly validFromMs: number
  readonly validToMs: number
  /** The host names it is for. */
  readonly names: readonly string[]
  readonly isSelfSigned: boolean
}

/** What may be trusted so that the TLS step passes: this certificate alone, or the authority that signed it. */
export interface TrustOffer {
  readonly kind: 'certificate' | 'authority'
  readonly certificate: CertificateView
}

/** The view of one examination; the feed sends it whole at every change. */
export interface DoctorView {
  /** Normalised; `null` while the address makes no sense. */
  readonly endpoint: string | null
  readonly steps: readonly StepReport[]
  readonly isDone: boolean
  /** What the server showed, if it showed one. */
  readonly certificate: CertificateView | null
  readonly offers: readonly TrustOffer[]
}

/** A draft from the dialog, or a saved connection; in a draft an empty key with a `connectionId` means the saved key. */
export type DoctorArgs =
  | { readonly kind: 'saved'; readonly connectionId: string }
  | {
      readonly kind: 'draft'
      readonly endpoint: string
      readonly projectId: string
      readonly apiKey: string
      readonly connectionId: string | null
    }
