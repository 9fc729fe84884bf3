import { offsetMs, zoneName } from '../../parts/times.ts'

/** An instant as a field for a date and a time holds it, on the shown clock: `2026-11-24T02:14`. */
export function fieldOf(atMs: number, isUtc: boolean): string {
  return new Date(atMs + offsetMs(atMs, isUtc)).toISOString().slice(0, 16)
}

/** The instant such a field means; `null` while it is not filled in. */
export function momentOf(field: string, isUtc: boolean): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(field)) return null
  const atMs = Date.parse(isUtc ? `${field}Z` : field)
  return Number.isNaN(atMs) || atMs < 0 ? null : atMs
}

/** The next time the shown clock says `08:00`. */
export function nextAt(time: string, afterMs: number, isUtc: boolean): number {
  const today = fieldOf(afterMs, isUtc).slice(0, 10)
  const first = Date.parse(`${today}T${time}${isUtc ? 'Z' : ''}`)
  if (first > afterMs) return first
  // By the calendar rather than by 24 hours: the night may have an hour more or less.
  const tomorrow = new Date(Date.parse(`${today}T00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  return Date.parse(`${tomorrow}T${time}${isUtc ? 'Z' : ''}`)
}

/** Which clock a typed time is read on. */
export function clockHint(nowMs: number, isUtc: boolean): string {
  return isUtc ? 'On the clock of UTC.' : `On your clock (${zoneName(nowMs, isUtc)}).`
}
