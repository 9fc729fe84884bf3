/** One sample as Chart.js takes it, or several as one; `y: null` is a gap. */
export interface Point {
  readonly x: number
  /** The newest of what it stands for. */
  readonly y: number | null
  /** The lowest and highest of what it stands for, where that is more than one sample. */
  readonly low?: number
  readonly high?: number
}

/** A stretch of time in which nobody knows the depth. */
export interface Gap {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * The stretches without an answer: from the last known sample before a hole (or the first try) to the first known one
 * after it, or to `endMs`. What lies before the first try is no gap: Standby was not watching.
 */
export function gapsOf(points: readonly Point[], endMs: number): readonly Gap[] {
  const gaps: Gap[] = []
  let lastKnownMs: number | null = null
  let openFromMs: number | null = null
  for (const { x, y } of points) {
    if (y === null) {
      openFromMs ??= lastKnownMs ?? x
      continue
    }
    if (openFromMs !== null) gaps.push({ fromMs: openFromMs, toMs: x })
    openFromMs = null
    lastKnownMs = x
  }
  if (openFromMs !== null && endMs > openFromMs) gaps.push({ fromMs: openFromMs, toMs: endMs })
  return gaps
}

/** Known samples with a gap on both sides: a line through them has no length, so they are drawn as dots. */
export function lonelyPoints(points: readonly Point[]): readonly { readonly x: number; readonly y: number }[] {
  return points.flatMap(({ x, y }, index) => {
    const isAlone = (points[index - 1]?.y ?? null) === null && (points[index + 1]?.y ?? null) === null
    return y !== null && isAlone ? [{ x, y }] : []
  })
}

/** The last sample that is not a gap; `null` when there is none. */
export function lastKnown(points: readonly Point[]): { readonly x: number; readonly y: number } | null {
  const point = points.findLast(({ y }) => y !== null)
  return point === undefined || point.y === null ? null : { x: point.x, y: point.y }
}

/** The sample nearest in time; `null` without samples. `points` are in the order of time. */
export function nearest(points: readonly Point[], atMs: number): Point | null {
  let low = 0
  let high = points.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    const here = points[middle]
    if (here !== undefined && here.x < atMs) low = middle + 1
    else high = middle
  }
  const after = points[low]
  const before = points[low - 1]
  if (after === undefined) return null
  return before !== undefined && atMs - before.x < after.x - atMs ? before : after
}
