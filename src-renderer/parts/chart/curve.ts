import type { SeriesColumns, Unwatched } from '../../../src-main/contract/history.ts'
import type { Point } from './points.ts'

/** The points of one series. They grow at their end, in place: Chart.js keeps the array and hears of what is pushed. */
export type Curve = Point[]

/**
 * A series as a chart takes it. A stretch in which nobody watched parts the line even where the store kept no gap
 * there.
 */
export function curveOf({ atMs, min, max, last }: SeriesColumns, unwatched: readonly Unwatched[]): Curve {
  const curve: Curve = []
  let next = 0
  for (let i = 0; i < atMs.length; i++) {
    const x = atMs[i] ?? NaN
    for (let span = unwatched[next]; span !== undefined && span.fromMs < x; span = unwatched[++next]) {
      if ((curve.at(-1)?.y ?? null) !== null) curve.push({ x: span.fromMs, y: null })
    }
    curve.push(pointOf(x, min[i] ?? NaN, max[i] ?? NaN, last[i] ?? NaN))
  }
  return curve
}

function pointOf(x: number, low: number, high: number, last: number): Point {
  if (Number.isNaN(last)) return { x, y: null }
  return low < high ? { x, y: last, low, high } : { x, y: last }
}

/**
 * Takes a new sample to the end of a curve. Within a bucket of `stepMs` the newest point takes it up; a sweep without
 * an answer takes nothing from what its bucket already knows. A sample that is not newer is one the curve has.
 */
export function append(curve: Curve, atMs: number, y: number | null, stepMs: number): void {
  const newest = curve.at(-1)
  if (newest !== undefined && atMs <= newest.x) return
  const isSame = newest !== undefined && stepMs > 0 && Math.floor(atMs / stepMs) === Math.floor(newest.x / stepMs)
  if (!isSame) {
    curve.push({ x: atMs, y })
    return
  }
  if (y === null) return
  const low = Math.min(newest.low ?? newest.y ?? y, y)
  const high = Math.max(newest.high ?? newest.y ?? y, y)
  curve[curve.length - 1] = pointOf(newest.x, low, high, y)
}

/** Drops what lies before `fromMs`, but for the point a line comes in from; in chunks, for a chart to follow cheaply. */
export function forget(curve: Curve, fromMs: number): void {
  const first = curve.findIndex(({ x }) => x >= fromMs)
  const old = first === -1 ? curve.length - 1 : first - 1
  if (old > 32 && old > curve.length / 8) curve.splice(0, old)
}
