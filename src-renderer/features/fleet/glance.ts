import type { QueueGlance } from '../../../src-main/contract/fleet.ts'
import { lastKnown, type Point } from '../../parts/chart/points.ts'
import type { QueueView } from '../../parts/chart/queue-chart.ts'
import { depthScale } from '../../parts/chart/scale.ts'

const hourMs = 3_600_000

export interface Glance {
  readonly view: QueueView
  /** The depth to show: the present one, or the last known. */
  readonly depth: number | null
  /** When the shown depth was true, if it is not the present one. */
  readonly asOfMs: number | null
}

/** What a sparkline of the Overview shows: the hour up to `endMs`, or up to its own newest point if that is later. */
export function glanceOf(queue: QueueGlance, endMs: number, isStale: boolean): Glance {
  const points: readonly Point[] = queue.points.map(([x, y]) => ({ x, y }))
  const known = lastKnown(points)
  const toMs = Math.max(endMs, points.at(-1)?.x ?? 0)
  return {
    view: {
      points,
      fromMs: toMs - hourMs,
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
