import type { Fault } from '../contract/fault.ts'

/** Whether a server can be worked with at all. Queues and checks are only judged while it is `up`. */
export type Reach =
  | { readonly kind: 'new' }
  | { readonly kind: 'up'; readonly sinceMs: number }
  | {
      readonly kind: 'lost'
      readonly state: 'down' | 'unauthorised' | 'offline'
      readonly sinceMs: number
      readonly fault: Fault
      /** Probes since it was lost, this one included; decides the backoff. */
      readonly attempts: number
    }

/** `null` when the server answered a health request as it should. */
export type ProbeResult = Fault | null

/**
 * Folds one probe of `/health` into what was known. `evidenceMs` is when the trouble (or the answer) was first seen:
 * the "since when" of the new state. A server that fails otherwise keeps the moment its present kind of failure began.
 */
export function nextReach(reach: Reach, result: ProbeResult, evidenceMs: number): Reach {
  if (result === null || result.code === 'limited') {
    return reach.kind === 'up' ? reach : { kind: 'up', sinceMs: evidenceMs }
  }
  const state = lostState(result)
  if (reach.kind === 'lost' && reach.state === state) return { ...reach, fault: result, attempts: reach.attempts + 1 }
  return { kind: 'lost', state, sinceMs: evidenceMs, fault: result, attempts: 1 }
}

function lostState(fault: Fault): 'down' | 'unauthorised' | 'offline' {
  if (fault.code === 'denied' || fault.code === 'missing') return 'unauthorised'
  return fault.code === 'offline' ? 'offline' : 'down'
}
