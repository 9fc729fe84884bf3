import type { Known } from './known.ts'
import { median } from './median.ts'

/** A straight line through a stretch of depths, with how sure it is. */
export interface Line {
  /** The first sample it rests on. */
  readonly from: number
  readonly perMinute: number
  readonly perMinuteError: number
  /** Where it is now. */
  readonly level: number
  readonly levelError: number
}

const mostBins = 16
const minutes = new Float64Array(mostBins)
const depths = new Float64Array(mostBins)
const scratch = new Float64Array((mostBins * mostBins) / 2)

/**
 * Theil and Sen's line from one sample up to now, through the means of at most 16 stretches: as robust as through all
 * pairs of samples, at a fixed price. `leastNoise` is the scatter that is assumed even where there seems to be none.
 */
export function lineFrom(known: Known, from: number, leastNoise: number): Line {
  const length = known.count - from
  const bins = Math.min(mostBins, length)
  let start = from
  for (let bin = 0; bin < bins; bin++) {
    const end = from + Math.floor(((bin + 1) * length) / bins)
    minutes[bin] = ((known.minuteSums[end] ?? 0) - (known.minuteSums[start] ?? 0)) / (end - start)
    depths[bin] = ((known.depthSums[end] ?? 0) - (known.depthSums[start] ?? 0)) / (end - start)
    start = end
  }
  const perMinute = middleSlope(bins)
  for (let bin = 0; bin < bins; bin++) scratch[bin] = (depths[bin] ?? 0) - perMinute * (minutes[bin] ?? 0)
  const level = median(scratch, bins)
  const error = binError(bins, perMinute, level, Math.max(leastNoise, known.jitter / Math.sqrt(length / bins)))
  return { from, perMinute, level, perMinuteError: error / spread(bins), levelError: (2 * error) / Math.sqrt(bins) }
}

function middleSlope(bins: number): number {
  const apart = Math.max(1, Math.floor(bins / 4))
  let pairs = 0
  for (let i = 0; i + apart < bins; i++) {
    for (let j = i + apart; j < bins; j++) {
      scratch[pairs++] = ((depths[j] ?? 0) - (depths[i] ?? 0)) / ((minutes[j] ?? 0) - (minutes[i] ?? 0))
    }
  }
  return median(scratch, pairs)
}

/** How far a bin lies off the line; more where neighbours err together, for they count as fewer. */
function binError(bins: number, perMinute: number, level: number, leastNoise: number): number {
  let squares = 0
  let products = 0
  let previous = 0
  for (let bin = 0; bin < bins; bin++) {
    const off = (depths[bin] ?? 0) - level - perMinute * (minutes[bin] ?? 0)
    squares += off * off
    products += off * previous
    previous = off
    scratch[bin] = Math.abs(off)
  }
  const likeness = squares === 0 ? 0 : Math.min(0.8, Math.max(0, products / squares + 1 / bins))
  const scatter = Math.max(leastNoise, (1.4826 * median(scratch, bins) * bins) / (bins - 2))
  return scatter * Math.sqrt((1 + likeness) / (1 - likeness))
}

function spread(bins: number): number {
  let sum = 0
  for (let bin = 0; bin < bins; bin++) sum += minutes[bin] ?? 0
  let squares = 0
  for (let bin = 0; bin < bins; bin++) squares += ((minutes[bin] ?? 0) - sum / bins) ** 2
  return Math.sqrt(squares)
}
