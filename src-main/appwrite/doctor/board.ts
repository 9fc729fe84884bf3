import type { X509Certificate } from 'node:crypto'
import {
  doctorSteps,
  type DoctorStep,
  type DoctorView,
  type StepReport,
  type TrustOffer
} from '../../contract/doctor.ts'
import type { Fault } from '../../contract/fault.ts'
import { Failure } from '../../core/failure.ts'
import { viewOf } from '../certificates.ts'
import { cancelledFault } from '../network-faults.ts'
import { withoutSecret } from '../plain-text.ts'

/** What a step found: a few words, a warning, and what the steps after it need. */
export interface Finding<Value> {
  readonly value: Value
  readonly text: string
  readonly warning?: Fault
}

/** Ends an examination whose board already tells why. */
export class StepFailed extends Error {}

/** Below this a mask would hit the words of a sentence; no key is so short. */
const shortestKey = 6

/** Where the steps write down what they find; tells each change as a new view, the key masked in all of it. */
export class Board {
  /** PEM by fingerprint: the server's certificate, its chain, and what is offered. */
  readonly seen = new Map<string, string>()
  readonly #onView: (view: DoctorView) => void
  readonly #secret: string | null
  readonly #signal: AbortSignal
  readonly #steps = new Map<DoctorStep, StepReport>()
  #endpoint: string | null = null
  #certificate: X509Certificate | null = null
  #offers: readonly TrustOffer[] = []

  constructor(onView: (view: DoctorView) => void, apiKey: string, signal: AbortSignal) {
    this.#onView = onView
    this.#secret = apiKey.length < shortestKey ? null : apiKey
    this.#signal = signal
    for (const step of doctorSteps) this.#steps.set(step, blank(step, 'waiting'))
    this.#tell()
  }

  /** Runs a step and times it. Its `Failure` ends the examination as `StepFailed`; once aborted, nothing is told any more. */
  async step<Value>(step: DoctorStep, act: () => Promise<Finding<Value>>): Promise<Value> {
    this.#put({ ...blank(step, 'running') })
    const startedAt = performance.now()
    const elapsed = (): number => performance.now() - startedAt
    try {
      const { value, text, warning } = await act()
      this.#throwIfAborted()
      const state = warning === undefined ? 'passed' : 'warned'
      this.#put({ step, state, text: this.#masked(text), elapsedMs: elapsed(), fault: this.#fault(warning, step) })
      return value
    } catch (thrown) {
      this.#throwIfAborted()
      if (!(thrown instanceof Failure)) throw thrown
      const fault = this.#fault(thrown.fault, step)
      for (const later of doctorSteps.slice(doctorSteps.indexOf(step) + 1)) {
        this.#steps.set(later, blank(later, 'skipped'))
      }
      this.#put({ step, state: 'failed', text: '', elapsedMs: elapsed(), fault })
      throw new StepFailed()
    }
  }

  /** Known from the first step on; the views after it carry it. */
  setEndpoint(endpoint: string): void {
    this.#endpoint = endpoint
  }

  /** What the server showed, its own certificate first. */
  setChain(chain: readonly X509Certificate[]): void {
    for (const certificate of chain) this.seen.set(certificate.fingerprint256, certificate.toString())
    this.#certificate = chain[0] ?? null
  }

  offer(kind: TrustOffer['kind'], certificate: X509Certificate): void {
    this.#offers = [...this.#offers, { kind, certificate: viewOf(certificate) }]
  }

  view(): DoctorView {
    const steps = [...this.#steps.values()]
    return {
      endpoint: this.#endpoint === null ? null : this.#masked(this.#endpoint),
      steps,
      isDone: steps.every(({ state }) => state !== 'waiting' && state !== 'running'),
      certificate: this.#certificate === null ? null : viewOf(this.#certificate),
      offers: this.#offers
    }
  }

  #put(report: StepReport): void {
    this.#steps.set(report.step, report)
    this.#tell()
  }

  #tell(): void {
    this.#throwIfAborted()
    this.#onView(this.view())
  }

  #throwIfAborted(): void {
    if (this.#signal.aborted) throw new Failure(cancelledFault)
  }

  #masked(text: string): string {
    return withoutSecret(text, this.#secret)
  }

  #fault(fault: Fault | undefined, step: DoctorStep): Fault | null {
    if (fault === undefined) return null
    const { message, detail } = fault
    return {
      ...fault,
      step,
      message: this.#masked(message),
      ...(detail === undefined ? {} : { detail: this.#masked(detail) })
    }
  }
}

function blank(step: DoctorStep, state: StepReport['state']): StepReport {
  return { step, state, text: '', elapsedMs: null, fault: null }
}
