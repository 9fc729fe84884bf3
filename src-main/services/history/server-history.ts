import type {
  HistoryArgs,
  HistoryRange,
  HistoryTrouble,
  SeriesColumns,
  Unwatched,
  Uptime,
  UptimeArgs
} from '../../contract/history.ts'
import type { Mark } from '../../contract/marks.ts'
import type { Sample, SeriesName } from '../../contract/series.ts'
import type { Retention } from '../../contract/settings.ts'
import {
  bucketsOf,
  bucketsWithin,
  inSuccession,
  merged,
  minuteMs,
  quarterMs,
  type Buckets,
  type BucketStep
} from '../../core/history/buckets.ts'
import { valueLimit } from '../../core/history/bytes.ts'
import { entriesOfBuckets, entriesOfSamples, inARow, reduced, type Entries } from '../../core/history/entries.ts'
import { partsOf, resolutionFor, type Resolution } from '../../core/history/resolution.ts'
import { firstToGo, keptSince } from '../../core/history/retention.ts'
import { joined, within, type SampleColumns } from '../../core/history/samples.ts'
import { uptimeOf } from '../../core/history/uptime.ts'
import { blockMs, blockOf, graceMs, spanMs } from './blocks.ts'
import { HistoryFile } from './file.ts'
import { Hot } from './hot.ts'
import { keepable, type HotSample } from './hot-row.ts'
import { sealBlock } from './sealing.ts'

const troubles = {
  full: 'The disk takes no more. Standby goes on watching and keeps what it sees in memory; free some space.',
  damaged: 'A part of the history was damaged on the disk and is left out. The rest is shown.'
} as const

/** Rows that wait for room on the disk: a day of sweeps every 10 s. */
const waitingLimit = 8_640

/** The history of one server: what is hot in memory and in rows of the file, what is sealed in its segments. */
export class ServerHistory {
  readonly serverId: string
  readonly #hot = new Hot()
  readonly #file: HistoryFile
  readonly #onTrouble: (trouble: HistoryTrouble | null) => void
  #waiting: (readonly HotSample[])[] = []
  #trouble: HistoryTrouble | null
  #isClosed = false

  /** `trouble` is what opening the file met. Throws libsql's errors. */
  constructor(
    serverId: string,
    file: HistoryFile,
    trouble: HistoryTrouble | null,
    onTrouble: (trouble: HistoryTrouble | null) => void
  ) {
    this.serverId = serverId
    this.#file = file
    this.#trouble = trouble
    this.#onTrouble = onTrouble
    file.onDamage(() => this.#say(this.#trouble ?? { kind: 'damaged', message: troubles.damaged }))
    for (const { series, atMs, value } of file.hotSamples()) this.#hot.push(series, atMs, value)
  }

  get isInMemory(): boolean {
    return this.#file.isInMemory
  }

  get trouble(): HistoryTrouble | null {
    return this.#trouble
  }

  append(samples: readonly Sample[]): void {
    const kept = samples.map((sample) => keepable(sample, valueLimit))
    this.#waiting.push(kept)
    this.#store()
    // Last: whoever goes on with another file after a failure appends the same samples there.
    for (const { series, atMs, value } of kept) this.#hot.push(series, atMs, value)
  }

  /** The samples that are not sealed, for a file that takes the place of this one. */
  hotSamples(): readonly HotSample[] {
    return this.#hot
      .blocks()
      .flatMap((block) =>
        [...this.#hot.snapshot(block)].flatMap(([series, { atMs, values }]) =>
          Array.from(atMs, (time, index) => ({ series, atMs: time, value: values[index] ?? NaN }))
        )
      )
  }

  unwatched(span: Unwatched): void {
    this.#file.addUnwatched(span)
  }

  mark(mark: Mark): void {
    this.#file.addMark(mark)
  }

  samples(series: SeriesName, fromMs: number): readonly Sample[] {
    const { atMs, values } = this.#samples(series, fromMs, Infinity)
    return Array.from(atMs, (time, index) => {
      const value = values[index] ?? NaN
      return { series, atMs: time, value: Number.isNaN(value) ? null : value }
    })
  }

  query({ serverId, series, fromMs, toMs, points }: HistoryArgs): HistoryRange {
    const wanted = resolutionFor(toMs - fromMs, points)
    const parts = partsOf(wanted, fromMs, toMs, (resolution) => this.#file.droppedUntil(resolution))
    const coarsestMs = Math.max(...parts.map(({ resolution }) => resolution))
    let stepMs = coarsestMs
    const columns = series.map((name): SeriesColumns => {
      const all = inARow(parts.map((part) => this.#entries(name, part.resolution, part.fromMs, part.toMs)))
      const [entries, widthMs] = reduced(all, { fromMs, toMs, points, stepMs: Math.max(1, coarsestMs) })
      stepMs = Math.max(stepMs, widthMs)
      return { series: name, ...entries }
    })
    const unwatched = this.#file.unwatched().filter((span) => span.fromMs < toMs && span.toMs > fromMs)
    const marks = this.#file.marks().filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
    return { serverId, fromMs, toMs, stepMs, series: columns, unwatched, marks }
  }

  uptime({ fromMs, toMs, cells }: UptimeArgs): readonly Uptime[] {
    const names = [...this.#names(minuteMs, fromMs, toMs)].filter((name) => name.startsWith('level/')).sort()
    return names.map((name) => {
      const buckets = this.#buckets(minuteMs, name, fromMs, toMs)
      return uptimeOf(name.slice('level/'.length), buckets, fromMs, toMs, cells)
    })
  }

  newestMs(): number | null {
    const hotMs = this.#hot.newestMs()
    const lastBlock = this.#file.segments.starts(0).at(-1)
    if (hotMs !== null || lastBlock === undefined) return hotMs
    const times = this.#file.segments
      .names(0, lastBlock)
      .map((name) => this.#file.segments.samplesAt(lastBlock, name)?.atMs.at(-1) ?? -Infinity)
    return times.length === 0 ? null : Math.max(...times)
  }

  /** When the oldest sample was taken; where only its bucket is left, when that begins. */
  oldestMs(): number | null {
    const { segments } = this.#file
    let oldestMs = Math.min(this.#hot.oldestMs() ?? Infinity, segments.oldestMs(0) ?? Infinity)
    for (const stepMs of [minuteMs, quarterMs] as const) {
      const firstMs = segments.oldestMs(stepMs) ?? Infinity
      // The bucket that the oldest sample lies in begins before it, and would tell of a time when nobody watched.
      if (firstMs + stepMs <= oldestMs) oldestMs = firstMs
    }
    return oldestMs === Infinity ? null : oldestMs
  }

  sizeBytes(): number {
    return this.#file.sizeBytes()
  }

  /** Seals the blocks that are over and drops what is too old or too much, in small steps. */
  async tend(nowMs: number, retention: Retention, rest: () => Promise<void>): Promise<void> {
    this.#store()
    for (const block of this.#hot.blocks()) {
      if (block + blockMs + graceMs > nowMs || this.#trouble?.kind === 'full') continue
      const hot = this.#hot.snapshot(block)
      const lastRow = this.#file.lastHotRow()
      const sealed = await sealBlock(this.#file.segments, block, hot, rest)
      if (this.#isClosed) return
      const isWritten = this.#attempt(() => this.#file.seal(block, lastRow, sealed))
      if (isWritten) this.#hot.drop(block, hot)
      await rest()
    }
    if (!this.#isClosed) this.#attempt(() => this.#dropOld(nowMs, retention))
  }

  close(): void {
    this.#isClosed = true
    this.#file.close()
  }

  #dropOld(nowMs: number, retention: Retention): void {
    const { segments } = this.#file
    for (const resolution of [0, minuteMs, 900_000, 86_400_000] as const) {
      const sinceMs = keptSince(resolution, retention, nowMs)
      for (const startMs of [...segments.starts(resolution)]) {
        if (startMs + spanMs(resolution) <= sinceMs) this.#file.drop(resolution, startMs)
      }
    }
    const maxBytes = retention.maxSizeMb * 1_048_576
    for (const resolution of firstToGo) {
      for (const startMs of [...segments.starts(resolution)]) {
        if (this.#file.sizeBytes() <= maxBytes) break
        this.#file.drop(resolution, startMs)
      }
    }
    this.#file.forgetNotesBefore(keptSince(86_400_000, retention, nowMs))
    this.#file.shrink()
  }

  /** Writes what waits; on a full disk it waits on, and the oldest of too many is given up. */
  #store(): void {
    while (this.#waiting[0] !== undefined) {
      const rows = this.#waiting[0]
      if (!this.#attempt(() => this.#file.append(rows))) break
      this.#waiting.shift()
    }
    if (this.#waiting.length > waitingLimit) this.#waiting.shift()
  }

  /** Whether it could be done; a full disk is said, and said to be over. Any other error is the caller's. */
  #attempt(act: () => void): boolean {
    try {
      act()
      if (this.#trouble?.kind === 'full') this.#say(null)
      return true
    } catch (thrown) {
      if (HistoryFile.meaningOf(thrown) !== 'full') throw thrown
      if (this.#trouble?.kind !== 'full') this.#say({ kind: 'full', message: troubles.full })
      return false
    }
  }

  #say(trouble: HistoryTrouble | null): void {
    this.#trouble = trouble
    this.#onTrouble(trouble)
  }

  #names(stepMs: BucketStep, fromMs: number, toMs: number): ReadonlySet<SeriesName> {
    const { segments } = this.#file
    const sealed = segments
      .starts(stepMs)
      .filter((startMs) => startMs < toMs && startMs + spanMs(stepMs) > fromMs)
      .flatMap((startMs) => segments.names(stepMs, startMs))
    return new Set([...sealed, ...this.#hot.names()])
  }

  #entries(series: SeriesName, resolution: Resolution, fromMs: number, toMs: number): Entries {
    return resolution === 0
      ? entriesOfSamples(this.#samples(series, fromMs, toMs))
      : entriesOfBuckets(this.#buckets(resolution, series, fromMs, toMs))
  }

  #samples(series: SeriesName, fromMs: number, toMs: number): SampleColumns {
    const parts = [...this.#file.segments.samples(series, fromMs, toMs), ...this.#hotColumns(series, fromMs, toMs)]
    return joined(parts.map((part) => within(part, fromMs, toMs)))
  }

  #buckets(stepMs: BucketStep, series: SeriesName, fromMs: number, toMs: number): Buckets {
    const sealed = inSuccession(this.#file.segments.buckets(stepMs, series, fromMs, toMs))
    const hot = this.#hotColumns(series, fromMs, toMs).map((columns) => bucketsOf(columns, stepMs))
    const all = hot.reduce((sum, buckets) => merged(sum, buckets), sealed)
    return bucketsWithin(all, fromMs - stepMs + 1, toMs)
  }

  #hotColumns(series: SeriesName, fromMs: number, toMs: number): readonly SampleColumns[] {
    return this.#hot
      .blocks()
      .filter((block) => block < toMs && block >= blockOf(fromMs))
      .flatMap((block) => this.#hot.columns(block, series) ?? [])
  }
}
