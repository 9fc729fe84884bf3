import { z } from 'zod'
import { ruleKinds, severities } from '../../contract/alerts.ts'
import { environments } from '../../contract/connections.ts'
import { webhookKinds, type Webhook, type WebhookReceipt } from '../../contract/webhooks.ts'
import type { OutboxMessage } from '../../core/webhooks/message.ts'

/** A webhook as it lies in the file: its address and token lie in the vault. */
export type KeptWebhook = Omit<Webhook, 'hasToken' | 'queue'>

const receipt = z.object({
  atMs: z.number(),
  isDelivered: z.boolean(),
  status: z.number().nullable(),
  sentence: z.string(),
  tookMs: z.number(),
  attempt: z.number(),
  isTest: z.boolean()
}) satisfies z.ZodType<WebhookReceipt>

export const keptWebhook = z.object({
  webhookId: z.string(),
  name: z.string(),
  kind: z.enum(webhookKinds),
  severities: z.array(z.enum(severities)),
  sendsResolved: z.boolean(),
  isEnabled: z.boolean(),
  target: z.string(),
  lastReceipt: receipt.nullable()
}) satisfies z.ZodType<KeptWebhook>

const news = z.object({
  event: z.enum(['firing', 'again', 'resolved']),
  atMs: z.number(),
  alertId: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  ruleKind: z.enum(ruleKinds),
  subject: z.string(),
  severity: z.enum(severities),
  title: z.string(),
  value: z.number().nullable(),
  limit: z.number().nullable(),
  sinceMs: z.number(),
  isFlapping: z.boolean(),
  runbookUrl: z.string(),
  note: z.string()
})

const content = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('alerts'),
    server: z.object({ serverId: z.string(), name: z.string(), environment: z.enum(environments) }),
    news: z.array(news).min(1)
  }),
  z.object({ kind: z.literal('not-watching'), fromMs: z.number(), toMs: z.number().nullable(), why: z.string() }),
  z.object({ kind: z.literal('test') })
])

export const keptMessage = z.object({
  messageId: z.string(),
  webhookId: z.string(),
  seq: z.number(),
  atMs: z.number(),
  dueMs: z.number(),
  attempts: z.number(),
  content
}) satisfies z.ZodType<OutboxMessage>
