import type { QueueName, QueuesDelta, QueuesSnapshot, QueueState } from '../../../src-main/contract/queues.ts'
import { byGravity } from '../../parts/levels.ts'

/** What is known after some news: the newest says all there is, its rows apart. */
export function foldQueues(known: QueuesSnapshot, deltas: readonly QueuesDelta[]): QueuesSnapshot {
  const newest = deltas.at(-1)
  return newest === undefined ? known : { ...known, intervalMs: newest.intervalMs, queues: newest.queues }
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

/**
 * The queue to look at first: the gravest, and among equals the one nearest its threshold, by its last known depth
 * where the present one is not known.
 */
export function mostUrgent(
  queues: readonly QueueState[],
  lastKnownDepth: (queue: QueueName) => number | null
): QueueName | null {
  const shares = new Map(
    queues.map((state) => [state.queue, (state.depth ?? lastKnownDepth(state.queue) ?? 0) / state.threshold])
  )
  const share = (state: QueueState): number => shares.get(state.queue) ?? 0
  return queues.toSorted((a, b) => byGravity(a.level, b.level) || share(b) - share(a))[0]?.queue ?? null
}
