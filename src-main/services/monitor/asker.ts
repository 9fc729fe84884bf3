import type { Health } from '../../appwrite/health.ts'
import type { Fault } from '../../contract/fault.ts'
import { faultOf } from '../../core/failure.ts'
import type { CredentialRing, OwnCredentials } from './credential-ring.ts'

/** What came of one request: a value, or why there is none. */
export type Asked<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: Fault }

export interface AskerOptions {
  readonly ring: CredentialRing
  readonly healthFor: (credentials: OwnCredentials) => Health
  /** Defects are ours: they are logged, and told as such. */
  readonly onDefect: (thrown: unknown) => void
}

/** Asks a server with whichever key it takes: on a refusal the next connection's key is tried at once. */
export class Asker {
  readonly #options: AskerOptions

  constructor(options: AskerOptions) {
    this.#options = options
  }

  async ask<Value>(run: (health: Health) => Promise<Value>, signal: AbortSignal): Promise<Asked<Value>> {
    const { ring } = this.#options
    for (;;) {
      const credentials = ring.current()
      if (credentials === null) return { ok: false, fault: ring.refusal() }
      const asked = await this.askWith(credentials, run)
      if (signal.aborted) return { ok: false, fault: { code: 'cancelled', message: 'Cancelled.' } }
      if (asked.ok || !isRefusal(asked.fault)) return asked
    }
  }

  /** Asks with these credentials only, and remembers whether the server took them. */
  async askWith<Value>(credentials: OwnCredentials, run: (health: Health) => Promise<Value>): Promise<Asked<Value>> {
    try {
      const value = await run(this.#options.healthFor(credentials))
      this.#options.ring.accept(credentials.connectionId)
      return { ok: true, value }
    } catch (thrown) {
      const fault = faultOf(thrown)
      if (fault.code === 'defect') this.#options.onDefect(thrown)
      if (isRefusal(fault)) this.#options.ring.refuse(credentials.connectionId, fault)
      return { ok: false, fault }
    }
  }
}

/** Whether the server refused this project or key, rather than failed. */
function isRefusal(fault: Fault): boolean {
  return fault.code === 'denied' || fault.code === 'missing'
}
