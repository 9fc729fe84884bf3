import { Failure } from '../../core/failure.ts'
import { BusError } from './bus.ts'

/** How long a desktop may take for anything it is asked: somewhat below the 3 s that the port promises. */
export const patienceMs = 2_500

/** Why there are no notices, each with what to do about it. */
export const reasons = {
  looking: 'Standby is still looking for the notification daemon of this desktop.',
  noBus: 'The message bus of this desktop cannot be reached. Log in again, or start Standby inside the session.',
  noDaemon: 'No notification daemon runs on this desktop. Start one, such as dunst, mako or that of the desktop.',
  silent: 'The notification daemon of this desktop does not answer. Restart it, or log in again.',
  unsupported: 'This system shows no notices of Standby. Allow them in its settings, or keep the window in view.'
} as const

/** A notice that was not taken because there is nobody to take it. */
export function noDaemonFailure(why: string): Failure {
  return new Failure({ code: 'unsupported', message: `The notice was not shown. ${why}` })
}

/** A notice that was not taken within `patienceMs`; it may still appear. */
export function lateFailure(why: string): Failure {
  return new Failure({
    code: 'timeout',
    message: `The desktop did not take the notice within ${patienceMs / 1000} s. ${why}`
  })
}

/** A notice that the desktop answered with anything but taking it. */
export function refusedFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  const message =
    'The notification daemon of this desktop refused the notice. Look at Standby itself, and at the log of the daemon.'
  const detail = error instanceof Error ? error.message.slice(0, 300) : null
  const code = error instanceof BusError && /Excess|LimitsExceeded/.test(error.errorName) ? 'limited' : 'server'
  return new Failure({ code, message, ...(detail !== null && { detail }) })
}
