import type { QueueName, QueuesDelta, QueuesSnapshot, QueueState, SweepRow } from '../../../src-main/contract/queues.ts'
import { byGravity } from '../../parts/levels.ts'
import { lastKnown, type Point } from '../../parts/chart/points.ts'

/** The rows of the last `rangeMs`, counted back from `endMs`. */
export function rowsWithin(rows: readonly SweepRow[], endMs: number, rangeMs: number): readonly SweepRow[] {
  const first = rows.findIndex(({ atMs }) => atMs >= endMs - rangeMs)
  return first === -1 ? [] : rows.slice(first)
}

/** What is known after some news: a queue that is not in them stays as it was, and rows that fell out of the range are forgotten. */
export function foldQueues(known: QueuesSnapshot, deltas: readonly QueuesDelta[]): QueuesSnapshot {
  const rows = [...known.rows, ...deltas.flatMap((delta) => delta.rows)]
  const newest = rows.at(-1)
  const states = new Map(known.queues.map((state) => [state.queue, state]))
  for (const state of deltas.flatMap((delta) => delta.queues)) states.set(state.queue, state)
  return {
    ...known,
    queues: [...states.values()],
    rows: newest === undefined ? rows : rowsWithin(rows, newest.atMs, known.rangeMs)
  }
}

/**
 * Where the time axis ends: at the newest row while rows keep coming, and a whole number of sweeps later when they
 * stop, so that silence shows as empty room on the right and the charts are not redrawn every second.
 */
export function axisEnd(newestMs: number | null, nowMs: number, intervalMs: number): number {
  const missed = (nowMs - (newestMs ?? nowMs)) / intervalMs
  if (newestMs === null) return Math.floor(nowMs / intervalMs) * intervalMs
  return missed < 2 ? newestMs : newestMs + Math.floor(missed) * intervalMs
}

/** One queue's samples as a chart takes them. */
export function pointsOf(rows: readonly SweepRow[], queue: QueueName): readonly Point[] {
  return rows.map(({ atMs, depths }) => ({ x: atMs, y: depths[queue] ?? null }))
}

/**
 * The queue to look at first: the gravest, and among equals the one nearest its threshold, by its last known depth
 * where the present one is not known.
 */
export function mostUrgent({ queues, rows }: Pick<QueuesSnapshot, 'queues' | 'rows'>): QueueName | null {
  const shares = new Map(
    queues.map((state) => {
      const depth = state.depth ?? lastKnown(pointsOf(rows, state.queue))?.y ?? 0
      return [state.queue, depth / state.threshold]
    })
  )
  const share = (state: QueueState): number => shares.get(state.queue) ?? 0
  return queues.toSorted((a, b) => byGravity(a.level, b.level) || share(b) - share(a))[0]?.queue ?? null
}
