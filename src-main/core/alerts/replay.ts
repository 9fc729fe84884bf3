import type { Rule, RuleKind, Severity } from '../../contract/alerts.ts'
import type { SeriesKind } from '../../contract/series.ts'
import { assertNever } from '../assert-never.ts'
import type { Reading } from '../reading.ts'
import { newInstance, observed } from './instance.ts'

/** The series a kind of rule is judged by; `null` for kinds that more than one series decides. */
export function seriesOf(kind: RuleKind): SeriesKind | null {
  switch (kind) {
    case 'depth':
      return 'depth'
    case 'failed':
      return 'failed'
    case 'check':
    case 'server-down':
      return 'level'
    case 'latency':
      return 'latency'
    case 'certificate':
      return 'days'
    case 'drift':
      return 'drift'
    case 'failed-increase':
    case 'growth':
    case 'forecast':
    case 'key':
    case 'no-data':
      return null
    default:
      return assertNever(kind)
  }
}

export interface Firing {
  readonly severity: Severity
  readonly fromMs: number
  /** `null` when it fires to the end. */
  readonly toMs: number | null
}

/** What a rule would have made of the samples of one thing, oldest first: when it would have fired, and as what at worst. */
export function replayed(rule: Rule, subject: string, samples: readonly Reading[]): readonly Firing[] {
  const firings: Firing[] = []
  let instance = newInstance('', rule.ruleId, '', subject)
  for (const { atMs, value } of samples) {
    const before = instance
    instance = observed(before, rule, { atMs, value: value === null ? null : valueOf(rule.kind, value) })
    if (before.severity !== null && instance.severity === null)
      firings.push({ severity: before.worst ?? 'warning', fromMs: before.firingSinceMs ?? atMs, toMs: atMs })
  }
  const { severity, worst, firingSinceMs } = instance
  if (severity !== null && firingSinceMs !== null)
    firings.push({ severity: worst ?? severity, fromMs: firingSinceMs, toMs: null })
  return firings
}

/** A sample as the rule counts it: drift in seconds whichever way, a server down or not. */
function valueOf(kind: RuleKind, value: number): number {
  if (kind === 'drift') return Math.abs(value) / 1000
  return kind === 'server-down' ? Number(value >= 2) : value
}
