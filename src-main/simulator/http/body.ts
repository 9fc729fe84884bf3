import type { IncomingMessage } from 'node:http'
import { parseQuery } from './query.ts'

/** A request's body beyond this is refused before anything of it is read. */
export const largestBodyBytes = 12 * 1024 * 1024

/** Reads the body to its end; `null` for one that is too large, of which the rest is thrown away. */
export async function readBody(message: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  // Without an encoding set, a request's stream gives buffers.
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= largestBodyBytes) chunks.push(chunk)
    else chunks.length = 0
  }
  return size > largestBodyBytes ? null : Buffer.concat(chunks)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/** JSON or a form; whatever is neither, and JSON that cannot be read, is no fields at all, as on the real server. */
export function fieldsOf(bytes: Buffer, contentType: string): Readonly<Record<string, unknown>> {
  const kind = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (kind === 'application/x-www-form-urlencoded') return Object.fromEntries(parseQuery(bytes.toString('utf8')))
  if (kind !== 'application/json') return {}
  const value = parseJson(bytes.toString('utf8'))
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
