import type { ServerState } from '../contract/fleet.ts'
import type { Check, Level } from '../contract/health.ts'
import type { QueueState } from '../contract/queues.ts'
import type { Reach } from './reach.ts'

export interface Verdict {
  readonly state: ServerState
  /** One sentence a half-awake reader understands. */
  readonly reason: string
  /** 0 is worst; orders the Overview. */
  readonly rank: number
}

interface Problem {
  readonly level: Level
  readonly text: string
}

/** Of a server that is not asked because somebody wants it so. */
export const pausedVerdict: Verdict = {
  state: 'paused',
  reason: 'Polling is paused: what is shown is what was known before.',
  rank: 2
}

/** The state of a server from all that is known about it. Unknown is never well. */
export function verdictOf(
  reach: Reach,
  checks: readonly Check[],
  queues: readonly QueueState[],
  hasSwept: boolean
): Verdict {
  if (reach.kind === 'lost') {
    const rank = reach.state === 'down' ? 0 : reach.state === 'unauthorised' ? 1 : 2
    return { state: reach.state, reason: reach.fault.message, rank }
  }
  if (reach.kind === 'new' || !hasSwept)
    return { state: 'connecting', reason: 'Waiting for the first answer.', rank: 6 }
  const problems = [...queues.flatMap(queueProblem), ...checks.flatMap(checkProblem)].sort(
    (a, b) => gravity(a.level) - gravity(b.level)
  )
  const worst = problems[0]
  if (worst === undefined) return { state: 'live', reason: wellSentence(checks, queues), rank: 7 }
  const named = problems.slice(0, 2).map((problem) => problem.text)
  const more = problems.length > 2 ? `; ${problems.length - 2} more` : ''
  return { state: 'degraded', reason: `${named.join('; ')}${more}.`, rank: 3 + gravity(worst.level) }
}

function gravity(level: Level): number {
  return level === 'critical' ? 0 : level === 'warning' ? 1 : 2
}

function queueProblem(queue: QueueState): readonly Problem[] {
  if (queue.level === 'ok' || queue.level === 'not-offered') return []
  if (queue.depth === null) return [{ level: queue.level, text: `nobody knows the depth of ${queue.queue}` }]
  const limit = queue.threshold.toLocaleString('en-US')
  return [{ level: queue.level, text: `${queue.queue} holds ${queue.depth.toLocaleString('en-US')} of ${limit} jobs` }]
}

function checkProblem(check: Check): readonly Problem[] {
  if (check.level === 'ok' || check.level === 'not-offered') return []
  return [{ level: check.level, text: `${check.check.replace('certificate/', 'certificate of ')}: ${check.text}` }]
}

function wellSentence(checks: readonly Check[], queues: readonly QueueState[]): string {
  const offered = queues.filter((queue) => queue.level !== 'not-offered').length
  // The version after 1.9.6 tells no depth: nothing is said to be below its limit there.
  const depths = offered === 0 ? 'This server tells no queue’s depth' : `${offered} queues are below their limits`
  if (checks.length === 0) return `${depths}; no check has answered yet.`
  const passing = checks.filter((check) => check.level === 'ok').length
  return `${depths} and ${passing === 1 ? '1 check passes' : `${passing} checks pass`}.`
}
