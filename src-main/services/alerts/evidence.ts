import { failedWindowMs, type RuleKind } from '../../contract/alerts.ts'
import type { Check } from '../../contract/health.ts'
import type { Sample, SeriesName } from '../../contract/series.ts'
import { assertNever } from '../../core/assert-never.ts'
import { increase } from '../../core/alerts/increase.ts'
import type { Evidence } from '../../core/alerts/book.ts'
import type { ServerFacts } from '../monitor/server-facts.ts'

export interface EvidenceOptions {
  /** As they came, oldest first. */
  readonly samples: (series: SeriesName, fromMs: number) => readonly Sample[]
  readonly nowMs: number
}

/** Everything rules may look at of a server, as it is now. What nobody knows is a gap, never fine. */
export function evidenceOf(facts: ServerFacts, { samples, nowMs }: EvidenceOptions): readonly Evidence[] {
  return [
    ...facts.queues.flatMap((queue) => queueEvidence(queue, samples, nowMs)),
    ...facts.checks.flatMap((check) => checkEvidence(check, nowMs)),
    ...serverEvidence(facts, nowMs)
  ]
}

function queueEvidence(
  { queue, depth, atMs, changePerMinute, forecast, failed, level }: ServerFacts['queues'][number],
  samples: EvidenceOptions['samples'],
  nowMs: number
): readonly Evidence[] {
  const found: Evidence[] = []
  const failures = samples(`failed/${queue}`, nowMs - failedWindowMs)
  const last = failures.at(-1)
  if (last !== undefined) {
    found.push({ kind: 'failed', subject: queue, value: failed, atMs: last.atMs })
    found.push({ kind: 'failed-increase', subject: queue, value: increase(failures), atMs: last.atMs })
  }
  if (atMs === null || level === 'not-offered') return found
  const minutes = forecast?.kind === 'to-threshold' ? Math.max(0, (forecast.likelyMs - atMs) / 60_000) : null
  // No forecast of a depth that is known is an answer: it is not about to be full.
  const soon = depth === null ? null : (minutes ?? Number.MAX_SAFE_INTEGER)
  return [
    { kind: 'depth', subject: queue, value: depth, atMs },
    { kind: 'growth', subject: queue, value: changePerMinute, atMs },
    { kind: 'forecast', subject: queue, value: soon, atMs },
    ...found
  ]
}

const badness: Partial<Record<Check['level'], number>> = { ok: 0, warning: 1, critical: 2 }

function checkEvidence(check: Check, nowMs: number): readonly Evidence[] {
  const { level, atMs, latencyMs, driftMs, certificate } = check
  if (level === 'not-offered') return []
  const domain = check.check.startsWith('certificate/') ? check.check.slice('certificate/'.length) : null
  if (domain !== null) {
    const days = certificate === null ? null : Math.floor((certificate.validToMs - nowMs) / 86_400_000)
    return [{ kind: 'certificate', subject: domain, value: days, atMs }]
  }
  const drift = driftMs === null ? null : Math.abs(driftMs) / 1000
  return [
    { kind: 'check', subject: check.check, value: badness[level] ?? null, atMs },
    { kind: 'latency', subject: check.check, value: latencyMs, atMs },
    ...(check.check === 'time' ? [{ kind: 'drift', subject: 'server', value: drift, atMs } as const] : [])
  ]
}

function serverEvidence({ verdict, access, lastSweepAtMs }: ServerFacts, nowMs: number): readonly Evidence[] {
  const { state } = verdict
  const isAsked = state === 'live' || state === 'degraded'
  const down = state === 'down' ? 1 : isAsked || state === 'unauthorised' ? 0 : null
  const keys = access.map(({ connection, access: key }) => {
    const value = key === 'refused' ? 1 : key === 'accepted' ? 0 : null
    return { kind: 'key', subject: connection.name, value, atMs: nowMs } as const
  })
  // A server that is down or a machine that is offline says so itself.
  const silentMinutes = isAsked && lastSweepAtMs !== null ? Math.floor((nowMs - lastSweepAtMs) / 60_000) : null
  return [
    { kind: 'server-down', subject: 'server', value: down, atMs: nowMs },
    { kind: 'no-data', subject: 'server', value: silentMinutes, atMs: nowMs },
    ...keys
  ]
}

/** Whether a server is asked for what a rule looks at; `true` while its version, which decides on queues, is not known. */
export function isWatched(facts: ServerFacts, kind: RuleKind, subject: string): boolean {
  switch (kind) {
    case 'depth':
    case 'growth':
    case 'forecast':
    case 'failed':
    case 'failed-increase':
      return facts.serverVersion === null || facts.queues.some(({ queue }) => queue === subject)
    case 'certificate':
      return facts.options.domains.includes(subject)
    case 'check':
    case 'latency':
      return facts.checks.find(({ check }) => check === subject)?.level !== 'not-offered'
    case 'key':
      return facts.access.some(({ connection }) => connection.name === subject)
    case 'drift':
    case 'server-down':
    case 'no-data':
      return true
    default:
      return assertNever(kind)
  }
}
