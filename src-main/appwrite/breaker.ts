import { Failure } from '../core/failure.ts'
import { admissionTo, afterCancelledProbe, afterSilence, closedCircuit, probed, type Circuit } from './circuit.ts'
import { RequestFailure } from './request-failure.ts'
import type { Timing } from './timing.ts'

/** What a read holds while it is under way. */
export interface Pass {
  /** Called after each failed try: a deciding one that learnt nothing lets the next one decide. */
  end(): void
}

const plainPass: Pass = { end: () => undefined }

/** Keeps the circuit of one transport. */
export class Breaker {
  readonly #timing: Timing
  #circuit: Circuit = closedCircuit

  constructor(timing: Timing) {
    this.#timing = timing
  }

  get isClosed(): boolean {
    return this.#circuit.kind === 'closed'
  }

  /** Throws the fault seen last while the server does not answer, except for a read that is sent whatever was before. */
  admit(isProbe: boolean): Pass {
    if (isProbe || this.isClosed) return plainPass
    const admission = admissionTo(this.#circuit, this.#timing.now())
    if (admission === 'pass') return plainPass
    if (admission !== 'probe') throw new RequestFailure(admission, 'unsent', null, false)
    this.#circuit = probed(this.#circuit)
    return { end: () => (this.#circuit = afterCancelledProbe(this.#circuit, this.#timing.now())) }
  }

  /** A reply came, whatever it said. */
  answered(): void {
    if (this.#circuit !== closedCircuit) this.#circuit = closedCircuit
  }

  /** No reply came. Only what tells of the way to the server counts: an abort does not, nor does a machine offline. */
  silent({ fault }: Failure): void {
    if (fault.code !== 'timeout' && fault.code !== 'unreachable') return
    this.#circuit = afterSilence(this.#circuit, fault, this.#timing.now(), this.#timing.random())
  }
}
