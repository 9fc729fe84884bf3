import type { Severity } from '../../contract/alerts.ts'

/** How often an alert came and went of late. */
export interface Flaps {
  /** When it fired or got worse, within the last quarter of an hour. */
  readonly starts: readonly number[]
  /** Since when it counts as flapping; `null` while it does not. */
  readonly sinceMs: number | null
  /** What its levels said last. */
  readonly lastLevels: Severity | null
}

export const noFlaps: Flaps = { starts: [], sinceMs: null, lastLevels: null }

/** So many starts within so long are flapping; it ends once there was none for `calmMs`. */
const mostStarts = 3
const withinMs = 900_000
const calmMs = 600_000

/** With one more start. */
export function flapped(flaps: Flaps, atMs: number, lastLevels: Severity | null): Flaps {
  const starts = [...flaps.starts.filter((ms) => atMs - ms < withinMs), atMs]
  return { starts, sinceMs: flaps.sinceMs ?? (starts.length >= mostStarts ? atMs : null), lastLevels }
}

/** Without what is too long ago to count. */
export function calmed(flaps: Flaps, atMs: number): Flaps {
  const { starts, sinceMs } = flaps
  const newest = starts.at(-1)
  if (newest === undefined) return flaps
  if (sinceMs !== null && atMs - newest >= calmMs) return { ...flaps, starts: [], sinceMs: null }
  if (atMs - (starts[0] ?? atMs) < withinMs) return flaps
  return { ...flaps, starts: starts.filter((ms) => atMs - ms < withinMs) }
}
