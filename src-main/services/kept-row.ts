import type { z } from 'zod'
import { textOf } from './database.ts'
import type { Log } from './ports.ts'

/** A value that a file keeps as JSON; `null` for one that does not fit, which is left out and logged without its content. */
export function keptRow<Value>(schema: z.ZodType<Value>, body: unknown, what: string, log: Log): Value | null {
  try {
    return schema.parse(JSON.parse(textOf(body)))
  } catch (thrown) {
    log(`left out of the ${what} that are kept: ${thrown instanceof Error ? thrown.name : String(thrown)}`)
    return null
  }
}
