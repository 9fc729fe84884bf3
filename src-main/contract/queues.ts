import type { Fault } from './fault.ts'
import type { Level } from './health.ts'

/** The twelve queues whose depth Appwrite 1.5 tells, as in `/health/queue/{name}`. */
export const queueNames = [
  'builds',
  'certificates',
  'databases',
  'deletes',
  'functions',
  'logs',
  'mails',
  'messaging',
  'migrations',
  'usage',
  'usage-dump',
  'webhooks'
] as const
export type QueueName = (typeof queueNames)[number]

/** Appwrite's own default: at this depth its health endpoint answers 503. */
export const defaultThreshold = 5000

export const rangesMs = { '15 m': 900_000, '1 h': 3_600_000 } as const
export type RangeMs = (typeof rangesMs)[keyof typeof rangesMs]

export interface QueuesArgs {
  readonly serverId: string
  readonly rangeMs: RangeMs
}

/** One sweep over all queues. `depths` follows `queueNames`; `null` is a gap: nobody knows the depth. */
export interface SweepRow {
  readonly atMs: number
  readonly depths: readonly (number | null)[]
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
  /** Why the depth is not known. */
  readonly fault: Fault | null
}

export interface QueuesSnapshot {
  readonly serverId: string
  readonly rangeMs: number
  /** Distance of two sweeps while the server answers. */
  readonly intervalMs: number
  readonly queues: readonly QueueState[]
  /** Oldest first, holes marked by a row of nulls. */
  readonly rows: readonly SweepRow[]
}

export interface QueuesDelta {
  readonly queues: readonly QueueState[]
  /** New rows, newer than all before; may be empty when only states changed. */
  readonly rows: readonly SweepRow[]
}
