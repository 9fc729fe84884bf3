import type { QueueGlance } from '../../../src-main/contract/fleet.ts'
import { lastKnown, type Point } from '../../parts/chart/points.ts'
import type { QueueView } from '../../parts/chart/queue-chart.ts'
import { depthScale } from '../../parts/chart/scale.ts'

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

export interface Glance {
  readonly view: QueueView
  /** The depth to show: the present one, or the last known. */
  readonly depth: number | null
  /** When the shown depth was true, if it is not the present one. */
  readonly asOfMs: number | null
}

/** What a sparkline of the Overview shows: `spanMs` up to `endMs`, or up to its own newest point if that is later. */
export function glanceOf(queue: QueueGlance, endMs: number, spanMs: number, isStale: boolean): Glance {
  const points: readonly Point[] = queue.points.map(([x, y]) => ({ x, y }))
  const known = lastKnown(points)
  const toMs = Math.max(endMs, points.at(-1)?.x ?? 0)
  return {
    view: {
      points,
      fromMs: toMs - spanMs,
      toMs,
      threshold: queue.threshold,
      scale: depthScale(points, queue.threshold, 'always'),
      level: queue.level,
      isStale
    },
    depth: queue.depth ?? known?.y ?? null,
    asOfMs: queue.depth === null || isStale ? (known?.x ?? null) : null
  }
}
