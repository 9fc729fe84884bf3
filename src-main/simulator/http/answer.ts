import type { Headers } from './headers.ts'

/** A whole reply but for what belongs to the transport: date, connection, length, compression. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** Only text is compressed. */
  readonly body: string | Buffer
  /** Whether no length is said. */
  readonly isChunked?: boolean
  /** Whether the connection ends in the middle of the body. */
  readonly isCutShort?: boolean
  /** How long the server is busy with it before the first byte. */
  readonly delayMs?: number
}

/** JSON as PHP writes it, with `/` escaped: lengths differ from what Node would send. */
export function phpJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('/', '\\/')
}
