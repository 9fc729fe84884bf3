import type { Suspicion } from '../../contract/suspicions.ts'
import { certificateEnd } from './certificate-end.ts'
import { clockDrift } from './clock-drift.ts'
import { drainSlower } from './drain-slower.ts'
import type { Evidence } from './evidence.ts'
import { failedJump } from './failed-jump.ts'
import { greenButFailing } from './green-but-failing.ts'
import { workerDead } from './worker-dead.ts'

/** All that the evidence of one server gives reason to suspect, critical before warning, each since oldest first. */
export function suspicionsOf(evidence: Evidence): readonly Suspicion[] {
  const { nowMs, queues, certificates, drift } = evidence
  const found = [
    ...queues.flatMap((queue) => [workerDead(queue, nowMs) ?? drainSlower(queue, nowMs), failedJump(queue, nowMs)]),
    greenButFailing(evidence),
    clockDrift(drift, nowMs),
    ...certificates.map((certificate) => certificateEnd(certificate, nowMs))
  ].filter((one) => one !== null)
  return found.sort((a, b) => Number(b.level === 'critical') - Number(a.level === 'critical') || a.sinceMs - b.sinceMs)
}
