import type { MutedBy, Silence } from '../../contract/alerts.ts'
import type { Instance } from './instance.ts'
import { isWithin } from './pattern.ts'

/** Whether a silence is about this alert, at whatever time. */
export function isSilencing(
  { scope, ruleIds }: Pick<Silence, 'scope' | 'ruleIds'>,
  { ruleId, serverId, subject }: Pick<Instance, 'ruleId' | 'serverId' | 'subject'>
): boolean {
  return (ruleIds.length === 0 || ruleIds.includes(ruleId)) && isWithin(scope, serverId, subject)
}

/** What is known of everything else when one alert is looked at. */
export interface Around {
  readonly silences: readonly Silence[]
  /** The firing alert that says that this server is down; `null` while it is not. */
  readonly serverDown: string | null
  readonly nowMs: number
}

/** Why an alert is not told, the gravest reason first: silence, maintenance, a server that is down, snooze, acknowledgement. */
export function mutedBy(instance: Instance, { silences, serverDown, nowMs }: Around): MutedBy | null {
  for (const kind of ['silence', 'maintenance'] as const) {
    const silence = silences.find(
      (one) => one.kind === kind && one.fromMs <= nowMs && nowMs < one.untilMs && isSilencing(one, instance)
    )
    if (silence !== undefined) return { kind, silenceId: silence.silenceId, untilMs: silence.untilMs }
  }
  if (serverDown !== null && serverDown !== instance.alertId) return { kind: 'server-down', alertId: serverDown }
  const { snoozedUntilMs, acknowledgedMs } = instance
  if (snoozedUntilMs !== null && nowMs < snoozedUntilMs) return { kind: 'snooze', untilMs: snoozedUntilMs }
  return acknowledgedMs === null ? null : { kind: 'acknowledged', atMs: acknowledgedMs }
}
