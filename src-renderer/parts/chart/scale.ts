import type { Point } from './points.ts'

const niceCeilings = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10] as const
const niceSteps = [1, 2, 2.5, 5, 10] as const

// With less than this much room a jitter of two jobs would fill the chart.
const smallestCeiling = 10

// From this share of the threshold on, the distance to it matters more than the shape of the curve.
const nearShare = 0.25

function nice(value: number, steps: readonly number[]): number {
  const magnitude = 10 ** Math.floor(Math.log10(value))
  const step = steps.find((each) => each * magnitude >= value * 0.999_999) ?? 10
  return step * magnitude
}

export interface DepthScale {
  /** The top of the axis in jobs; the bottom is always 0. */
  readonly ceiling: number
  /** Whether the threshold is within the axis. */
  readonly hasThreshold: boolean
}

/**
 * The depth axis of a chart. `always` keeps the threshold in sight; `when-near` leaves it out while the queue is far
 * below it, so that the curve keeps its shape. The ceiling moves in steps, so that it does not tremble with the data.
 */
export function depthScale(
  points: readonly Point[],
  threshold: number,
  showThreshold: 'always' | 'when-near'
): DepthScale {
  const peak = points.reduce((highest, { y, high }) => Math.max(highest, high ?? y ?? 0), 0)
  const isWanted = showThreshold === 'always' || peak >= threshold * nearShare
  const ceiling = nice(Math.max(peak * 1.08, isWanted ? threshold * 1.08 : 0, smallestCeiling), niceCeilings)
  return { ceiling, hasThreshold: threshold <= ceiling }
}

/** Three to five whole depths from 0 up to the ceiling. */
export function depthTicks(ceiling: number): readonly number[] {
  const nearest = nice(ceiling / 4, niceSteps)
  // There are no half jobs.
  const step = Number.isInteger(nearest) ? nearest : nearest * 2
  const ticks: number[] = []
  for (let tick = 0; tick <= ceiling; tick += step) ticks.push(tick)
  return ticks
}

const minuteMs = 60_000
const tickMinutes = [1 / 6, 1 / 2, 1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 4320, 7200, 10_080] as const

/**
 * At most `most` instants on round minutes, hours or days of the shown clock, which is `offsetMs` ahead of UTC: zones such as
 * UTC+5:45 would otherwise get odd labels.
 */
export function timeTicks(fromMs: number, toMs: number, most: number, offsetMs: number): readonly number[] {
  const stepMs = (tickMinutes.find((minutes) => (toMs - fromMs) / (minutes * minuteMs) <= most) ?? 10_080) * minuteMs
  const ticks: number[] = []
  const first = Math.ceil((fromMs + offsetMs) / stepMs) * stepMs - offsetMs
  for (let tick = first; tick <= toMs; tick += stepMs) ticks.push(tick)
  return ticks
}
