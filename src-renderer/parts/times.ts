const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const pad = (value: number): string => String(value).padStart(2, '0')

/** How far the shown clock is ahead of UTC at that instant, in milliseconds. */
export function offsetMs(atMs: number, isUtc: boolean): number {
  return isUtc ? 0 : -new Date(atMs).getTimezoneOffset() * minuteMs
}

// The UTC getters of a shifted date read the shown clock, whichever zone it is in.
const shown = (atMs: number, isUtc: boolean): Date => new Date(atMs + offsetMs(atMs, isUtc))

/** `02:14`. */
export function clockTime(atMs: number, isUtc: boolean): string {
  const at = shown(atMs, isUtc)
  return `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`
}

/** `02:14:07`. */
export function clockTimeWithSeconds(atMs: number, isUtc: boolean): string {
  return `${clockTime(atMs, isUtc)}:${pad(shown(atMs, isUtc).getUTCSeconds())}`
}

/** `23 Nov`. */
export function dayOf(atMs: number, isUtc: boolean): string {
  const at = shown(atMs, isUtc)
  return `${at.getUTCDate()} ${months[at.getUTCMonth()] ?? ''}`
}

/** `23 Nov 2026`. */
export function dateOf(atMs: number, isUtc: boolean): string {
  return `${dayOf(atMs, isUtc)} ${shown(atMs, isUtc).getUTCFullYear()}`
}

/** `02:14`, or `22 Nov 02:14` when that is not the day of `nowMs`. */
export function momentTime(atMs: number, nowMs: number, isUtc: boolean): string {
  const time = clockTime(atMs, isUtc)
  return dayOf(atMs, isUtc) === dayOf(nowMs, isUtc) ? time : `${dayOf(atMs, isUtc)} ${time}`
}

/** `UTC`, `UTC+1` or `UTC−3:30`. */
export function zoneName(atMs: number, isUtc: boolean): string {
  const minutes = offsetMs(atMs, isUtc) / minuteMs
  if (minutes === 0) return 'UTC'
  const size = Math.abs(minutes)
  const rest = size % 60
  return `UTC${minutes > 0 ? '+' : '−'}${Math.floor(size / 60)}${rest === 0 ? '' : `:${pad(rest)}`}`
}

/** `23 Nov 2026 02:14:07 UTC+1`: the exact value behind every rounded time. */
export function exactTime(atMs: number, isUtc: boolean): string {
  return `${dateOf(atMs, isUtc)} ${clockTimeWithSeconds(atMs, isUtc)} ${zoneName(atMs, isUtc)}`
}

/**
 * `4 s`, `3 min`, `1 h 4 min`, `2 d 3 h`. Rounded down, and never below one second: two clocks that differ by a
 * breath must not read as `0 s` or worse.
 */
export function duration(spanMs: number): string {
  if (spanMs < minuteMs) return `${Math.max(1, Math.floor(spanMs / 1000))} s`
  if (spanMs < hourMs) return `${Math.floor(spanMs / minuteMs)} min`
  if (spanMs < dayMs) return joined(spanMs, hourMs, 'h', minuteMs, 'min')
  return joined(spanMs, dayMs, 'd', hourMs, 'h')
}

function joined(spanMs: number, bigMs: number, big: string, smallMs: number, small: string): string {
  const rest = Math.floor((spanMs % bigMs) / smallMs)
  return `${Math.floor(spanMs / bigMs)} ${big}${rest === 0 ? '' : ` ${rest} ${small}`}`
}

/** `4 s ago`. */
export function ago(atMs: number, nowMs: number): string {
  return `${duration(nowMs - atMs)} ago`
}
