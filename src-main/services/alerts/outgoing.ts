import type { Alert, MutedBy, PastAlert } from '../../contract/alerts.ts'
import type { Due, Over } from '../../core/alerts/book.ts'
import type { Instance } from '../../core/alerts/instance.ts'
import type { PageReason } from '../../core/alerts/paging.ts'
import type { Offer } from '../../core/webhooks/outbox.ts'
import type { Webhooks } from '../webhooks/webhooks.ts'
import type { AlertViews } from './alert-views.ts'

export interface OutgoingOptions {
  readonly webhooks: Webhooks
  readonly views: AlertViews
  /** What is not kept of a server is not sent anywhere either. */
  readonly isKept: (serverId: string) => boolean
}

/** Offers webhooks what happens to alerts. */
export class Outgoing {
  readonly #options: OutgoingOptions

  constructor(options: OutgoingOptions) {
    this.#options = options
  }

  /** Somebody must be told of it. */
  fires({ instance, rule, reason }: Due, nowMs: number): void {
    const alert = this.#options.views.alert(instance, rule, null)
    if (alert !== null) this.#offer(alert.serverId, firingOffer(alert, reason, nowMs), nowMs)
  }

  /** Whoever acknowledged an alert, or snoozed it, still wants to hear that it is over; who silenced it does not. */
  isOver(over: Over, past: PastAlert, muted: MutedBy | null, nowMs: number): void {
    if (muted?.kind === 'silence' || muted?.kind === 'maintenance') return
    this.#offer(past.serverId, resolvedOffer(over, past, nowMs), nowMs)
  }

  #offer(serverId: string, offer: Offer, nowMs: number): void {
    const { webhooks, views, isKept } = this.#options
    if (isKept(serverId)) webhooks.offer(views.server(serverId), [offer], nowMs)
  }
}

function firingOffer(alert: Alert, reason: PageReason, nowMs: number): Offer {
  const { alertId, rule, subject, severity, title, value, level, sinceMs, isFlapping } = alert
  return {
    news: {
      event: reason === 'again' ? 'again' : 'firing',
      atMs: nowMs,
      alertId,
      ...ofRule(rule),
      subject,
      severity,
      title,
      value,
      limit: level.at,
      sinceMs,
      isFlapping
    },
    toldAs: [severity]
  }
}

function resolvedOffer({ instance, rule, resolvedMs }: Over, past: PastAlert, nowMs: number): Offer {
  const { alertId, subject, severity, title, firedMs } = past
  return {
    news: {
      event: 'resolved',
      atMs: Math.min(resolvedMs, nowMs),
      alertId,
      ...ofRule(rule),
      subject,
      severity,
      title,
      value: instance.value,
      limit: null,
      sinceMs: firedMs,
      isFlapping: instance.flaps.sinceMs !== null
    },
    toldAs: toldAs(instance)
  }
}

/** What of its rule whoever is told of an alert needs. */
function ofRule({ ruleId, name, kind, runbookUrl, note }: Alert['rule']) {
  return { ruleId, ruleName: name, ruleKind: kind, runbookUrl, note }
}

const toldAs = ({ steps }: Instance): Offer['toldAs'] =>
  steps.flatMap(({ kind, severity }) => (kind === 'told' && severity !== null ? [severity] : []))
