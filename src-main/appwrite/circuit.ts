import type { Fault } from '../contract/fault.ts'

/**
 * What the last tries of a server came to. While it is open, reads fail at once with the fault seen last; then one of
 * them is let through, and its end decides.
 */
export type Circuit =
  | { readonly kind: 'closed'; readonly failures: number }
  | { readonly kind: 'open'; readonly fault: Fault; readonly untilMs: number; readonly openings: number }
  | { readonly kind: 'probing'; readonly fault: Fault; readonly openings: number }

export const closedCircuit: Circuit = { kind: 'closed', failures: 0 }

/** Tries in a row that got no reply at all: more than one read makes, so that a single bad path opens nothing. */
const failuresToOpen = 5
const firstOpenMs = 5_000
const longestOpenMs = 30_000

/** `pass`, `probe` for the one that decides, or the fault to fail with at once. */
export function admissionTo(circuit: Circuit, nowMs: number): 'pass' | 'probe' | Fault {
  switch (circuit.kind) {
    case 'closed':
      return 'pass'
    case 'open':
      return nowMs >= circuit.untilMs ? 'probe' : refusal(circuit.fault, circuit.untilMs - nowMs)
    case 'probing':
      return refusal(circuit.fault, firstOpenMs)
  }
}

/** After an admission by `probe`. */
export function probed(circuit: Circuit): Circuit {
  return circuit.kind === 'open' ? { kind: 'probing', fault: circuit.fault, openings: circuit.openings } : circuit
}

/** After a try that got no reply. `random` in [0, 1) spreads the end, so that many desks do not knock together. */
export function afterSilence(circuit: Circuit, fault: Fault, nowMs: number, random: number): Circuit {
  switch (circuit.kind) {
    case 'closed': {
      const failures = circuit.failures + 1
      return failures < failuresToOpen ? { kind: 'closed', failures } : opened(fault, 1, nowMs, random)
    }
    case 'open':
      return { ...circuit, fault }
    case 'probing':
      return opened(fault, circuit.openings + 1, nowMs, random)
  }
}

/** After the deciding try was cancelled: the next one decides. */
export function afterCancelledProbe(circuit: Circuit, nowMs: number): Circuit {
  return circuit.kind === 'probing' ? { ...circuit, kind: 'open', untilMs: nowMs } : circuit
}

function opened(fault: Fault, openings: number, nowMs: number, random: number): Circuit {
  const openMs = Math.min(longestOpenMs, firstOpenMs * 2 ** Math.min(openings - 1, 10)) * (0.8 + random * 0.4)
  return { kind: 'open', fault, untilMs: nowMs + openMs, openings }
}

function refusal(fault: Fault, retryAfterMs: number): Fault {
  return {
    ...fault,
    retryAfterMs: Math.round(retryAfterMs),
    detail: `not asked again yet; last: ${fault.detail ?? fault.code}`
  }
}
