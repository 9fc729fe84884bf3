import type { QueueState, SweepRow } from '../../../src-main/contract/queues.ts'
import type { Point } from '../../parts/chart/points.ts'
import type { QueueView } from '../../parts/chart/queue-chart.ts'
import { depthScale } from '../../parts/chart/scale.ts'
import { pointsOf } from './fold.ts'

/** A queue's state together with its curve over the range shown. */
export interface Trace {
  readonly state: QueueState
  readonly points: readonly Point[]
  readonly view: QueueView
  /** Whether the whole server is silent, so that the state is the last known one. */
  readonly isStale: boolean
}

/** The traces of all queues on one time axis. */
export function tracesOf(
  queues: readonly QueueState[],
  rows: readonly SweepRow[],
  endMs: number,
  rangeMs: number,
  isStale: boolean
): readonly Trace[] {
  return queues.map((state) => {
    const points = pointsOf(rows, state.queue)
    const scale = depthScale(points, state.threshold, 'when-near')
    return {
      state,
      points,
      view: {
        points,
        fromMs: endMs - rangeMs,
        toMs: endMs,
        threshold: state.threshold,
        scale,
        level: state.level,
        isStale
      },
      isStale
    }
  })
}
