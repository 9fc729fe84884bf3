import type { Suspicion } from '../../contract/suspicions.ts'
import { duration, figure, watched, type QueueEvidence } from './evidence.ts'
import { workerOf } from './workers.ts'

/** For so long, and over so many sweeps, not one job may have left. */
const shortestMs = 180_000
const fewestSamples = 6
/** Worked off for longer than that without a change: one long job may be in hand of a queue that just stands. */
const standingMs = 600_000

/**
 * A queue that nothing leaves: no sweep sees it lower than the one before, and its failed jobs stay as they are. In a
 * flood a living worker shows in sweeps that see fewer jobs. A flood so fast and even that no sweep does looks the
 * same from outside.
 */
export function workerDead({ queue, threshold, depths, failed }: QueueEvidence, nowMs: number): Suspicion | null {
  const known = watched(depths, nowMs)
  let from = known.length - 1
  while (from > 0 && (known[from - 1]?.value ?? Infinity) <= (known[from]?.value ?? 0)) from--
  // Jobs that wait for nobody: an empty queue needs no worker.
  while ((known[from]?.value ?? 1) === 0) from++
  const first = known[from]
  const last = known.at(-1)
  if (first === undefined || last === undefined || known.length - from < fewestSamples) return null
  const lastedMs = last.atMs - first.atMs
  const came = last.value - first.value
  if (lastedMs < (came >= leastCame ? shortestMs : standingMs)) return null
  if (!hasStoodOut(known.slice(0, from), came) || hasFailures(failed, first.atMs, nowMs)) return null
  const worker = workerOf(queue)
  const moved =
    came > 0 ? `rose from ${figure(first.value)} to ${figure(last.value)} jobs` : `stands at ${figure(last.value)} jobs`
  return {
    kind: 'worker-dead',
    subject: queue,
    level: last.value >= threshold / 2 || lastedMs >= standingMs ? 'critical' : 'warning',
    sinceMs: first.atMs,
    saw: `${queue} ${moved} in ${duration(lastedMs)} and not one sweep of ${known.length - from} saw it fall; its failed jobs stay as they are.`,
    check: `See whether ${worker} runs (docker compose ps ${worker}) and what it last said (docker compose logs --tail 100 ${worker}); restart it if it hangs. If it works, more jobs come than it takes.`
  }
}

const leastCame = 5
/** A saw's tooth fills for as long, and as high, as those before it: that much without a fall is usual for the queue. */
const aboveUsual = 1.5

/** Whether it rose by more than in any stretch without a fall that ended before. */
function hasStoodOut(before: readonly { readonly value: number }[], came: number): boolean {
  let low = before[0]?.value ?? 0
  let previous = low
  let most = 0
  for (const { value } of before) {
    if (value < previous) low = value
    most = Math.max(most, value - low)
    previous = value
  }
  return came === 0 || came > aboveUsual * most
}

/** A job that failed was taken by somebody. */
function hasFailures(failed: QueueEvidence['failed'], sinceMs: number, nowMs: number): boolean {
  const known = watched(failed, nowMs, failedHoleMs).filter(({ atMs }) => atMs >= sinceMs)
  return known.some(({ value }) => value !== known[0]?.value)
}
const failedHoleMs = 600_000
