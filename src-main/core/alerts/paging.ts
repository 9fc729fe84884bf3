import type { MutedBy, Rule } from '../../contract/alerts.ts'
import { withStep, type Instance } from './instance.ts'

/** Why somebody is told: it is new or worse, or it was told long ago and nobody answered. */
export type PageReason = 'new' | 'again'

/** Whether somebody must be told of an alert now. */
export function pageOf(
  { severity, toldMs }: Instance,
  { renotifyMs }: Pick<Rule, 'renotifyMs'>,
  muted: MutedBy | null,
  nowMs: number
): PageReason | null {
  if (severity === null || muted !== null) return null
  if (toldMs === null) return 'new'
  const isDue = severity === 'critical' && renotifyMs !== null && nowMs - toldMs >= renotifyMs
  return isDue ? 'again' : null
}

export function told(instance: Instance, nowMs: number): Instance {
  const { severity, value } = instance
  const step = { atMs: nowMs, kind: 'told', severity, value } as const
  return withStep({ ...instance, toldMs: nowMs, told: instance.told + 1 }, step)
}

/** What a silence or a maintenance mutes is told when that ends and it still fires, as if it was new. */
export function hushed(instance: Instance, muted: MutedBy | null): Instance {
  const isHushed = muted?.kind === 'silence' || muted?.kind === 'maintenance'
  return isHushed && instance.toldMs !== null ? { ...instance, toldMs: null } : instance
}

/** Somebody takes care of it: not told again unless it gets worse. */
export function acknowledged(instance: Instance, nowMs: number): Instance {
  const { severity, value } = instance
  if (severity === null || instance.acknowledgedMs !== null) return instance
  return withStep({ ...instance, acknowledgedMs: nowMs }, { atMs: nowMs, kind: 'acknowledged', severity, value })
}

/** Nobody takes care of it after all: told anew, so that whatever nobody has taken stands on the desktop. */
export function unacknowledged(instance: Instance, nowMs: number): Instance {
  const { severity, value } = instance
  if (instance.acknowledgedMs === null) return instance
  return withStep(
    { ...instance, acknowledgedMs: null, toldMs: null },
    { atMs: nowMs, kind: 'unacknowledged', severity, value }
  )
}

/** Not told before `untilMs` unless it gets worse, then told anew. */
export function snoozed(instance: Instance, untilMs: number, nowMs: number): Instance {
  const { severity, value } = instance
  if (severity === null || untilMs <= nowMs) return instance
  return withStep({ ...instance, snoozedUntilMs: untilMs }, { atMs: nowMs, kind: 'snoozed', severity, value })
}

/** A snooze that ended is told as if it was new: whoever snoozed wanted to be woken then. */
export function unsnoozed(instance: Instance, nowMs: number, isEarly = false): Instance {
  const { severity, value, snoozedUntilMs } = instance
  if (snoozedUntilMs === null || (!isEarly && nowMs < snoozedUntilMs)) return instance
  const awake: Instance = { ...instance, snoozedUntilMs: null, toldMs: null }
  return withStep(awake, { atMs: nowMs, kind: 'unsnoozed', severity, value })
}
