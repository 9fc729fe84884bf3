import type { Suspicion } from '../../contract/suspicions.ts'
import { figure, type Evidence, type ExecutionCounts } from './evidence.ts'

/** Of executions: from here on they fail too often for a server that calls itself well. */
const failingShare = 0.2
const criticalShare = 0.5
const fewestEnded = 20

/** Every check passes while executions fail. Silent without counts of executions, and while any check is unknown. */
export function greenButFailing({ checks, executions }: Evidence): Suspicion | null {
  const told = checks.filter(({ level }) => level !== 'not-offered')
  if (executions === null || told.length === 0 || told.some(({ level }) => level !== 'ok')) return null
  let ended = 0
  let failed = 0
  let since: ExecutionCounts | undefined
  for (let i = executions.length - 1; i >= 0; i--) {
    const counts = executions[i]
    if (counts === undefined || (counts.ended > 0 && counts.failed < failingShare * counts.ended)) break
    if (counts.ended === 0) continue
    ended += counts.ended
    failed += counts.failed
    since = counts
  }
  if (since === undefined || ended < fewestEnded) return null
  const share = failed / ended
  return {
    kind: 'green-but-failing',
    subject: '',
    level: share >= criticalShare ? 'critical' : 'warning',
    sinceMs: since.fromMs,
    saw: `All ${told.length} checks pass, yet ${figure(failed)} of ${figure(ended)} executions failed (${Math.round(share * 100)} %).`,
    check:
      'Read the errors of the failed executions and what was last deployed, then docker compose logs openruntimes-executor.'
  }
}
