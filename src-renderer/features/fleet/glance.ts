import type { QueueGlance } from '../../../src-main/contract/fleet.ts'
import { lastKnown, type Point } from '../../parts/chart/points.ts'
import type { QueueView } from '../../parts/chart/view.ts'
import { depthScale } from '../../parts/chart/scale.ts'

type Known = NonNullable<ReturnType<typeof lastKnown>>

const longestMs = 3_600_000
const shortestMs = 300_000

/**
 * How far back a server's sparklines go: as far as its history, from five minutes to an hour. One watched for a minute
 * would show an empty hour otherwise.
 */
export function glanceSpanMs(queues: readonly QueueGlance[], endMs: number): number {
  const firstMs = Math.min(endMs, ...queues.map((queue) => queue.points[0]?.[0] ?? endMs))
  return Math.min(longestMs, Math.max(shortestMs, endMs - firstMs))
}

/** The span in words, such as `last 12 min`. */
export function spanWords(spanMs: number): string {
  const minutes = Math.round(spanMs / 60_000)
  return minutes >= 59 ? 'last hour' : `last ${minutes} min`
}

/** A place in a sparkline, in shares of its width from the left and of its height from the bottom. */
export interface Spot {
  readonly x: number
  readonly y: number
}

/** Where a forecast goes in a sparkline: from the last sample to the earliest, likeliest and latest end, cut off at its edge. */
export interface Cone {
  readonly from: Spot
  readonly earliest: Spot
  readonly likely: Spot
  readonly latest: Spot
}

export interface Glance {
  readonly view: QueueView
  /** `null` without a forecast. */
  readonly cone: Cone | null
  /** The depth to show: the present one, or the last known. */
  readonly depth: number | null
  /** When the shown depth was true, if it is not the present one. */
  readonly asOfMs: number | null
}

// A forecast gets this much of the span as room to the right.
const aheadShare = 0.3

function coneOf({ forecast, threshold }: QueueGlance, from: Known, { fromMs, toMs, scale }: QueueView): Cone | null {
  if (forecast === null) return null
  const target = forecast.kind === 'to-empty' ? 0 : threshold
  const spot = (x: number, y: number): Spot => ({
    x: (x - fromMs) / (toMs - fromMs),
    y: Math.min(1, Math.max(0, y / scale.ceiling))
  })
  const toward = (atMs: number | null): Spot => {
    if (atMs === null) return spot(toMs, from.y)
    if (atMs <= toMs) return spot(Math.max(atMs, from.x), target)
    return spot(toMs, from.y + ((target - from.y) * (toMs - from.x)) / (atMs - from.x))
  }
  return {
    from: spot(from.x, from.y),
    earliest: toward(forecast.earliestMs),
    likely: toward(forecast.likelyMs),
    latest: toward(forecast.latestMs)
  }
}

/**
 * What a sparkline of the Overview shows: `spanMs` up to `endMs`, or up to its own newest point if that is later, and some
 * of the future where there is a forecast of it.
 */
export function glanceOf(queue: QueueGlance, endMs: number, spanMs: number, isStale: boolean): Glance {
  const points: readonly Point[] = queue.points.map(([x, y]) => ({ x, y }))
  const known = lastKnown(points)
  const nowMs = Math.max(endMs, points.at(-1)?.x ?? 0)
  const hasForecast = queue.forecast !== null && queue.depth !== null && !isStale && known !== null
  const view: QueueView = {
    points,
    fromMs: nowMs - spanMs,
    toMs: hasForecast ? nowMs + spanMs * aheadShare : nowMs,
    threshold: queue.threshold,
    scale: depthScale(points, queue.threshold, 'always'),
    level: queue.level,
    isStale
  }
  return {
    view,
    cone: hasForecast ? coneOf(queue, known, view) : null,
    depth: queue.depth ?? known?.y ?? null,
    asOfMs: queue.depth === null || isStale ? (known?.x ?? null) : null
  }
}
