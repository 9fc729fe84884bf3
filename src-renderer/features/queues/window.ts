/** A stretch of the time axis, in wall time. */
export interface Window {
  readonly fromMs: number
  readonly toMs: number
}

/** The most and the least a window may be moved or zoomed to. */
export interface Bounds {
  readonly earliestMs: number
  /** The end of the axis: there is nothing to see beyond it. */
  readonly latestMs: number
}

/** Closer than this there is nothing more to see: sweeps are seconds apart. */
const shortestMs = 60_000

/** The window held within its bounds: it is moved before it is cut. */
export function held({ fromMs, toMs }: Window, { earliestMs, latestMs }: Bounds): Window {
  const spanMs = Math.min(Math.max(toMs - fromMs, shortestMs), latestMs - earliestMs)
  // A window too short grows about its middle.
  const startMs = toMs - fromMs < shortestMs ? (fromMs + toMs - spanMs) / 2 : fromMs
  const firstMs = Math.min(Math.max(startMs, earliestMs), latestMs - spanMs)
  return { fromMs: firstMs, toMs: firstMs + spanMs }
}

/** The window `factor` times as long (below one is closer), with `aboutMs` staying where it is on the axis. */
export function zoomed({ fromMs, toMs }: Window, factor: number, aboutMs: number, bounds: Bounds): Window {
  const spanMs = Math.max((toMs - fromMs) * factor, shortestMs)
  const share = (aboutMs - fromMs) / (toMs - fromMs)
  const startMs = aboutMs - share * spanMs
  return held({ fromMs: startMs, toMs: startMs + spanMs }, bounds)
}

/** The window moved by a share of its length; negative is back in time. */
export function panned({ fromMs, toMs }: Window, share: number, bounds: Bounds): Window {
  const byMs = (toMs - fromMs) * share
  return held({ fromMs: fromMs + byMs, toMs: toMs + byMs }, bounds)
}

/** What was brushed, from either side; `null` for what was but a click. */
export function brushed(oneMs: number, otherMs: number, leastMs: number, bounds: Bounds): Window | null {
  if (Math.abs(otherMs - oneMs) < leastMs) return null
  return held({ fromMs: Math.min(oneMs, otherMs), toMs: Math.max(oneMs, otherMs) }, bounds)
}

/** How much a turn of the wheel zooms: a notch is a fifth, a pinch is many small turns. */
export function wheelFactor(deltaY: number): number {
  return Math.exp(Math.min(Math.max(deltaY, -120), 120) * 0.002)
}
