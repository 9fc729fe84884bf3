import type { Forecast } from '../../contract/forecast.ts'
import type { Known } from './known.ts'
import type { Regime } from './regime.ts'
import type { Trend } from './trend.ts'
import { runsTo } from './runs.ts'
import { momentOf, survival, type Course } from './moment.ts'

/** Nothing is said beyond: nobody's queue goes one way for longer without somebody looking at it. */
export const horizonMs = 6 * 3_600_000
/** A queue counts as empty at this share of its threshold: on a busy server the last few jobs are always new ones. */
export const emptyShare = 0.01

/** Older than this, the newest depth says nothing of now. */
const staleMs = 120_000
/** The slope against its error, and what came of it against the noise of one sample. */
const clearSlope = 4
const clearRise = 4

/**
 * When a queue comes to its threshold or runs empty, if it goes on as it does now; `null` where there is no evidence:
 * too few depths, none of late, no trend that stands out of the noise, one that earlier runs of the hour tell will turn
 * round, or one that leads there only after `horizonMs`.
 */
export function forecastOf({ known, regime, threshold, nowMs }: Trend): Forecast | null {
  if (known.count === 0 || -(known.minutes[known.count - 1] ?? 0) * 60_000 > staleMs) return null
  if (regime === null || Math.abs(regime.perMinute) < clearSlope * regime.perMinuteError) return null
  const isUp = regime.perMinute > 0
  const target = isUp ? threshold : threshold * emptyShare
  const newest = known.depths[known.count - 1] ?? 0
  const way = isUp ? target - Math.max(regime.level, newest) : Math.min(regime.level, newest) - target
  const rise = Math.abs(regime.perMinute) * regime.age
  if (way <= 0 || rise < clearRise * regime.noise || (!isUp && hasFloor(known, regime, target))) return null
  const chance = chanceOf(known, regime, target, way)
  const course: Course = { ...regime, way, perMinute: Math.abs(regime.perMinute), chance }
  const horizonMinutes = horizonMs / 60_000
  const [earliest, likely, latest] = [momentOf(course, 0.1), momentOf(course, 0.5), momentOf(course, 0.9)]
  if (earliest === null || likely === null || likely > horizonMinutes) return null
  return {
    kind: isUp ? 'to-threshold' : 'to-empty',
    earliestMs: nowMs + earliest * 60_000,
    likelyMs: nowMs + likely * 60_000,
    latestMs: latest === null || latest > horizonMinutes ? null : nowMs + latest * 60_000,
    perMinute: regime.perMinute,
    sinceMs: Math.round(nowMs + (known.minutes[regime.from] ?? 0) * 60_000)
  }
}

/** How much one's own history counts, in runs, against those of the hour that went as far. */
const ownWeight = 3.5

function chanceOf(known: Known, regime: Regime, target: number, way: number): number {
  const rise = Math.abs(regime.perMinute) * regime.age
  const turn = Math.max(rise * 0.3, 4 * regime.noise)
  const { reached, stopped } = runsTo(known, target, turn, regime.perMinute > 0 ? 1 : -1)
  const own = survival(way / Math.abs(regime.perMinute), regime.age, regime.perMinute > 0 ? 'up' : 'down')
  return (ownWeight * own + reached) / (ownWeight + reached + stopped)
}

/** Whether the queue stood well above empty all the time before: it then goes back to there, and no further. */
function hasFloor({ depths, minutes }: Known, { from, level }: Regime, empty: number): boolean {
  let lowest = Infinity
  for (let i = 0; i < from; i++) lowest = Math.min(lowest, depths[i] ?? 0)
  const before = (minutes[from] ?? 0) - (minutes[0] ?? 0)
  return before >= floorMinutes && lowest > 1.5 * empty && lowest < level
}
const floorMinutes = 5
