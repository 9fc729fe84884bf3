import type { Unwatched } from '../../contract/history.ts'
import type { QueueName, SweepRow } from '../../contract/queues.ts'
import type { Sample, SeriesName } from '../../contract/series.ts'
import { longestBackoffMs } from '../../core/backoff.ts'
import { withGapBefore } from '../../core/queues.ts'
import { depthSamples, gapBefore } from '../../core/samples.ts'
import type { SampleStore } from './sample-store.ts'

/** How far back depths are kept at hand: the Overview's sparklines, trends and forecasts look no further. */
const recentMs = 3_600_000
const spanShownMs = 86_400_000

/**
 * Writes what is learnt of one server into the history, with a gap wherever nobody looked, and keeps the last hour of
 * depths at hand, so that no sweep has to read them back.
 */
export class Recorder {
  readonly #serverId: string
  readonly #store: SampleStore
  readonly #last = new Map<SeriesName, Sample>()
  readonly #recent = new Map<QueueName, Sample[]>()
  #lastRow: SweepRow | undefined
  #span: Unwatched | null = null

  constructor(serverId: string, store: SampleStore) {
    this.#serverId = serverId
    this.#store = store
  }

  /** The last hour of a queue's depth, oldest first. */
  recent(queue: QueueName): readonly Sample[] {
    return this.#recent.get(queue) ?? []
  }

  /** When the last row was written; `null` before the first. */
  get lastRowAtMs(): number | null {
    return this.#lastRow?.atMs ?? null
  }

  /** Takes up where the history ends: what was kept of these queues. */
  seed(queues: readonly QueueName[], nowMs: number): void {
    for (const queue of queues) {
      if (this.#recent.has(queue)) continue
      const kept = this.#store.samples(this.#serverId, `depth/${queue}`, nowMs - recentMs)
      this.#recent.set(queue, [...kept])
    }
    const lasts = queues.flatMap((queue) => this.#recent.get(queue)?.at(-1) ?? [])
    const atMs = Math.max(...lasts.map((last) => last.atMs))
    if (this.#lastRow !== undefined || lasts.length === 0) return
    const depths = lasts
      .filter((last) => last.atMs === atMs)
      .map(({ series, value }) => [series.slice(6), value] as const)
    this.#lastRow = { atMs, depths: Object.fromEntries(depths) }
  }

  /**
   * Keeps a sweep and, with it, how the server is; returns the rows that were written, a gap first where there is one. A
   * lost server is looked at as rarely as its backoff says: no gap in how it is.
   */
  sweep(row: SweepRow, everyMs: number, reach: Sample): readonly SweepRow[] {
    const rows = withGapBefore(this.#lastRow, row, everyMs)
    const samples = rows.flatMap(depthSamples)
    this.#lastRow = row
    for (const sample of samples) this.#remember(sample)
    this.#store.append(this.#serverId, [...samples, ...this.#withGaps([reach], Math.max(everyMs, longestBackoffMs))])
    return rows
  }

  /** Keeps what a round of checks learnt. */
  write(samples: readonly Sample[], everyMs: number): void {
    if (samples.length > 0) this.#store.append(this.#serverId, this.#withGaps(samples, everyMs))
  }

  /** Keeps that nobody watched. */
  unwatched(span: Unwatched): void {
    this.#span = span
    this.#store.unwatched(this.#serverId, span)
  }

  /** The stretch from the last sample of an earlier run of the app, if it is longer than two and a half intervals. */
  unwatchedBefore(nowMs: number, everyMs: number): void {
    const lastMs = this.#store.lastAtMs(this.#serverId)
    if (lastMs === null || nowMs - lastMs <= everyMs * 2.5) return
    this.unwatched({ fromMs: lastMs, toMs: nowMs, reason: 'closed' })
  }

  /** The last stretch of the last day in which nobody watched. */
  lastUnwatched(nowMs: number): Unwatched | null {
    return this.#span !== null && nowMs - this.#span.toMs <= spanShownMs ? this.#span : null
  }

  #withGaps(samples: readonly Sample[], everyMs: number): readonly Sample[] {
    return samples.flatMap((sample) => {
      const gap = gapBefore(this.#last.get(sample.series), sample, everyMs)
      this.#last.set(sample.series, sample)
      return gap === null ? [sample] : [gap, sample]
    })
  }

  #remember(sample: Sample): void {
    const queue = sample.series.slice('depth/'.length)
    const kept = this.#recent.get(queue) ?? []
    // After the wall clock was set back, what lies ahead of it would stand in the way of every later sample.
    while ((kept.at(-1)?.atMs ?? -Infinity) >= sample.atMs) kept.pop()
    kept.push(sample)
    const oldestMs = sample.atMs - recentMs
    // Cut in chunks: dropping one from the front at every sweep would move the whole array each time.
    if ((kept[0]?.atMs ?? Infinity) < oldestMs - recentMs / 4) {
      kept.splice(
        0,
        kept.findIndex(({ atMs }) => atMs >= oldestMs)
      )
    }
    this.#recent.set(queue, kept)
  }
}
