import type { Queue } from '../queue-profiles.ts'
import type { Span } from '../troubles.ts'

/** How much of the time they waited the jobs of a stopped worker still wait, once it is back. */
const drainShare = 0.05
const longestDrainMs = 15 * 60_000

/** Spans without a worker for a queue, oldest first; `toMs` is `Infinity` while one stands. */
export function workerless(spans: readonly Span[], queue: Queue): readonly { fromMs: number; toMs: number }[] {
  const found = spans.flatMap(({ trouble, fromMs, toMs }) => {
    const isStopped = (trouble.kind === 'stop-worker' || trouble.kind === 'silent-consumer') && trouble.queue === queue
    return isStopped ? [{ fromMs, toMs: toMs ?? Infinity }] : []
  })
  return found.sort((a, b) => a.fromMs - b.fromMs)
}

/** When a worker takes a job that would be taken at `atMs`; `Infinity` when nobody will. */
export function takenAt(atMs: number, gaps: readonly { readonly fromMs: number; readonly toMs: number }[]): number {
  let takenMs = atMs
  for (const { fromMs, toMs } of gaps) {
    if (takenMs < fromMs || takenMs >= toMs) continue
    // What lay in the queue longest is taken first.
    takenMs = toMs === Infinity ? Infinity : toMs + Math.min(longestDrainMs, (takenMs - fromMs) * drainShare)
  }
  return takenMs
}
