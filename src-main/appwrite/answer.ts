import { isAscii } from 'node:buffer'
import { brotliDecompress, unzip, type ZlibOptions } from 'node:zlib'
import type { Headers } from './exchange.ts'
import { Failure } from '../core/failure.ts'
import type { Asked } from './asked.ts'
import { bodyFault } from './network-faults.ts'
import type { RawReply } from './whole-exchange.ts'

/** A reply of any status but a redirect's, read and parsed but not yet judged. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** Parsed where it was JSON (Appwrite labels some of it text/html), else the text. */
  readonly body: unknown
  readonly isJson: boolean
  /** From the first byte sent to the last byte read. */
  readonly elapsedMs: number
  /** What the server says it took, from `X-Debug-Speed`; `null` when it does not say. */
  readonly serverMs: number | null
}

/** The first value of a header, or `null`. */
export function headerText(headers: Headers, name: string): string | null {
  const value = headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}

/** Unpacks and parses a reply. Throws a `Failure` for an encoding that is unknown, broken or unpacks past the cap. */
export async function readAnswer(raw: RawReply, asked: Asked, maxBodyBytes: number): Promise<Answer> {
  const encoding = headerText(raw.headers, 'content-encoding')
  const bytes =
    encoding === null || encoding === 'identity' ? raw.bytes : await unpack(raw.bytes, encoding, asked, maxBodyBytes)
  const text = textOf(bytes)
  const parsed = parseJson(text)
  return {
    status: raw.status,
    headers: raw.headers,
    body: parsed === undefined ? text : parsed.value,
    isJson: parsed !== undefined,
    elapsedMs: raw.elapsedMs,
    serverMs: serverMs(headerText(raw.headers, 'x-debug-speed'))
  }
}

/** Most replies are ASCII alone; where nothing is to be decoded, megabytes of logs are read five times as fast. */
function textOf(bytes: Buffer): string {
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8')
}

/** Judged by the first character and not by the content type: with Redis away Appwrite 1.5 labels JSON as text/html. */
function parseJson(text: string): { readonly value: unknown } | undefined {
  const first = /\S/.exec(text)?.[0]
  if (first !== '{' && first !== '[') return undefined
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

function serverMs(seconds: string | null): number | null {
  const value = seconds === null || seconds === '' ? NaN : Number(seconds) * 1000
  return Number.isFinite(value) && value >= 0 ? value : null
}

type Unpacker = (bytes: Buffer, options: ZlibOptions, done: (error: Error | null, result: Buffer) => void) => void

const unpackers = new Map<string, Unpacker>([
  ['gzip', unzip],
  ['x-gzip', unzip],
  ['deflate', unzip],
  ['br', (bytes, options, done) => brotliDecompress(bytes, { maxOutputLength: options.maxOutputLength ?? 0 }, done)]
])

/** We never ask for compression, but HTTP lets a proxy compress all the same. A bomb stops at the cap, in milliseconds. */
async function unpack(bytes: Buffer, encoding: string, asked: Asked, maxBodyBytes: number): Promise<Buffer> {
  const unpacker = unpackers.get(encoding.toLowerCase())
  if (unpacker === undefined) throw new Failure(bodyFault('encoding', asked, encoding))
  return new Promise((resolve, reject) => {
    unpacker(bytes, { maxOutputLength: maxBodyBytes }, (error, result) => {
      if (error === null) resolve(result)
      else {
        const isTooBig = 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
        reject(new Failure(bodyFault(isTooBig ? 'too-big' : 'encoding', asked, `${encoding}: ${error.message}`)))
      }
    })
  })
}
