import { activeMinutes } from './daily-shape.ts'
import { profiles, queues, type Queue } from './queue-profiles.ts'
import { chance, saltOf } from './random.ts'
import type { Span } from './troubles.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** When this server's failed jobs were last retried: the count is cumulative since then. */
const lastRetryMs = Date.UTC(2026, 0, 1)
const failingUnderFlood = 0.02
const failingWithoutDatabase = 0.5

/** Failed jobs a server keeps for a queue; they only ever grow, and faster in trouble. */
export function failedJobs(seed: number, queue: Queue, spans: readonly Span[], atMs: number): number {
  const { failuresPerDay, arrivalsPerMinute, peakHour } = profiles[queue]
  const days = Math.max(0, (atMs - lastRetryMs) / dayMs)
  const perDay = failuresPerDay * (0.7 + 0.6 * chance(seed, saltOf('failed pace'), queues.indexOf(queue)))
  let failed = perDay * days
  for (const { trouble, fromMs, toMs } of spans) {
    const endMs = Math.min(toMs ?? Infinity, atMs)
    if (endMs <= fromMs) continue
    const minutes = (endMs - fromMs) / minuteMs
    // A consumer that takes nothing fails nothing either.
    if (trouble.kind === 'silent-consumer' && trouble.queue === queue) failed -= (perDay * minutes * minuteMs) / dayMs
    if (trouble.kind === 'database-down') {
      failed += failingWithoutDatabase * arrivalsPerMinute * activeMinutes(fromMs, endMs, peakHour)
    } else if (trouble.kind === 'flood' && trouble.queue === queue) {
      failed +=
        failingUnderFlood *
        ('perMinute' in trouble ? trouble.perMinute * minutes : trouble.jobs * Math.min(1, minutes / 10))
    }
  }
  return Math.floor(failed)
}
