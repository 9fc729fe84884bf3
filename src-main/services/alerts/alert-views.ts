import type { Alert, PastAlert, Rule } from '../../contract/alerts.ts'
import type { Over } from '../../core/alerts/book.ts'
import { isPending, type Instance } from '../../core/alerts/instance.ts'
import { clearAtOf } from '../../core/alerts/level.ts'
import { titleOf } from '../../core/alerts/words.ts'
import type { NamedServer } from '../../core/webhooks/message.ts'
import { environmentOf, type Connections } from '../connections.ts'

/** Puts alerts into the words and names that people know. */
export class AlertViews {
  readonly #connections: Connections

  constructor(connections: Connections) {
    this.#connections = connections
  }

  /** `null` for one that neither fires nor is about to. */
  alert(instance: Instance, rule: Rule, mutedBy: Alert['mutedBy']): Alert | null {
    const { serverId, subject, severity, value } = instance
    if (severity === null && !isPending(instance)) return null
    const judged = severity ?? (instance.critical.kind === 'pending' ? 'critical' : 'warning')
    const level = rule[judged] ?? rule.critical ?? rule.warning
    if (level === null) return null
    const connections = this.#connectionsOf(serverId)
    const begins = [instance.critical, instance.warning].flatMap((one) => (one.kind === 'pending' ? one.sinceMs : []))
    const { ruleId, name, kind, runbookUrl, note } = rule
    return {
      alertId: instance.alertId,
      rule: { ruleId, name, kind, runbookUrl, note },
      serverId,
      serverName: this.#serverName(serverId),
      environment: environmentOf(connections),
      isDemo: connections.some(({ isDemo }) => isDemo),
      subject,
      state: severity === null ? 'pending' : 'firing',
      severity: judged,
      sinceMs: instance.firingSinceMs ?? Math.min(...begins),
      value,
      valueAtMs: instance.atMs,
      level,
      clearAt: clearAtOf(rule, level),
      isFlapping: instance.flaps.sinceMs !== null,
      mutedBy: severity === null ? null : mutedBy,
      steps: instance.steps,
      title: titleOf(kind, subject, value, level)
    }
  }

  past({ instance, rule, resolvedMs }: Over): PastAlert {
    const { alertId, serverId, subject, worst, firingSinceMs, acknowledgedMs, told } = instance
    return {
      alertId,
      ruleName: rule.name,
      serverId,
      serverName: this.#serverName(serverId),
      subject,
      severity: worst ?? 'warning',
      title: this.title(instance, rule),
      firedMs: firingSinceMs ?? resolvedMs,
      resolvedMs,
      acknowledgedMs,
      told
    }
  }

  server(serverId: string): NamedServer {
    const environment = environmentOf(this.#connectionsOf(serverId))
    return { serverId, name: this.#serverName(serverId), environment }
  }

  title({ subject, value, worst }: Instance, rule: Rule): string {
    const level = rule[worst ?? 'critical'] ?? rule.critical ?? rule.warning
    return level === null ? rule.name : titleOf(rule.kind, subject, value, level)
  }

  #connectionsOf(serverId: string) {
    return this.#connections.list().filter((connection) => connection.serverId === serverId)
  }

  /** What people call a server: by its connections. */
  #serverName(serverId: string): string {
    const names = this.#connectionsOf(serverId).map(({ name }) => name)
    return names.length > 2 ? `${names[0]} and ${names.length - 1} more` : names.join(', ')
  }
}
