import type { Retention } from '../../contract/settings.ts'
import { dayMs, minuteMs } from './buckets.ts'
import type { Resolution } from './resolution.ts'

/** The moment before which nothing of a resolution is kept. */
export function keptSince(resolution: Resolution, retention: Retention, nowMs: number): number {
  const days =
    resolution === 0 ? retention.rawDays : resolution === minuteMs ? retention.minuteDays : retention.restDays
  return nowMs - days * dayMs
}

/** What goes first when a file is larger than it may be: samples as they came, then minutes; the rest is small. */
export const firstToGo = [0, minuteMs] as const satisfies readonly Resolution[]
