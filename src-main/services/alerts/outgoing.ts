import type { Alert, PastAlert } from '../../contract/alerts.ts'
import type { Over } from '../../core/alerts/book.ts'
import type { Instance } from '../../core/alerts/instance.ts'
import type { PageReason } from '../../core/alerts/paging.ts'
import type { Offer } from '../../core/webhooks/outbox.ts'

/** That an alert fires, for webhooks. */
export function firingOffer(alert: Alert, reason: PageReason, nowMs: number): Offer {
  const { alertId, rule, subject, severity, title, value, level, sinceMs, isFlapping } = alert
  return {
    news: {
      event: reason === 'again' ? 'again' : 'firing',
      atMs: nowMs,
      alertId,
      ruleId: rule.ruleId,
      ruleName: rule.name,
      ruleKind: rule.kind,
      subject,
      severity,
      title,
      value,
      limit: level.at,
      sinceMs,
      isFlapping,
      runbookUrl: rule.runbookUrl,
      note: rule.note
    },
    toldAs: [severity]
  }
}

/** That an alert is over, for the webhooks that heard of it. */
export function resolvedOffer({ instance, rule, resolvedMs }: Over, past: PastAlert, nowMs: number): Offer {
  const { alertId, subject, severity, title, firedMs } = past
  return {
    news: {
      event: 'resolved',
      atMs: Math.min(resolvedMs, nowMs),
      alertId,
      ruleId: rule.ruleId,
      ruleName: rule.name,
      ruleKind: rule.kind,
      subject,
      severity,
      title,
      value: instance.value,
      limit: null,
      sinceMs: firedMs,
      isFlapping: instance.flaps.sinceMs !== null,
      runbookUrl: rule.runbookUrl,
      note: rule.note
    },
    toldAs: toldAs(instance)
  }
}

const toldAs = ({ steps }: Instance): Offer['toldAs'] =>
  steps.flatMap(({ kind, severity }) => (kind === 'told' && severity !== null ? [severity] : []))
