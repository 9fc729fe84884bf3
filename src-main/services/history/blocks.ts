import { dayMs, floorTo, minuteMs, quarterMs } from '../../core/history/buckets.ts'
import type { Resolution } from '../../core/history/resolution.ts'

/** Samples are sealed in blocks of six hours, aligned to UTC. */
export const blockMs = 6 * 3_600_000

/** A block is sealed this long after its end: what was on its way has arrived. */
export const graceMs = 10 * 60_000

export const blockOf = (atMs: number): number => floorTo(atMs, blockMs)

/** How much time one segment of a resolution spans: enough for its compression to pay, little enough to read one whole. */
export function spanMs(resolution: Resolution): number {
  switch (resolution) {
    case 0:
      return blockMs
    case minuteMs:
      return dayMs
    case quarterMs:
      return 8 * dayMs
    case dayMs:
      return 256 * dayMs
  }
}
