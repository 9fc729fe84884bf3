import type { Reading } from '../reading.ts'
import { knownOf, type Known } from './known.ts'
import { regimeOf, type Regime } from './regime.ts'

/** Of the threshold: what a depth may differ for no reason. */
const leastNoiseShare = 0.0001

/** What a queue's depths of the last hour amount to: found once, and judged by the forecast and by detectors. */
export interface Trend {
  readonly known: Known
  /** `null` where no line fits. */
  readonly regime: Regime | null
  readonly threshold: number
  readonly nowMs: number
}

/** Wants the depths of the last hour, oldest first. */
export function trendOf(
  depths: readonly Reading[],
  { threshold, nowMs }: { readonly threshold: number; readonly nowMs: number }
): Trend {
  const known = knownOf(depths, nowMs)
  const regime = threshold > 0 && known.count > 0 ? regimeOf(known, threshold * leastNoiseShare) : null
  return { known, regime, threshold, nowMs }
}
