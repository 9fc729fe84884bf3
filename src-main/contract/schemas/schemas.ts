import { z } from 'zod'
import { connectionLimits, environments } from '../connections.ts'
import type { ArgsOf, Name } from '../contract.ts'
import { rangesMs } from '../queues.ts'
import { themes } from '../settings.ts'

const nothing = z.strictObject({})
const id = z.string().min(1).max(64)

/** What each call and feed takes. Strict: an unknown property is a refusal, and the parsed value is a new object. */
export const schemas = {
  'app.describe': nothing,
  'app.open-demo': nothing,
  'connections.add': z.strictObject({
    name: z.string().max(connectionLimits.name),
    endpoint: z.string().max(connectionLimits.endpoint),
    projectId: z.string().max(connectionLimits.projectId),
    apiKey: z.string().max(connectionLimits.apiKey),
    environment: z.enum(environments)
  }),
  'connections.remove': z.strictObject({ connectionId: id }),
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
    .transform((change) => Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)))
} satisfies { [K in Name]: z.ZodType<ArgsOf<K>> }
