import { failedWindowMs, type RuleKind } from '../../contract/alerts.ts'
import { defaultThreshold } from '../../contract/queues.ts'
import type { SeriesKind } from '../../contract/series.ts'
import { assertNever } from '../assert-never.ts'
import { forecastOf } from '../forecast/forecast.ts'
import { trendOf } from '../forecast/trend.ts'
import { changePerMinute, trendWindowMs } from '../queues.ts'
import type { Reading } from '../reading.ts'
import { increase } from './increase.ts'

/** The series that a kind of rule is judged by; `null` for kinds whose values are not recorded. */
export function seriesOf(kind: RuleKind): SeriesKind | null {
  switch (kind) {
    case 'depth':
    case 'growth':
    case 'forecast':
      return 'depth'
    case 'failed':
    case 'failed-increase':
      return 'failed'
    case 'check':
    case 'server-down':
      return 'level'
    case 'latency':
      return 'latency'
    case 'certificate':
      return 'days'
    case 'drift':
      return 'drift'
    case 'key':
    case 'no-data':
      return null
    default:
      return assertNever(kind)
  }
}

const hourMs = 3_600_000
/** A forecast costs as much as a thousand comparisons: played again it is made once a minute. */
const forecastEveryMs = 60_000

/** The samples of a thing, oldest first, as a kind of rule counts them: one after the other, since it may take its time. */
export function* readingsOf(kind: RuleKind, samples: readonly Reading[]): Generator<Reading> {
  let first = 0
  let forecastMs = -Infinity
  for (const [index, { atMs, value }] of samples.entries()) {
    const within = (spanMs: number): readonly Reading[] => {
      while ((samples[first]?.atMs ?? atMs) < atMs - spanMs) first++
      return samples.slice(first, index + 1)
    }
    if (kind === 'forecast' && value !== null && atMs - forecastMs < forecastEveryMs) continue
    if (value === null) yield { atMs, value }
    else if (kind === 'growth') yield { atMs, value: changePerMinute(within(trendWindowMs)) }
    else if (kind === 'failed-increase') yield { atMs, value: increase(within(failedWindowMs)) }
    else if (kind === 'forecast') {
      forecastMs = atMs
      yield { atMs, value: minutesToFull(within(hourMs), atMs) }
    } else yield { atMs, value: plainly(kind, value) }
  }
}

/** As the rule looks at it while it happens: no forecast of a depth that is known is an answer. */
function minutesToFull(depths: readonly Reading[], nowMs: number): number {
  const forecast = forecastOf(trendOf(depths, { threshold: defaultThreshold, nowMs }))
  if (forecast?.kind !== 'to-threshold') return Number.MAX_SAFE_INTEGER
  return Math.max(0, (forecast.likelyMs - nowMs) / 60_000)
}

/** Drift in seconds whichever way, a server down or not. */
function plainly(kind: RuleKind, value: number): number {
  if (kind === 'drift') return Math.abs(value) / 1000
  return kind === 'server-down' ? Number(value >= 2) : value
}
