import { z } from 'zod'
import { alertLimits, ruleKinds, type Rule, type RuleFile, type Silence, type SilenceDraft } from '../alerts.ts'

const instant = z.int().nonnegative().max(8_640_000_000_000_000)
const id = z.string().min(1).max(64)
export const alertId = z.string().min(1).max(400)
const span = z.int().nonnegative().max(alertLimits.forMs)
const level = z.strictObject({ at: z.number().min(-1e12).max(1e12), forMs: span, samples: z.int().min(1).max(100) })
const scope = z.strictObject({
  serverIds: z.array(id).max(1000),
  subjects: z.array(z.string().min(1).max(300)).max(alertLimits.subjects)
})
/** A link for people: nothing but http and https is ever opened. */
const runbook = z
  .string()
  .max(alertLimits.url)
  .regex(/^(https?:\/\/\S+)?$/)

export const rule = z.strictObject({
  ruleId: id,
  name: z.string().trim().min(1).max(alertLimits.name),
  isEnabled: z.boolean(),
  kind: z.enum(ruleKinds),
  scope,
  warning: level.nullable(),
  critical: level.nullable(),
  clearShare: z.number().gt(0).max(1),
  keepFiringMs: span,
  renotifyMs: z.int().min(60_000).max(alertLimits.forMs).nullable(),
  runbookUrl: runbook,
  note: z.string().max(alertLimits.note)
}) satisfies z.ZodType<Rule>

export const ruleFile = z.strictObject({
  format: z.literal('standby-rules'),
  version: z.literal(1),
  rules: z.array(rule).max(alertLimits.rules)
}) satisfies z.ZodType<RuleFile>

export const silenceDraft = z.strictObject({
  scope,
  ruleIds: z.array(id).max(alertLimits.rules),
  comment: z.string().max(alertLimits.comment),
  fromMs: instant,
  untilMs: instant,
  kind: z.enum(['silence', 'maintenance'])
}) satisfies z.ZodType<SilenceDraft>

export const silence = silenceDraft.extend({ silenceId: id }) satisfies z.ZodType<Silence>
