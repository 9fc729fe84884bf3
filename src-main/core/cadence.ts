import { initialSettings, type Intervals } from '../contract/settings.ts'

/** The intervals that go with one distance of sweeps; the rest keeps its proportion to it. */
export function cadenceFor(sweepMs: number): Intervals {
  const { depthsMs, cheapMs, slowMs, rareMs } = initialSettings.intervals
  const scaled = (ms: number): number => Math.round((ms / depthsMs) * sweepMs)
  return { depthsMs: sweepMs, cheapMs: scaled(cheapMs), slowMs: scaled(slowMs), rareMs: scaled(rareMs) }
}
