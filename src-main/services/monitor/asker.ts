import type { Fault } from '../../contract/fault.ts'
import { faultOf } from '../../core/failure.ts'
import type { CredentialRing, OwnCredentials } from './credential-ring.ts'
import type { HealthQuestions } from './monitor-client.ts'

/** What came of one request: a value, or why there is none. */
export type Asked<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: Fault }

type Question<Value> = (health: HealthQuestions) => Promise<Value>

export interface AskerOptions {
  readonly ring: CredentialRing
  readonly healthFor: (credentials: OwnCredentials) => HealthQuestions
  /** Defects are ours: they are logged, and told as such. */
  readonly onDefect: (thrown: unknown) => void
}

/** Asks a server with whichever key it takes: on a refusal the next connection's key is tried at once. */
export class Asker {
  readonly #options: AskerOptions
  readonly #verifying = new Map<string, Promise<void>>()

  constructor(options: AskerOptions) {
    this.#options = options
  }

  /**
   * Asks one of many things. A refusal is not believed of the key before `/health` refuses it too: what is refused alone
   * is this question, and its fault is told while the key goes on being used for the others.
   */
  async ask<Value>(question: Question<Value>, signal: AbortSignal): Promise<Asked<Value>> {
    const { ring } = this.#options
    const tried = new Set<string>()
    let refusal: Fault | null = null
    for (;;) {
      const credentials = ring.current(tried)
      if (credentials === null) {
        return { ok: false, fault: (ring.current() === null ? null : refusal) ?? ring.refusal() }
      }
      const asked = await this.#send(credentials, question)
      if (signal.aborted) return cancelled
      if (asked.ok) ring.accept(credentials.connectionId)
      if (asked.ok || !isRefusal(asked.fault)) return asked
      refusal = asked.fault
      tried.add(credentials.connectionId)
      await this.#verify(credentials, signal)
      if (isOver(signal)) return cancelled
    }
  }

  /** Asks what every key may ask, over to the next key where one is refused: this decides whether a key is any good. */
  async probe<Value>(question: Question<Value>, signal: AbortSignal): Promise<Asked<Value>> {
    const { ring } = this.#options
    for (;;) {
      const credentials = ring.current()
      if (credentials === null) return { ok: false, fault: ring.refusal() }
      const asked = await this.probeWith(credentials, question)
      if (signal.aborted) return cancelled
      if (asked.ok || !isRefusal(asked.fault)) return asked
    }
  }

  /** Asks with these credentials only, and remembers whether the server took them. */
  async probeWith<Value>(credentials: OwnCredentials, question: Question<Value>): Promise<Asked<Value>> {
    const { ring } = this.#options
    const asked = await this.#send(credentials, question)
    if (asked.ok) ring.accept(credentials.connectionId)
    else if (isRefusal(asked.fault)) ring.refuse(credentials.connectionId, asked.fault)
    return asked
  }

  /** Shared by all whose questions were refused at the same time. */
  #verify(credentials: OwnCredentials, signal: AbortSignal): Promise<void> {
    const { connectionId } = credentials
    const known = this.#verifying.get(connectionId)
    if (known !== undefined) return known
    const verifying = this.probeWith(credentials, (health) => health.http(signal))
      .then(() => undefined)
      .finally(() => this.#verifying.delete(connectionId))
    this.#verifying.set(connectionId, verifying)
    return verifying
  }

  async #send<Value>(credentials: OwnCredentials, question: Question<Value>): Promise<Asked<Value>> {
    try {
      return { ok: true, value: await question(this.#options.healthFor(credentials)) }
    } catch (thrown) {
      const fault = faultOf(thrown)
      if (fault.code === 'defect') this.#options.onDefect(thrown)
      return { ok: false, fault }
    }
  }
}

const cancelled: Asked<never> = { ok: false, fault: { code: 'cancelled', message: 'Cancelled.' } }

/** Read by a function because the compiler takes what it saw before an `await` for settled. */
const isOver = (signal: AbortSignal): boolean => signal.aborted

/** Whether the server refused this project or key, rather than failed. */
function isRefusal(fault: Fault): boolean {
  return fault.code === 'denied' || fault.code === 'missing'
}
