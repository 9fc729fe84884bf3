import { z } from 'zod'

const identity = z.object({ pid: z.int().positive(), startedMs: z.number() })

/** One run of Standby; no two of one profile are alike. */
export type Identity = z.infer<typeof identity>

const command = z.object({
  file: z.string().min(1).max(4_096),
  args: z.array(z.string().max(8_192)).max(200),
  folder: z.string().min(1).max(4_096)
})

/** How Standby was started, and can be again. */
export type Command = z.infer<typeof command>

const hello = z.object({ identity, command })

/** The first thing Standby tells its watchdog. */
export type Hello = z.infer<typeof hello>

export type StandbyLine = { readonly kind: 'hello'; readonly hello: Hello } | { readonly kind: 'beat' | 'bye' }

/** The one thing the watchdog says: a blind time that is over was recorded. */
export const recordedLine = 'recorded'

/** Without its line break. */
export function lineOf(said: StandbyLine): string {
  return said.kind === 'hello' ? `hello ${JSON.stringify(said.hello)}` : said.kind
}

/** `null` for what Standby does not say. */
export function parseLine(line: string): StandbyLine | null {
  if (line === 'beat' || line === 'bye') return { kind: line }
  if (!line.startsWith('hello ')) return null
  const parsed = parsedJson(line.slice('hello '.length), hello)
  return parsed === null ? null : { kind: 'hello', hello: parsed }
}

/** `null` for a text that is no identity. */
export function parseIdentity(text: string): Identity | null {
  return parsedJson(text, identity)
}

function parsedJson<Value>(text: string, schema: z.ZodType<Value>): Value | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
