import type { Rule, RuleKind, RuleLevel } from '../../contract/alerts.ts'

/** How far one level of a rule has come for one thing, in Prometheus' states. Times are those of samples. */
export type LevelState =
  | { readonly kind: 'inactive' }
  | { readonly kind: 'pending'; readonly sinceMs: number; readonly samples: number }
  | {
      readonly kind: 'firing'
      readonly sinceMs: number
      /** When it was found clear while `keepFiringMs` still holds it; `null` while it is breached. */
      readonly clearSinceMs: number | null
    }

export const inactive: LevelState = { kind: 'inactive' }

/** Longer without a known value, and what was pending begins anew: Prometheus' tolerance for an outage of its own. */
const outageToleranceMs = 3_600_000

/** Whether a smaller value is the worse one. */
export function isLowWorse(kind: RuleKind): boolean {
  return kind === 'forecast' || kind === 'certificate'
}

/** The value past which a level that fires clears. */
export function clearAtOf({ kind, clearShare }: Pick<Rule, 'kind' | 'clearShare'>, { at }: RuleLevel): number {
  return isLowWorse(kind) ? at / clearShare : at * clearShare
}

/** Whether a value breaches a limit; the limit itself does. */
export function breaches(kind: RuleKind, value: number, limit: number): boolean {
  return isLowWorse(kind) ? value <= limit : value >= limit
}

/**
 * The next state by one known value, as Prometheus would have it: pending at the first breach, firing once the breach is
 * `forMs` old, kept firing until it was clear for `keepFiringMs`. Beyond Prometheus: what fires is breached until it is
 * past the value it clears at, and a level can want several samples. A gap is no value, and changes nothing.
 */
export function advanced(
  state: LevelState,
  rule: Pick<Rule, 'kind' | 'clearShare' | 'keepFiringMs'>,
  level: RuleLevel,
  sample: { readonly value: number; readonly atMs: number; readonly sinceLastMs: number }
): LevelState {
  const { value, atMs, sinceLastMs } = sample
  if (state.kind === 'firing') {
    if (isHeld(rule, level, value)) return state.clearSinceMs === null ? state : { ...state, clearSinceMs: null }
    const clearSinceMs = state.clearSinceMs ?? atMs
    return atMs - clearSinceMs < rule.keepFiringMs ? { ...state, clearSinceMs } : inactive
  }
  if (!breaches(rule.kind, value, level.at)) return inactive
  const isKept = state.kind === 'pending' && sinceLastMs <= outageToleranceMs
  const sinceMs = isKept ? state.sinceMs : atMs
  const samples = isKept ? state.samples + 1 : 1
  if (atMs - sinceMs >= level.forMs && samples >= level.samples)
    return { kind: 'firing', sinceMs: atMs, clearSinceMs: null }
  return { kind: 'pending', sinceMs, samples }
}

/** Whether what fires goes on: still breached, or not yet past the value it clears at. */
function isHeld(rule: Pick<Rule, 'kind' | 'clearShare'>, level: RuleLevel, value: number): boolean {
  if (breaches(rule.kind, value, level.at)) return true
  const clearAt = clearAtOf(rule, level)
  return clearAt !== level.at && breaches(rule.kind, value, clearAt)
}

/** The same state on a clock that was set by so much. */
export function shifted(state: LevelState, byMs: number): LevelState {
  if (state.kind === 'inactive') return state
  if (state.kind === 'pending') return { ...state, sinceMs: state.sinceMs + byMs }
  const clearSinceMs = state.clearSinceMs === null ? null : state.clearSinceMs + byMs
  return { ...state, sinceMs: state.sinceMs + byMs, clearSinceMs }
}
