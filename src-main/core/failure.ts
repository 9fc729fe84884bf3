import type { Fault } from '../contract/fault.ts'

/** Thrown where a request or a step fails for a reason worth telling; the bridge sends its fault as data. */
export class Failure extends Error {
  readonly fault: Fault

  constructor(fault: Fault) {
    super(fault.message)
    this.name = 'Failure'
    this.fault = fault
  }
}

/** The fault to tell for anything thrown: a `Failure` keeps its own, an abort is `cancelled`, the rest is a defect. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Failure) return thrown.fault
  if (thrown instanceof Error && thrown.name === 'AbortError') return { code: 'cancelled', message: 'Cancelled.' }
  return { code: 'defect', message: 'Standby made a mistake. The log has the details; please report it.' }
}
