import type { Suspicion } from '../../contract/suspicions.ts'
import { duration, figure, watched, type Known, type QueueEvidence } from './evidence.ts'
import { workerOf } from './workers.ts'

/** Failed jobs that came less than so far apart are one jump. */
const togetherMs = 300_000
/** A jump that ended so long ago is no news. */
const recentMs = 900_000
const fewest = 5
const manyJobs = 50
/** Against the failures of the time before, at their pace: so many times more is unusual. */
const unusual = 4
const holeMs = 600_000

/** More jobs failed of late than is usual for the queue. A count that falls was retried or reset: nothing failed then. */
export function failedJump({ queue, failed }: QueueEvidence, nowMs: number): Suspicion | null {
  const known = watched(failed, nowMs, holeMs)
  let sinceMs = 0
  let before: Known | undefined
  let lastMs = -Infinity
  let came = 0
  let earlier = 0
  let previous: Known | undefined
  for (const now of known) {
    const more = previous === undefined ? 0 : Math.max(0, now.value - previous.value)
    if (more > 0 && previous !== undefined) {
      if (now.atMs - lastMs > togetherMs) {
        earlier += came
        came = 0
        sinceMs = now.atMs
        before = previous
      }
      came += more
      lastMs = now.atMs
    }
    previous = now
  }
  if (before === undefined || came < fewest || nowMs - lastMs > recentMs) return null
  const watchedMs = before.atMs - (known[0]?.atMs ?? before.atMs)
  const usual = watchedMs <= 0 ? 0 : (earlier * Math.max(lastMs - before.atMs, togetherMs)) / watchedMs
  if (came < unusual * usual) return null
  const worker = workerOf(queue)
  return {
    kind: 'failed-jump',
    subject: queue,
    level: came >= manyJobs ? 'critical' : 'warning',
    sinceMs,
    saw: `${figure(came)} jobs of ${queue} failed in the last ${duration(nowMs - before.atMs)}, ${earlier === 0 ? 'none' : figure(earlier)} in the time watched before; ${figure(previous?.value ?? 0)} are kept as failed.`,
    check: `Read why in docker compose logs --tail 200 ${worker}; once the cause is gone, retry them with queue-retry.`
  }
}
