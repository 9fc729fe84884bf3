import { threshold, stepMs, type DepthSeries } from './depth-series.ts'
import { emptyShare } from '../../src-main/core/forecast/forecast.ts'
import type { Forecast } from '../../src-main/contract/forecast.ts'
import type { Reading } from '../../src-main/core/reading.ts'

/** A rule that warns of the threshold. The samples are those of the last hour. */
export type Rule = (samples: readonly Reading[], nowMs: number) => boolean

/** How a rule did on one series. */
export interface Warned {
  readonly notices: number
  readonly falseNotices: number
  readonly crossings: number
  readonly misses: number
  /** Minutes before each crossing; 60 at most, and 0 for one nobody was warned of. */
  readonly leads: readonly number[]
}

const hourMs = 3_600_000
const everyMs = 30_000
/** Warnings that are not so far apart are one notice. */
const togetherMs = 300_000
const watchedMs = 6 * hourMs

/** Calls at every half minute, with the samples of the hour before, while the newest is below the threshold. */
export function replay(series: DepthSeries, at: (samples: readonly Reading[], nowMs: number) => void): void {
  let from = 0
  let to = 0
  for (let nowMs = everyMs; nowMs < watchedMs; nowMs += everyMs) {
    while ((series.samples[to]?.atMs ?? Infinity) <= nowMs) to++
    while ((series.samples[from]?.atMs ?? Infinity) < nowMs - hourMs) from++
    at(series.samples.slice(from, to), nowMs)
  }
}

/** When the true depth first fulfils the claim from a time on; `Infinity` when not within what is known. */
export function firstMs(series: DepthSeries, fromMs: number, holds: (depth: number) => boolean): number {
  for (let i = Math.ceil(fromMs / stepMs); i < series.truth.length; i++) {
    if (holds(series.truth[i] ?? 0)) return i * stepMs
  }
  return Infinity
}

/** Times at which the depth comes to the threshold after a quarter of an hour below. */
export function crossingsOf({ truth }: DepthSeries): readonly number[] {
  const found: number[] = []
  let below = 0
  for (let i = 0; i * stepMs < watchedMs; i++) {
    if ((truth[i] ?? 0) < threshold) below++
    else {
      if (below * stepMs >= 900_000) found.push(i * stepMs)
      below = 0
    }
  }
  return found
}

export const isAbove = (depth: number): boolean => depth >= threshold
export const isEmpty = (depth: number): boolean => depth <= threshold * emptyShare

/** Judges a rule by one measure for all: a notice is true if the threshold is reached within the hour. */
export function judged(series: DepthSeries, rule: Rule): Warned {
  const notices: { fromMs: number; toMs: number }[] = []
  replay(series, (samples, nowMs) => {
    if (isAbove(series.truth[nowMs / stepMs] ?? 0) || !rule(samples, nowMs)) return
    const last = notices.at(-1)
    if (last !== undefined && nowMs - last.toMs <= togetherMs) last.toMs = nowMs
    else notices.push({ fromMs: nowMs, toMs: nowMs })
  })
  const crossings = crossingsOf(series)
  const leads = crossings.map((atMs) => {
    const notice = notices.find(({ fromMs, toMs }) => fromMs < atMs && atMs - toMs <= togetherMs)
    return notice === undefined ? 0 : Math.min(hourMs, atMs - notice.fromMs) / 60_000
  })
  const falseNotices = notices.filter(({ fromMs }) => firstMs(series, fromMs, isAbove) - fromMs > hourMs).length
  const misses = leads.filter((lead) => lead === 0).length
  return { notices: notices.length, falseNotices, crossings: crossings.length, misses, leads }
}

/** Prometheus' `predict_linear(depth[lookBack], 3600) > threshold`: a least-squares line, looked at in an hour. */
export const predictLinear =
  (lookBackMs: number): Rule =>
  (samples, nowMs) => {
    let [n, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0]
    for (const { atMs, value: depth } of samples) {
      if (depth === null || nowMs - atMs > lookBackMs) continue
      const x = (atMs - nowMs) / 1000
      n++
      sx += x
      sy += depth
      sxx += x * x
      sxy += x * depth
    }
    const spread = n * sxx - sx * sx
    if (n < 2 || spread === 0) return false
    const slope = (n * sxy - sx * sy) / spread
    return (sy - slope * sx) / n + slope * 3600 > threshold
  }

/** The same with Prometheus' `for`: only once it has held so long. */
export function held(rule: Rule, forMs: number): Rule {
  let sinceMs: number | null = null
  let lastMs = Infinity
  return (samples, nowMs) => {
    if (nowMs < lastMs) sinceMs = null
    lastMs = nowMs
    sinceMs = rule(samples, nowMs) ? (sinceMs ?? nowMs) : null
    return sinceMs !== null && nowMs - sinceMs >= forMs
  }
}

/** Whether the true moment lay in what was said; a moment that never came is after all others. */
export function verdictOn(series: DepthSeries, forecast: Forecast, nowMs: number): 'early' | 'inside' | 'late' {
  const trueMs = firstMs(series, nowMs, forecast.kind === 'to-threshold' ? isAbove : isEmpty)
  if (trueMs < forecast.earliestMs - stepMs) return 'early'
  return trueMs <= (forecast.latestMs ?? Infinity) ? 'inside' : 'late'
}
