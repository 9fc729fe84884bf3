import type { Reading } from '../reading.ts'
import { median } from './median.ts'

/** The known depths of the last hour, oldest first, without single odd samples. */
export interface Known {
  readonly count: number
  /** Before now, in minutes: never above 0. */
  readonly minutes: Float64Array
  readonly depths: Float64Array
  /** Sums over the first `i`, so that the mean of any stretch costs two look-ups. */
  readonly minuteSums: Float64Array
  readonly depthSums: Float64Array
  /** The first after the last stretch in which nobody watched: a trend never reaches across one. */
  readonly watchedFrom: number
  /** How far one depth lies from where its neighbours lead to, as a standard deviation: what no trend explains. */
  readonly jitter: number
}

const windowMs = 3_600_000
/** Longer without a known depth is a stretch nobody watched; a lost sweep or two is not. */
const holeMs = 180_000

/** What is known up to now. A sample of the future or out of order is left out: the clock was set. */
export function knownOf(samples: readonly Reading[], nowMs: number): Known {
  const reversedMs: number[] = []
  const reversed: number[] = []
  let laterMs = nowMs + 1
  let sinceHole = 0
  for (let i = samples.length - 1; i >= 0; i--) {
    const sample = samples[i]
    if (sample === undefined || nowMs - sample.atMs > windowMs) break
    const { atMs, value: depth } = sample
    if (depth === null || !Number.isFinite(depth) || !(atMs < laterMs)) continue
    if (sinceHole === 0 && reversed.length > 0 && laterMs - atMs > holeMs) sinceHole = reversed.length
    reversedMs.push(atMs)
    reversed.push(depth)
    laterMs = atMs
  }
  const count = reversed.length
  const minutes = Float64Array.from({ length: count }, (_, i) => ((reversedMs[count - 1 - i] ?? 0) - nowMs) / 60_000)
  const raw = reversed.reverse()
  const jitter = jitterOf(raw)
  const depths = smooth(withoutOdd(raw, jitter))
  return {
    count,
    minutes,
    depths,
    minuteSums: sums(minutes),
    depthSums: sums(depths),
    watchedFrom: sinceHole === 0 ? 0 : count - sinceHole,
    jitter
  }
}

/** This much more than the usual scatter, and than the step between its neighbours, makes a depth an odd one. */
const oddness = 8

/**
 * Puts a single odd depth where its neighbours say. The newest is doubted too: if it was true, the next will agree,
 * and nothing is lost but one sweep.
 */
function withoutOdd(raw: readonly number[], jitter: number): readonly number[] {
  const calm = [...raw]
  const last = raw.length - 1
  for (let i = 1; i < last; i++) {
    const [before = 0, now = 0, after = 0] = [calm[i - 1], calm[i], raw[i + 1]]
    const limit = oddness * Math.max(jitter, Math.abs(after - before))
    const isPeak = now > before === now > after
    if (isPeak && Math.min(Math.abs(now - before), Math.abs(now - after)) > limit) calm[i] = (before + after) / 2
  }
  if (last >= 2) {
    const [first = 0, before = 0, now = 0] = calm.slice(-3)
    const expected = 2 * before - first
    if (Math.abs(now - expected) > oddness * Math.max(jitter, Math.abs(before - first))) calm[last] = expected
  }
  return calm
}

/** The middle of each depth and its neighbours; at the end, of the newest and what the two before it lead to. */
function smooth(raw: readonly number[]): Float64Array {
  const calm = Float64Array.from(raw)
  const last = raw.length - 1
  for (let i = 1; i < last; i++) calm[i] = middle(raw[i - 1] ?? 0, raw[i] ?? 0, raw[i + 1] ?? 0)
  if (last >= 2) {
    const before = calm[last - 1] ?? 0
    calm[last] = middle(raw[last] ?? 0, before, 2 * before - (calm[last - 2] ?? 0))
  }
  return calm
}

const middle = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))

function sums(values: Float64Array): Float64Array {
  const total = new Float64Array(values.length + 1)
  for (let i = 0; i < values.length; i++) total[i + 1] = (total[i] ?? 0) + (values[i] ?? 0)
  return total
}

const mostBends = 120

/** From how much the last depths bend: a straight trend bends nowhere, and a turn bends but once. */
function jitterOf(raw: readonly number[]): number {
  const bends = new Float64Array(mostBends)
  let count = 0
  for (let i = raw.length - 1; i >= 2 && count < mostBends; i--) {
    bends[count++] = Math.abs((raw[i] ?? 0) - 2 * (raw[i - 1] ?? 0) + (raw[i - 2] ?? 0))
  }
  return count === 0 ? 0 : (1.4826 * median(bends, count)) / Math.sqrt(6)
}
