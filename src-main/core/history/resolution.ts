import { bucketSteps, type BucketStep } from './buckets.ts'

/** Samples as they came, or buckets of a width. */
export type Resolution = 0 | BucketStep

/** The coarsest resolution that still has an entry for each point. */
export function resolutionFor(rangeMs: number, points: number): Resolution {
  return bucketSteps.findLast((stepMs) => stepMs <= rangeMs / points) ?? 0
}

/** The next coarser one; `null` after the last. */
export function coarser(resolution: Resolution): BucketStep | null {
  return bucketSteps.find((stepMs) => stepMs > resolution) ?? null
}

export interface Part {
  readonly resolution: Resolution
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
}

/**
 * Which resolution answers which part of a range: the wanted one as far back as it reaches, then coarser and coarser
 * ones. `reachesBackTo` says since when each is kept.
 */
export function partsOf(
  wanted: Resolution,
  fromMs: number,
  toMs: number,
  reachesBackTo: (resolution: Resolution) => number
): readonly Part[] {
  const next = coarser(wanted)
  const reachMs = next === null ? fromMs : Math.ceil(reachesBackTo(wanted) / next) * next
  if (next === null || reachMs <= fromMs) return [{ resolution: wanted, fromMs, toMs }]
  if (reachMs >= toMs) return partsOf(next, fromMs, toMs, reachesBackTo)
  return [...partsOf(next, fromMs, reachMs, reachesBackTo), { resolution: wanted, fromMs: reachMs, toMs }]
}
