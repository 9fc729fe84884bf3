import type { Fault } from '../contract/fault.ts'
import { Failure } from '../core/failure.ts'

/**
 * What is known of a request that failed:
 * - `unsent`: not one byte of it left, so it can be made again;
 * - `answered`: the server refused it, so it did nothing;
 * - `unknown`: it was on its way, or the server failed inside; a write may have been carried out, fully or in part, and
 *   who made it must look before it is made again.
 */
export type Outcome = 'unsent' | 'answered' | 'unknown'

/** A request that failed after it passed all checks of its own. */
export class RequestFailure extends Failure {
  readonly outcome: Outcome
  /** Of the reply; `null` when there was none. */
  readonly status: number | null
  /** Whether the same request may well succeed in a moment. */
  readonly isTransient: boolean

  constructor(fault: Fault, outcome: Outcome, status: number | null, isTransient: boolean) {
    super(fault)
    this.name = 'RequestFailure'
    this.outcome = outcome
    this.status = status
    this.isTransient = isTransient
  }
}

/** The failure of a write, its sentence saying what became of it. */
export function writeFailure({ fault, outcome, status, isTransient }: RequestFailure): RequestFailure {
  return new RequestFailure({ ...fault, message: `${fault.message}${known[outcome]}` }, outcome, status, isTransient)
}

const known: Readonly<Record<Outcome, string>> = {
  unsent: ' Nothing was sent, so nothing was changed.',
  answered: '',
  unknown: ' The change may have been made all the same: look at the server before you make it again.'
}

/** The failure of a read that was tried more than once, its detail saying how often. */
export function triedFailure(failure: RequestFailure, tries: number): RequestFailure {
  if (tries === 1) return failure
  const { fault, outcome, status, isTransient } = failure
  const detail = `${fault.detail ?? fault.code} (${tries} tries)`
  return new RequestFailure({ ...fault, detail }, outcome, status, isTransient)
}
