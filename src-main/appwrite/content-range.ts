import { headerText } from './answer.ts'
import type { Headers } from './exchange.ts'

/** Which bytes of how many a 206 holds; the last one included. */
export interface ContentRange {
  readonly from: number
  readonly to: number
  readonly sizeBytes: number
}

/** The range of a 206, or `null` for one that is absent, of unknown size or makes no sense. */
export function contentRange(headers: Headers): ContentRange | null {
  const [, from = '', to = '', size = ''] =
    /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(headerText(headers, 'content-range')?.trim() ?? '') ?? []
  if (size === '') return null
  const range = { from: Number(from), to: Number(to), sizeBytes: Number(size) }
  return range.from <= range.to && range.to < range.sizeBytes ? range : null
}

/**
 * The `Range` to ask for so that `from` to `to` are in it. Appwrite refuses a range of one byte (API facts §6), so a last
 * byte that is left alone is asked for together with the one before it.
 */
export function rangeAsked(from: number, to: number): { readonly header: string; readonly from: number } {
  const start = from === to ? Math.max(0, from - 1) : from
  return { header: `bytes=${start}-${to}`, from: start }
}
