import type { DoctorArgs, DoctorView, TrustOffer } from '../../src-main/contract/doctor.ts'
import type { Fault, Reply } from '../../src-main/contract/fault.ts'
import type { BridgeClient } from '../bridge/client.ts'

/** One examination of a connection at a time, and what may be trusted so that the next one passes. */
export class DoctorStore {
  readonly #bridge: BridgeClient
  #close: () => void = () => undefined
  /** What is or was examined; `null` before the first and after `close`. */
  asked = $state.raw<DoctorArgs | null>(null)
  /** `null` until the first answer. */
  view = $state.raw<DoctorView | null>(null)
  /** Why the examination broke off, or why a trust was not kept. */
  fault = $state.raw<Fault | null>(null)
  readonly isRunning = $derived(this.asked !== null && this.fault === null && this.view?.isDone !== true)

  constructor(bridge: BridgeClient) {
    this.#bridge = bridge
  }

  /** Starts an examination in place of the one before. */
  examine(args: DoctorArgs): void {
    this.#close()
    this.asked = args
    this.view = null
    this.fault = null
    this.#close = this.#bridge.watch('connections.diagnose', args, {
      snapshot: (view) => (this.view = view),
      deltas: (views) => (this.view = views.at(-1) ?? this.view),
      end: (fault) => (this.fault = fault)
    })
  }

  /** Forgets everything: a draft holds an API key, which must not outlive its dialog. */
  close(): void {
    this.#close()
    this.#close = () => undefined
    this.asked = null
    this.view = null
    this.fault = null
  }

  /** Trusts what the server showed, for its endpoint alone, and examines again. */
  async trust(offer: TrustOffer): Promise<void> {
    const endpoint = this.view?.endpoint
    if (endpoint == null) return
    const { kind, certificate } = offer
    await this.#after(this.#bridge.call('trust.certificate', { endpoint, kind, fingerprint: certificate.fingerprint }))
  }

  /** Lets the user choose a file with the server's authority, and examines again unless none was chosen. */
  async trustFile(): Promise<void> {
    const endpoint = this.view?.endpoint
    if (endpoint != null) await this.#after(this.#bridge.call('trust.file', { endpoint }))
  }

  async #after(trusting: Promise<Reply<unknown>>): Promise<void> {
    const args = this.asked
    const reply = await trusting
    // Closed, or started anew, while main was busy.
    if (args === null || this.asked !== args) return
    if (!reply.ok) this.fault = reply.fault
    else if (reply.value !== null) this.examine(args)
  }
}
