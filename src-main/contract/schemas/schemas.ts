import { z } from 'zod'
import { connectionLimits, environments } from '../connections.ts'
import type { ArgsOf, Name } from '../contract.ts'
import { demoTroubles } from '../demo.ts'
import { historyLimits } from '../history.ts'
import { queueNameLimit } from '../queues.ts'
import { seriesKinds, type SeriesName } from '../series.ts'
import { serverLimits } from '../servers.ts'
import {
  awakeChoices,
  closeChoices,
  intervalChoices,
  offlineChoices,
  retentionChoices,
  soundChoices,
  themes
} from '../settings.ts'
import { alertId, rule, silenceDraft } from './alerts.ts'
import { webhookDraft, webhookRef, webhookTest } from './webhooks.ts'

const nothing = z.strictObject({})
const alertRef = z.strictObject({ alertId })
const id = z.string().min(1).max(64)
const draft = {
  name: z.string().max(connectionLimits.name),
  endpoint: z.string().max(connectionLimits.endpoint),
  projectId: z.string().max(connectionLimits.projectId),
  apiKey: z.string().max(connectionLimits.apiKey),
  environment: z.enum(environments)
}
const endpoint = z.string().min(1).max(connectionLimits.endpoint)
const instant = z.int().nonnegative().max(8_640_000_000_000_000)
const series = z
  .string()
  .max(300)
  .regex(new RegExp(`^(${seriesKinds.join('|')})/.+$`))
  // The expression above is the type's own shape.
  .transform((name) => name as SeriesName)
const span = { serverId: id, fromMs: instant, toMs: instant }
const oneOf = <Value extends number>(choices: readonly Value[]) => z.literal([...choices])
const keptSettings = z.strictObject({
  theme: z.enum(themes),
  isRailCollapsed: z.boolean(),
  isUtc: z.boolean(),
  intervals: z.strictObject({
    depthsMs: oneOf(intervalChoices.depthsMs),
    cheapMs: oneOf(intervalChoices.cheapMs),
    slowMs: oneOf(intervalChoices.slowMs),
    rareMs: oneOf(intervalChoices.rareMs)
  }),
  retention: z.strictObject({
    rawDays: oneOf(retentionChoices.rawDays),
    minuteDays: oneOf(retentionChoices.minuteDays),
    restDays: oneOf(retentionChoices.restDays),
    maxSizeMb: oneOf(retentionChoices.maxSizeMb)
  }),
  keepAwake: z.enum(awakeChoices),
  whenClosed: z.enum(closeChoices),
  startAtLogin: z.boolean(),
  sound: z.enum(soundChoices),
  offlineNoticeMs: oneOf(offlineChoices)
})

/** What each call and feed takes. Strict: an unknown property is a refusal, and the parsed value is a new object. */
export const schemas = {
  'alerts.acknowledge': alertRef,
  'alerts.asked': nothing,
  'alerts.open-runbook': alertRef,
  'alerts.preview': silenceDraft,
  'alerts.silence': silenceDraft,
  'alerts.snooze': z.strictObject({ alertId: alertId.nullable(), untilMs: instant }),
  'alerts.unacknowledge': alertRef,
  'alerts.unsilence': z.strictObject({ silenceId: id }),
  'alerts.unsnooze': alertRef,
  'alerts.watch': nothing,
  'app.describe': nothing,
  'app.show-data-folder': nothing,
  'capabilities.check-key': z.strictObject({ connectionId: id }),
  'capabilities.watch': z.strictObject({ serverId: id }),
  'connections.add': z.strictObject(draft),
  'connections.diagnose': z.union([
    z.strictObject({ kind: z.literal('saved'), connectionId: id }),
    z.strictObject({
      kind: z.literal('draft'),
      endpoint: draft.endpoint,
      projectId: draft.projectId,
      apiKey: draft.apiKey,
      connectionId: id.nullable()
    })
  ]),
  'connections.edit': z.strictObject({ ...draft, connectionId: id }),
  'connections.export': nothing,
  'connections.import': nothing,
  'connections.remove': z.strictObject({ connectionId: id }),
  'connections.reorder': z.strictObject({ connectionIds: z.array(id).max(1000) }),
  'demo.open': nothing,
  'demo.switch': z.strictObject({ trouble: z.enum(demoTroubles), isOn: z.boolean() }),
  'demo.watch': nothing,
  'fleet.watch': nothing,
  'fleet.sweep': z.strictObject({ serverId: id }),
  'history.export': z.strictObject({
    ...span,
    series: z.array(series).min(1).max(historyLimits.series),
    format: z.enum(['csv', 'json'])
  }),
  'history.query': z.strictObject({
    ...span,
    series: z.array(series).min(1).max(historyLimits.series),
    points: z.int().min(2).max(historyLimits.points)
  }),
  'history.sizes': nothing,
  'history.uptime': z.strictObject({ ...span, cells: z.int().min(1).max(500) }),
  'queues.watch': z.strictObject({ serverId: id }),
  'rules.delete': z.strictObject({ ruleId: id }),
  'rules.export': nothing,
  'rules.import': nothing,
  'rules.save': rule,
  'rules.try': z.strictObject({ rule, days: z.int().min(1).max(30) }),
  'servers.configure': z.strictObject({
    serverId: id,
    domains: z.array(z.string().max(serverLimits.domain)).max(serverLimits.domains),
    queues: z.array(z.string().max(queueNameLimit)).max(serverLimits.queues)
  }),
  'settings.watch': nothing,
  'settings.change': keptSettings
    .partial()
    // zod types an optional property as `T | undefined`; JSON and structured clone never make one.
    .transform((change) => Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))),
  'trust.certificate': z.strictObject({
    endpoint,
    kind: z.enum(['certificate', 'authority']),
    fingerprint: z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  }),
  'trust.file': z.strictObject({ endpoint }),
  'trust.reset': z.strictObject({ endpoint }),
  'vault.answer': z.strictObject({ acceptWeak: z.boolean() }),
  'vault.watch': nothing,
  'watch.pause': z.strictObject({ untilMs: instant }),
  'watch.resume': nothing,
  'watch.watch': nothing,
  'webhooks.delete': webhookRef,
  'webhooks.save': webhookDraft,
  'webhooks.test': webhookTest,
  'webhooks.watch': nothing
} satisfies { [K in Name]: z.ZodType<ArgsOf<K>> }
