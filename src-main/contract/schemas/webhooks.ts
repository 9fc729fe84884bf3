import { z } from 'zod'
import { severities } from '../alerts.ts'
import { webhookKinds, webhookLimits, type WebhookDraft, type WebhookTest } from '../webhooks.ts'

const webhookId = z.string().min(1).max(64)

export const webhookRef = z.strictObject({ webhookId })

export const webhookDraft = z.strictObject({
  webhookId: webhookId.nullable(),
  name: z.string().max(webhookLimits.name),
  kind: z.enum(webhookKinds),
  url: z.string().max(webhookLimits.url),
  token: z.string().max(webhookLimits.token),
  severities: z.array(z.enum(severities)).max(severities.length),
  sendsResolved: z.boolean(),
  isEnabled: z.boolean()
}) satisfies z.ZodType<WebhookDraft>

export const webhookTest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('saved'), webhookId }),
  z.strictObject({ kind: z.literal('draft'), draft: webhookDraft })
]) satisfies z.ZodType<WebhookTest>
