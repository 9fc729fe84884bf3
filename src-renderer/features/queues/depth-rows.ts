import type { Point } from '../../parts/chart/points.ts'
import type { Window } from './window.ts'

/** One moment of the table view: a point of each queue, in their order. */
export interface DepthRow {
  readonly atMs: number
  /** `null` where that queue was not asked. */
  readonly cells: readonly (Point | null)[]
}

/**
 * What the charts draw, as rows, newest first. Sweeps have one time for all queues; buckets are those of `stepMs`, each
 * queue with the time of its own first sample.
 */
export function depthRows(
  curves: readonly (readonly Point[])[],
  stepMs: number,
  { fromMs, toMs }: Window
): readonly DepthRow[] {
  const rows = new Map<number, { atMs: number; readonly cells: (Point | null)[] }>()
  for (const [column, curve] of curves.entries()) {
    for (const point of curve) {
      if (point.x < fromMs || point.x > toMs) continue
      const key = stepMs > 0 ? Math.floor(point.x / stepMs) : point.x
      let row = rows.get(key)
      if (row === undefined) {
        row = { atMs: point.x, cells: curves.map(() => null) }
        rows.set(key, row)
      }
      row.atMs = Math.min(row.atMs, point.x)
      row.cells[column] = point
    }
  }
  return [...rows.values()].sort((a, b) => b.atMs - a.atMs)
}
