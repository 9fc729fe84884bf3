import type { QueueName, SweepRow } from '../contract/queues.ts'
import type { Level } from '../contract/health.ts'
import type { Sample } from '../contract/series.ts'

/** From this share of the threshold on a queue is a warning. */
export const warningShare = 0.75

/** How bad a depth is against the server's own threshold; an unknown depth is `unknown`, never ok. */
export function depthLevel(depth: number | null, threshold: number): Level {
  if (depth === null) return 'unknown'
  if (depth >= threshold) return 'critical'
  return depth >= threshold * warningShare ? 'warning' : 'ok'
}

/** What a change per minute is made of. */
export const trendWindowMs = 300_000
const shortestTrendMs = 20_000

/**
 * Jobs per minute over the last five minutes of known depths, as the slope of a least-squares line: one odd sample
 * does not turn it round. `null` with fewer than three samples or less than 20 s between first and last.
 */
export function changePerMinute(depths: readonly Pick<Sample, 'atMs' | 'value'>[]): number | null {
  const last = depths.at(-1)
  if (last === undefined) return null
  let count = 0
  let sumT = 0
  let sumD = 0
  let sumTT = 0
  let sumTD = 0
  let earliestMs = last.atMs
  for (let i = depths.length - 1; i >= 0; i--) {
    const sample = depths[i]
    if (sample === undefined || last.atMs - sample.atMs > trendWindowMs) break
    if (sample.value === null) continue
    const minutes = (sample.atMs - last.atMs) / 60_000
    count++
    sumT += minutes
    sumD += sample.value
    sumTT += minutes * minutes
    sumTD += minutes * sample.value
    earliestMs = sample.atMs
  }
  if (count < 3 || last.atMs - earliestMs < shortestTrendMs) return null
  const spread = count * sumTT - sumT * sumT
  return spread === 0 ? null : (count * sumTD - sumT * sumD) / spread
}

/** A row that says: at this time nobody knows the depth of these queues. */
export function gapRow(atMs: number, queues: readonly QueueName[]): SweepRow {
  return { atMs, depths: Object.fromEntries(queues.map((queue) => [queue, null])) }
}

/**
 * The rows to append for a new sweep: a hole longer than two and a half intervals (sleep, a closed app) first gets a
 * row of nulls, so that no chart draws a line across time nobody watched.
 */
export function withGapBefore(previous: SweepRow | undefined, row: SweepRow, intervalMs: number): readonly SweepRow[] {
  if (previous === undefined || row.atMs - previous.atMs <= intervalMs * 2.5) return [row]
  if (Object.values(previous.depths).every((depth) => depth === null)) return [row]
  return [gapRow(previous.atMs + intervalMs, Object.keys(row.depths)), row]
}

/** At most `limit` points of a series, keeping each bucket's highest, and a gap wherever a bucket holds one. */
export function thinned(
  points: readonly (readonly [number, number | null])[],
  limit: number
): readonly (readonly [number, number | null])[] {
  if (points.length <= limit) return points
  const size = points.length / limit
  const kept: (readonly [number, number | null])[] = []
  for (let bucket = 0; bucket < limit; bucket++) {
    const end = Math.floor((bucket + 1) * size)
    let best: readonly [number, number | null] | undefined
    for (let i = Math.floor(bucket * size); i < end; i++) {
      const point = points[i]
      if (point === undefined) continue
      if (point[1] === null) {
        best = point
        break
      }
      if (best === undefined || point[1] > (best[1] ?? -1)) best = point
    }
    if (best !== undefined) kept.push(best)
  }
  return kept
}
