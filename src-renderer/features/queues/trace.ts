import type { Forecast } from '../../../src-main/contract/forecast.ts'
import type { QueueState } from '../../../src-main/contract/queues.ts'
import type { Suspicion } from '../../../src-main/contract/suspicions.ts'
import type { Cone } from '../../parts/chart/cone.ts'
import { lastKnown, type Point } from '../../parts/chart/points.ts'
import type { QueueView } from '../../parts/chart/view.ts'
import { depthScale } from '../../parts/chart/scale.ts'
import type { Picture } from './picture.ts'
import type { Window } from './window.ts'

/** A queue's state together with its curve over the window shown. */
export interface Trace {
  readonly state: QueueState
  /** What there is of it, which may reach beyond the window. */
  readonly points: readonly Point[]
  readonly view: QueueView
  /** Whether the whole server is silent, so that the state is the last known one. */
  readonly isStale: boolean
  /** Jobs that failed since the range began; `null` where nobody counted. */
  readonly failedSince: number | null
  readonly suspicions: readonly Suspicion[]
}

/** What all charts of the page share. */
export interface Board {
  readonly window: Window
  /** Where the present is on the axis. */
  readonly endMs: number
  readonly isStale: boolean
  readonly suspicions: readonly Suspicion[]
}

const noPoints: readonly Point[] = []

/** One queue over a picture of its history. */
export function traceOf(state: QueueState, picture: Picture, board: Board): Trace {
  const points = picture.curves.get(`depth/${state.queue}`) ?? noPoints
  const seen = pointsWithin(points, board.window)
  const isLive = picture.isFollowing || picture.asked.toMs >= board.endMs
  const known = isLive && !board.isStale && state.depth !== null ? lastKnown(points) : null
  const cone = state.forecast === null || known === null ? null : coneOf(state.forecast, known, state.threshold)
  const isRising = cone?.forecast.kind === 'to-threshold'
  return {
    state,
    points,
    view: {
      points,
      fromMs: board.window.fromMs,
      toMs: board.window.toMs,
      nowMs: board.endMs,
      threshold: state.threshold,
      scale: depthScale(seen, state.threshold, isRising ? 'always' : 'when-near'),
      level: state.level,
      isStale: board.isStale,
      cone,
      unwatched: picture.unwatched,
      marks: picture.marks
    },
    isStale: board.isStale,
    failedSince: increaseOf(picture.curves.get(`failed/${state.queue}`) ?? noPoints, state.failed),
    suspicions: board.suspicions.filter(({ subject }) => subject === state.queue)
  }
}

function coneOf(forecast: Forecast, known: { readonly x: number; readonly y: number }, threshold: number): Cone {
  const toDepth = forecast.kind === 'to-threshold' ? threshold : 0
  return { forecast, fromMs: known.x, fromDepth: known.y, toDepth }
}

/** The points of a window, and the one on either side of it that its line comes from and goes to. */
export function pointsWithin(points: readonly Point[], { fromMs, toMs }: Window): readonly Point[] {
  const first = points.findIndex(({ x }) => x >= fromMs)
  if (first === -1) return points.slice(-1)
  const last = points.findLastIndex(({ x }) => x <= toMs)
  return points.slice(Math.max(first - 1, 0), last + 2)
}

/** How much a counter grew, which falls only when someone retried what had failed. */
export function increaseOf(points: readonly Point[], now: number | null): number | null {
  const first = points.find(({ y }) => y !== null)
  const last = now ?? lastKnown(points)?.y ?? null
  if (first === undefined || first.y === null || last === null) return null
  return Math.max(last - (first.low ?? first.y), 0)
}

/**
 * How far the axis goes on beyond the present: a sixth of the range while some forecast can be told apart from the
 * present there, else nothing, so that it does not tremble with the forecasts.
 */
export function aheadMs(forecasts: readonly (Forecast | null)[], endMs: number, rangeMs: number): number {
  const isSeen = forecasts.some((forecast) => forecast !== null && forecast.likelyMs - endMs >= rangeMs / 200)
  return isSeen ? Math.round(rangeMs / 6) : 0
}
