import type { Fault } from './fault.ts'
import type { Forecast } from './forecast.ts'
import type { Level } from './health.ts'

/**
 * A queue by the name its health endpoint has or would have (`functions`, `stats-usage`), or by its name in Redis for one
 * that the user added. Which there are depends on the server's version.
 */
export type QueueName = string

export const queueNameLimit = 128

/** Appwrite's own default: at this depth its health endpoint answers 503. */
export const defaultThreshold = 5000

export interface QueuesArgs {
  readonly serverId: string
}

/** One sweep over all queues; `null` is a gap: nobody knows the depth. A queue that is absent was not asked. */
export interface SweepRow {
  readonly atMs: number
  readonly depths: Readonly<Record<QueueName, number | null>>
}

export interface QueueState {
  readonly queue: QueueName
  readonly level: Level
  /** Waiting jobs at the last sweep; `null` when that sweep got no answer. */
  readonly depth: number | null
  readonly atMs: number | null
  /** Trend over the last five minutes, jobs per minute; `null` with too few samples. */
  readonly changePerMinute: number | null
  readonly threshold: number
  /** Failed jobs kept by the server, cumulative until retried; `null` while unknown. */
  readonly failed: number | null
  /** Where it goes from here; `null` where there is no evidence. */
  readonly forecast: Forecast | null
  /** Why the depth is not known. */
  readonly fault: Fault | null
}

/** How the queues are now; how they were is asked with `history.query`. */
export interface QueuesSnapshot {
  readonly serverId: string
  /** Distance of two sweeps while the server answers. */
  readonly intervalMs: number
  readonly queues: readonly QueueState[]
}

export interface QueuesDelta {
  readonly intervalMs: number
  /** All there are: one that is absent is watched no more. */
  readonly queues: readonly QueueState[]
  /** New rows, newer than all before, a hole marked by a row of nulls; may be empty when only states changed. */
  readonly rows: readonly SweepRow[]
}
