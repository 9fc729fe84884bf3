import { z } from 'zod'
import { plainLine } from './plain-text.ts'

/** The id of a document or of a kind of thing; only its length is held against the server. */
export const id = z.string().min(1).max(255)

/** An id that may be missing: empty or `null` where there is none. */
export const maybeId = z
  .string()
  .max(255)
  .nullish()
  .transform((text) => (text === undefined || text === '' ? null : text))

/** A text of the server as it is, of whatever length; `null` and absent count as empty. Logs pass through uncopied. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

/** One line without control characters, for names and the like. */
export const line = z
  .string()
  .nullish()
  .transform((value) => plainLine(value ?? '', null, 512))

/** A list that is empty when the server leaves it out. */
export const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items): readonly z.output<Item>[] => items ?? [])

/** PHP writes an empty map as `[]`. */
export const map = <Value extends z.ZodType>(value: Value) =>
  z
    .union([
      z
        .array(z.unknown())
        .max(0)
        .transform((): Record<string, z.output<Value>> => ({})),
      z.record(z.string(), value)
    ])
    .transform((found): Readonly<Record<string, z.output<Value>>> => found)

/** A time in ISO form, in milliseconds since 1970. */
export const time = z.string().transform((value, context) => {
  const atMs = Date.parse(value)
  if (!Number.isNaN(atMs)) return atMs
  context.addIssue({ code: 'custom', message: 'not a time' })
  return z.NEVER
})

/** A time that may be missing: empty or `null` where there is none. */
export const maybeTime = z
  .union([z.literal(''), time])
  .nullish()
  .transform((value) => (typeof value === 'number' ? value : null))

/** Seconds, as Appwrite counts durations, in milliseconds. */
export const secondsAsMs = z
  .number()
  .min(0)
  .transform((seconds) => Math.round(seconds * 1000))

/** One of the values known here; what a newer server adds is `unknown` and not a reason to lose the whole list. */
export const oneOf = <const Values extends readonly string[]>(values: Values) =>
  z.string().transform((value): Values[number] | 'unknown' => values.find((known) => known === value) ?? 'unknown')

/** A name and value of HTTP, as executions list them. */
export interface HttpHeader {
  readonly name: string
  readonly value: string
}

/** The headers of an execution. */
export const headers = list(
  z.object({ name: z.string(), value: text }).transform(({ name, value }): HttpHeader => ({ name, value }))
)
