import type { Fault } from '../contract/fault.ts'
import type { Asked } from './asked.ts'
import { errorCodeOf } from './error-code.ts'
import type { Cause, Phase } from './exchange.ts'
import { bodyFault, cancelledFault, deadlineFault, networkFault } from './network-faults.ts'
import { RequestFailure } from './request-failure.ts'
import { isPassingError } from './retry.ts'

/** The failure of an exchange that got no reply, by what ended it and how far it had come. */
export function silentFailure(cause: Cause, phase: Phase, asked: Asked, deadlineMs: number): RequestFailure {
  const isTransient = 'error' in cause && isPassingError(errorCodeOf(cause.error))
  const outcome = phase === 'sent' ? 'unknown' : 'unsent'
  return new RequestFailure(causeFault(cause, phase, asked, deadlineMs), outcome, null, isTransient)
}

function causeFault(cause: Cause, phase: Phase, asked: Asked, deadlineMs: number): Fault {
  if ('error' in cause) return networkFault(cause.error, asked, phase)
  if (cause.stop === 'deadline') return deadlineFault(asked, deadlineMs, phase)
  if (cause.stop === 'too-big') return bodyFault('too-big', asked, 'body over the limit')
  return cancelledFault
}
