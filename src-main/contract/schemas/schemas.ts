import { z } from 'zod'
import { connectionLimits, environments } from '../connections.ts'
import type { ArgsOf, Name } from '../contract.ts'
import { demoTroubles } from '../demo.ts'
import { rangesMs } from '../queues.ts'
import { themes } from '../settings.ts'

const nothing = z.strictObject({})
const id = z.string().min(1).max(64)
const draft = {
  name: z.string().max(connectionLimits.name),
  endpoint: z.string().max(connectionLimits.endpoint),
  projectId: z.string().max(connectionLimits.projectId),
  apiKey: z.string().max(connectionLimits.apiKey),
  environment: z.enum(environments)
}
const endpoint = z.string().min(1).max(connectionLimits.endpoint)

/** What each call and feed takes. Strict: an unknown property is a refusal, and the parsed value is a new object. */
export const schemas = {
  'app.describe': nothing,
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
  'queues.watch': z.strictObject({
    serverId: id,
    rangeMs: z.union([z.literal(rangesMs['15 m']), z.literal(rangesMs['1 h'])])
  }),
  'settings.watch': nothing,
  'settings.change': z
    .strictObject({ theme: z.enum(themes), isRailCollapsed: z.boolean(), isUtc: z.boolean() })
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
  'vault.watch': nothing
} satisfies { [K in Name]: z.ZodType<ArgsOf<K>> }
