import type { Severity } from '../../contract/alerts.ts'
import type { PageReason } from './paging.ts'

/** Alerts of one server that are told together, as one notice. */
export interface Group {
  readonly noticeId: string
  readonly serverId: string
  readonly openedMs: number
  readonly severity: Severity
  readonly alertIds: readonly string[]
  /** Why it was told last. */
  readonly reason: PageReason
  /** Those of its alerts that the desktop must still be handed. */
  readonly dueIds: readonly string[]
}

export interface Page {
  readonly alertId: string
  readonly serverId: string
  readonly severity: Severity
  readonly reason: PageReason
}

/** Whatever comes within so long after the first of a server is told together: in the place of its notice, with a count. */
export const togetherMs = 30_000

/** Whether what comes now belongs to what was opened then; a clock that was set back opens anew. */
export function isTogether(openedMs: number, nowMs: number): boolean {
  return nowMs >= openedMs && nowMs - openedMs < togetherMs
}

/** Who is told together with whom: the first of a server at once, later ones in its place. `name` makes a new id. */
export function grouped(groups: readonly Group[], page: Page, nowMs: number, name: () => string): readonly Group[] {
  const { alertId, serverId, severity, reason } = page
  const open = groups.find((group) => group.serverId === serverId && isTogether(group.openedMs, nowMs))
  // Told again or worse, an alert moves on to where it is told now.
  const others = groups.flatMap((group) => (group === open ? [] : without(group, alertId)))
  if (open === undefined) {
    const own = { alertIds: [alertId], dueIds: [alertId] }
    return [...others, { noticeId: name(), serverId, openedMs: nowMs, severity, reason, ...own }]
  }
  const withOwn = (ids: readonly string[]): readonly string[] => [...ids.filter((one) => one !== alertId), alertId]
  const [alertIds, dueIds] = [withOwn(open.alertIds), withOwn(open.dueIds)]
  const worst = severity === 'critical' ? severity : open.severity
  const isNew = open.dueIds.length > 0 && open.reason === 'new'
  return [...others, { ...open, severity: worst, alertIds, dueIds, reason: isNew ? 'new' : reason }]
}

/** A group without an alert that needs no notice any more; none when that was its last. */
export function without(group: Group, alertId: string): readonly Group[] {
  if (!group.alertIds.includes(alertId)) return [group]
  const alertIds = group.alertIds.filter((one) => one !== alertId)
  const dueIds = group.dueIds.filter((one) => one !== alertId)
  return alertIds.length === 0 ? [] : [{ ...group, alertIds, dueIds }]
}

/** The groups without all alerts that nobody must be told of any more. */
export function pruned(groups: readonly Group[], isWanted: (alertId: string) => boolean): readonly Group[] {
  return groups.flatMap((group) =>
    group.alertIds
      .filter((alertId) => !isWanted(alertId))
      .reduce<readonly Group[]>((left, alertId) => left.flatMap((one) => without(one, alertId)), [group])
  )
}
