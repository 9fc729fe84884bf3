import type { Trend } from '../forecast/trend.ts'
import type { Level } from '../../contract/health.ts'
import type { Reading } from '../reading.ts'

/** A queue over the last hour, oldest first. */
export interface QueueEvidence {
  /** By the name its health endpoint has, as in `serverQueueNames`. */
  readonly queue: string
  readonly threshold: number
  readonly depths: readonly Reading[]
  /** Of these depths. */
  readonly trend: Trend
  /** Failed jobs, cumulative until retried; empty where the server counts none. */
  readonly failed: readonly Reading[]
}

export interface CertificateEvidence {
  readonly domain: string
  /** Who signed it; `null` while unknown. */
  readonly issuer: string | null
  readonly endsMs: number
}

export interface CheckEvidence {
  readonly level: Level
  readonly sinceMs: number
}

/** Executions that ended in one stretch of time. */
export interface ExecutionCounts {
  readonly fromMs: number
  readonly ended: number
  readonly failed: number
}

/** All that is known of one server. */
export interface Evidence {
  readonly nowMs: number
  readonly queues: readonly QueueEvidence[]
  /** How far the time server is ahead of the server's clock, in milliseconds, oldest first. */
  readonly drift: readonly Reading[]
  readonly certificates: readonly CertificateEvidence[]
  readonly checks: readonly CheckEvidence[]
  /** Consecutive stretches, oldest first; `null` where nobody counts them. */
  readonly executions: readonly ExecutionCounts[] | null
}

export interface Known {
  readonly atMs: number
  readonly value: number
}

/** Longer without an answer, and what lies before is not known to be of the same stretch. */
const holeMs = 180_000

/**
 * The known readings since the last stretch nobody watched, oldest first: one that stood still across it may have been
 * anywhere in between. Empty when the newest is older than such a stretch.
 */
export function watched(readings: readonly Reading[], nowMs: number, hole = holeMs): readonly Known[] {
  const reversed: Known[] = []
  let laterMs = nowMs
  for (let i = readings.length - 1; i >= 0; i--) {
    const { atMs = NaN, value = null } = readings[i] ?? {}
    if (value === null || !Number.isFinite(value) || atMs > laterMs) continue
    if (laterMs - atMs > hole) break
    reversed.push({ atMs, value })
    laterMs = atMs
  }
  return reversed.reverse()
}

// Made once: a format costs far more to make than to use.
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const tenths = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })

/** `1,204`, and one digit behind the point below ten. */
export const figure = (value: number): string => (Math.abs(value) < 10 ? tenths : whole).format(value)

/** `4 min`, `2 h 5 min`. */
export function duration(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  if (minutes < 60) return `${minutes} min`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
