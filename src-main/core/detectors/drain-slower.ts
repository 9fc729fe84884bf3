import type { Suspicion } from '../../contract/suspicions.ts'
import { runsTo } from '../forecast/runs.ts'
import { duration, figure, watched, type QueueEvidence } from './evidence.ts'
import { workerOf } from './workers.ts'

const shortestMinutes = 10
/** Of the threshold: a smaller rise is nobody's worry. */
const leastShare = 0.05
/** Of the sweeps that see a change: so many must see jobs leave, or nothing is known of a drain. */
const leastFalls = 0.1

/** Jobs come faster than they are done, and have for ten minutes: the queue rises by its trend, yet some sweeps see it fall. */
export function drainSlower({ queue, threshold, depths, trend }: QueueEvidence, nowMs: number): Suspicion | null {
  const { known, regime } = trend
  if (regime === null || regime.age < shortestMinutes || regime.perMinute < 4 * regime.perMinuteError) return null
  const came = regime.perMinute * regime.age
  if (came < Math.max(threshold * leastShare, 4 * regime.noise)) return null
  const { stopped, reached } = runsTo(known, threshold, Math.max(came * 0.3, 4 * regime.noise), 1)
  if (stopped + reached > 0) return null
  const sinceMs = Math.round(nowMs + (known.minutes[regime.from] ?? 0) * 60_000)
  const recent = watched(depths, nowMs).filter(({ atMs }) => atMs >= sinceMs)
  const falls = recent.filter(({ value }, i) => value < (recent[i - 1]?.value ?? -Infinity)).length
  if (falls < leastFalls * recent.length) return null
  const worker = workerOf(queue)
  return {
    kind: 'drain-slower',
    subject: queue,
    level: regime.level >= threshold / 2 ? 'critical' : 'warning',
    sinceMs,
    saw: `${queue} has risen by ${figure(regime.perMinute)} jobs a minute for ${duration(regime.age * 60_000)} to ${figure(Math.max(0, regime.level))}, though ${falls} of ${recent.length} sweeps saw it fall: it is worked off, too slowly.`,
    check: `Look for what sends so many jobs and for slow ones (docker compose logs --tail 100 ${worker}), then give ${worker} more CPU or more processes.`
  }
}
