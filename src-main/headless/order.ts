import { z } from 'zod'
import { connectionLimits, environments } from '../contract/connections.ts'

const interval = z.int().min(100).max(86_400_000)

const order = z.strictObject({
  /** Where the histories go. */
  folder: z.string().min(1),
  /** Of the histories, 64 hexadecimal digits; without one they are kept in memory. */
  historyKey: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Distance of two sweeps in milliseconds. */
  sweepMs: z.int().min(100).max(300_000),
  /** Where the groups are to be asked at distances of their own; else in proportion to `sweepMs`. */
  cadence: z.strictObject({ depthsMs: interval, cheapMs: interval, slowMs: interval, rareMs: interval }).nullable(),
  connections: z
    .array(
      z.strictObject({
        name: z.string().max(connectionLimits.name),
        endpoint: z.string().max(connectionLimits.endpoint),
        projectId: z.string().max(connectionLimits.projectId),
        apiKey: z.string().max(connectionLimits.apiKey),
        environment: z.enum(environments)
      })
    )
    .min(1)
    .max(1000)
})

/** What to watch, as read from standard input: keys have no place on a command line, which every process may read. */
export type Order = z.infer<typeof order>

/** Throws a sentence naming what is wrong; never with a value out of the text, which holds keys. */
export function parseOrder(text: string): Order {
  let written: unknown
  try {
    written = JSON.parse(text)
  } catch {
    throw new Error('Standard input is not JSON.')
  }
  const parsed = order.safeParse(written)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Error(`Standard input cannot be used: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`)
}
