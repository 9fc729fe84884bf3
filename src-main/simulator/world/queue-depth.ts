import { calmDepth } from './calm-depth.ts'
import { activeMinutes } from './daily-shape.ts'
import { profiles, type Queue } from './queue-profiles.ts'
import type { Span, Trouble } from './troubles.ts'

const minuteMs = 60_000
/** However many jobs piled up, the workers are through with them within this time. */
const longestDrainMinutes = 15

type QueueTrouble = Extract<Trouble, { queue: Queue }>

interface QueueSpan {
  readonly trouble: QueueTrouble
  readonly fromMs: number
  readonly toMs: number
}

function spansOf(queue: Queue, spans: readonly Span[], atMs: number): QueueSpan[] {
  const found: QueueSpan[] = []
  for (const { trouble, fromMs, toMs } of spans) {
    if (!('queue' in trouble) || trouble.queue !== queue || fromMs > atMs) continue
    found.push({ trouble, fromMs, toMs: toMs ?? Infinity })
  }
  return found
}

/** Waiting jobs of a queue at any time, past ones too, from the seed and the troubles up to then. */
export function queueDepth(seed: number, queue: Queue, spans: readonly Span[], atMs: number): number {
  const own = spansOf(queue, spans, atMs)
  if (own.length === 0) return Math.floor(calmDepth(seed, queue, atMs))
  const { arrivalsPerMinute, drainPerMinute, peakHour } = profiles[queue]
  const turns = [...new Set(own.flatMap((span) => [span.fromMs, span.toMs]).filter((ms) => ms <= atMs))]
  turns.sort((a, b) => a - b)

  let backlog = 0
  // Nobody works off the calm part either while the worker stands still: it stays as it was found.
  let held: number | null = null
  for (const [at, fromMs] of turns.entries()) {
    const toMs = turns[at + 1] ?? atMs
    const minutes = (toMs - fromMs) / minuteMs
    // One undone before it began, after the clock was set back, never stands.
    const standing = own.filter((span) => span.fromMs <= fromMs && span.toMs > fromMs)
    const isStopped = standing.some(
      ({ trouble }) => trouble.kind === 'stop-worker' || trouble.kind === 'silent-consumer'
    )
    for (const { trouble, fromMs: startMs } of standing) {
      if (trouble.kind !== 'flood') continue
      if ('perMinute' in trouble) backlog += trouble.perMinute * minutes
      else if (startMs === fromMs) backlog += trouble.jobs
    }
    if (isStopped) {
      held ??= calmDepth(seed, queue, fromMs)
      backlog += arrivalsPerMinute * activeMinutes(fromMs, toMs, peakHour)
    } else if (held !== null) {
      backlog = Math.max(0, backlog + held - calmDepth(seed, queue, fromMs))
      held = null
    }
    if (standing.length === 0) {
      const pace = Math.max(drainPerMinute, backlog / longestDrainMinutes)
      backlog = Math.max(0, backlog - pace * minutes)
    }
  }
  return Math.floor((held ?? calmDepth(seed, queue, atMs)) + backlog)
}
