import { Failure } from '../core/failure.ts'
import { headerText } from './answer.ts'
import type { Asked } from './asked.ts'
import { contentRange, type ContentRange } from './content-range.ts'
import { rangeFault } from './download-faults.ts'
import { bodyFault } from './network-faults.ts'
import { notAppwriteFault } from './proxy-faults.ts'
import type { ReplyHead, Take } from './stream-exchange.ts'

/** Thrown inside a download: what the server has now is not what was begun. */
export class Changed extends Error {}

/** Ends an exchange with this error as soon as a body comes. */
export const refusing =
  (error: Error): Take =>
  () =>
    Promise.reject(error)

/** Why this body is not what was asked for: a page of somebody in between, or packed so that its bytes are not the file's. */
export function refusalOf({ headers }: ReplyHead, asked: Asked): Failure | null {
  const encoding = headerText(headers, 'content-encoding') ?? 'identity'
  if (encoding !== 'identity') return new Failure(bodyFault('encoding', asked, encoding))
  return /^text\/html/i.test(headerText(headers, 'content-type') ?? '') ? new Failure(notAppwriteFault(asked)) : null
}

/** A part as it was asked for. */
export interface Wanted extends ContentRange {
  readonly header: string
}

/** Why the body of a 200 or 206 is not the part that was asked for; a server that now serves all of it has `Changed`. */
export function partRefusal(head: ReplyHead, told: ContentRange | null, wanted: Wanted, asked: Asked): Error | null {
  if (head.status === 200 || (told !== null && told.sizeBytes !== wanted.sizeBytes)) return new Changed()
  const refusal = refusalOf(head, asked)
  if (refusal !== null) return refusal
  if (told?.from === wanted.from && told.to <= wanted.to) return null
  return new Failure(rangeFault(asked, wanted.header, headerText(head.headers, 'content-range')))
}

/** The size of the whole file, told with its first two bytes. Throws a `Failure` where it is not. */
export function sizeIn(head: ReplyHead, asked: Asked): number {
  const refusal = refusalOf(head, asked)
  if (refusal !== null) throw refusal
  const range = contentRange(head.headers)
  if (range?.from !== 0) throw new Failure(rangeFault(asked, 'bytes=0-1', headerText(head.headers, 'content-range')))
  return range.sizeBytes
}

/** The announced length of a body; `null` for a chunked one. */
export function lengthIn({ headers }: ReplyHead): number | null {
  const text = headerText(headers, 'content-length')
  return text === null ? null : Number(text)
}
