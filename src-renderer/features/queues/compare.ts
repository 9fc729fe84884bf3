import type { Point } from '../../parts/chart/points.ts'

export const comparisons = ['none', 'yesterday', 'last week'] as const
export type Comparison = (typeof comparisons)[number]

const dayMs = 86_400_000
const days: Readonly<Record<Comparison, number>> = { none: 0, yesterday: 1, 'last week': 7 }

/**
 * How far back the same hours of the shown clock lie: a day is an hour longer or shorter where the clock was changed
 * in between. `offsetAt` is how far that clock is ahead of UTC.
 */
export function shiftMs(comparison: Comparison, atMs: number, offsetAt: (atMs: number) => number): number {
  const span = days[comparison] * dayMs
  return span - offsetAt(atMs) + offsetAt(atMs - span)
}

/** The points of another time, moved onto the axis of this one. */
export function shifted(points: readonly Point[], byMs: number): readonly Point[] {
  return points.map((point) => ({ ...point, x: point.x + byMs }))
}
