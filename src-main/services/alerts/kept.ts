import { z } from 'zod'
import { severities, type PastAlert } from '../../contract/alerts.ts'
import type { Group } from '../../core/alerts/groups.ts'
import type { Instance } from '../../core/alerts/instance.ts'
import type { OfflineEpisode } from '../../core/offline-episode.ts'
import type { Pause } from '../../contract/watch.ts'

/** JSON knows no infinity: a time before all times is written as null. */
const time = z.number().nullable()
const instant = z
  .number()
  .nullable()
  .transform((ms) => ms ?? -Infinity)
const severity = z.enum(severities).nullable()
const level = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('inactive') }),
  z.object({ kind: z.literal('pending'), sinceMs: z.number(), samples: z.number() }),
  z.object({ kind: z.literal('firing'), sinceMs: z.number(), clearSinceMs: time })
])
const step = z.object({
  atMs: z.number(),
  kind: z.enum([
    'pending',
    'firing',
    'worse',
    'better',
    'resolved',
    'flapping',
    'told',
    'acknowledged',
    'unacknowledged',
    'snoozed',
    'unsnoozed'
  ]),
  severity,
  value: z.number().nullable()
})

/** An alert's state as it lies in the file. */
export const keptInstance = z.object({
  alertId: z.string(),
  ruleId: z.string(),
  serverId: z.string(),
  subject: z.string(),
  warning: level,
  critical: level,
  value: z.number().nullable(),
  atMs: instant,
  knownAtMs: instant,
  severity,
  worst: severity,
  firingSinceMs: time,
  flaps: z.object({ starts: z.array(z.number()), sinceMs: time, lastLevels: severity }),
  acknowledgedMs: time,
  snoozedUntilMs: time,
  toldMs: time,
  told: z.number(),
  steps: z.array(step)
}) satisfies z.ZodType<Instance>

export const keptGroup = z.object({
  noticeId: z.string(),
  serverId: z.string(),
  openedMs: z.number(),
  severity: z.enum(severities),
  alertIds: z.array(z.string()),
  reason: z.enum(['new', 'again']),
  dueIds: z.array(z.string())
}) satisfies z.ZodType<Group>

/** What is going on with the watch itself. */
export const keptWatch = z.object({
  pause: z.object({ fromMs: z.number(), untilMs: z.number() }).nullable(),
  /** Since when this machine has no network, and whether that was told. */
  offline: z.object({ fromMs: z.number(), isTold: z.boolean() }).nullable()
}) satisfies z.ZodType<KeptWatch>

export interface KeptWatch {
  readonly pause: Pause | null
  readonly offline: OfflineEpisode | null
}

export const keptPast = z.object({
  alertId: z.string(),
  ruleName: z.string(),
  serverId: z.string(),
  serverName: z.string(),
  subject: z.string(),
  severity: z.enum(severities),
  title: z.string(),
  firedMs: z.number(),
  resolvedMs: z.number(),
  acknowledgedMs: time,
  told: z.number()
}) satisfies z.ZodType<PastAlert>
