import type { CheckId, Level } from '../contract/health.ts'
import type { SweepRow } from '../contract/queues.ts'
import type { Sample } from '../contract/series.ts'
import { daysLeft, type Finding } from './checks.ts'
import type { Reach } from './reach.ts'

/** The depths of a sweep, one sample a queue that was asked. */
export function depthSamples({ atMs, depths }: SweepRow): readonly Sample[] {
  return Object.entries(depths).map(([queue, value]) => ({ series: `depth/${queue}`, atMs, value }))
}

/** What a check's answer is in the history; of one that is not offered there is nothing to keep. */
export function findingSamples(check: CheckId, found: Finding, atMs: number): readonly Sample[] {
  if (found.level === 'not-offered') return []
  const samples: Sample[] = [
    { series: `latency/${check}`, atMs, value: found.latencyMs },
    { series: `level/${check}`, atMs, value: levelValue(found.level) }
  ]
  if (check === 'time') samples.push({ series: 'drift/time', atMs, value: found.driftMs })
  if (check.startsWith('certificate/')) {
    const value = found.certificate === null ? null : daysLeft(found.certificate.validToMs, atMs)
    samples.push({ series: `days/${check.slice('certificate/'.length)}`, atMs, value })
  }
  return samples
}

/** The server itself: 0 up, 2 down; whether one that refuses every key or cannot be looked for is up, nobody knows. */
export function reachSample(reach: Reach, atMs: number): Sample {
  const value = reach.kind === 'up' ? 0 : reach.kind === 'lost' && reach.state === 'down' ? 2 : null
  return { series: 'level/server', atMs, value }
}

/**
 * The gap to write before a sample: a hole longer than two and a half intervals (sleep, a closed app) is marked after
 * the last value, so that no chart draws a line across time nobody watched.
 */
export function gapBefore(previous: Sample | undefined, next: Sample, everyMs: number): Sample | null {
  if (previous === undefined || previous.value === null) return null
  if (next.atMs - previous.atMs <= everyMs * 2.5) return null
  return { series: next.series, atMs: previous.atMs + everyMs, value: null }
}

function levelValue(level: Level): number | null {
  if (level === 'ok') return 0
  return level === 'warning' ? 1 : level === 'critical' ? 2 : null
}
