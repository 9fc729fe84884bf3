/** One look at both clocks. */
export interface ClockLook {
  /** Wall time. */
  readonly atMs: number
  readonly monotonicMs: number
}

/** A machine that slept, by its clocks. */
export interface Slept {
  readonly fromMs: number
  readonly toMs: number
  /** The part of it that monotonic time does not show: on some systems it stands still. */
  readonly uncountedMs: number
}

/** Later than this after it was due, a look was held up by something other than a busy machine. */
const shortestMs = 20_000

/**
 * Whether the machine slept between two looks that were to be `everyMs` apart. Wall time that went back proves nothing;
 * wall time that went ahead of monotonic time is a sleep, or a clock that was set: either way nobody looked at that time.
 */
export function sleptBetween(before: ClockLook, now: ClockLook, everyMs: number): Slept | null {
  const wallMs = now.atMs - before.atMs
  const monotonicMs = now.monotonicMs - before.monotonicMs
  if (Math.max(wallMs, monotonicMs) - everyMs < shortestMs) return null
  // Set back during a sleep, the wall clock does not tell when it began.
  const fromMs = wallMs > 0 ? before.atMs : now.atMs - monotonicMs
  return { fromMs, toMs: now.atMs, uncountedMs: Math.max(0, wallMs - monotonicMs) }
}
