import type { HistoryArgs, HistoryRange, Unwatched } from '../contract/history.ts'
import type { Sample, SeriesName } from '../contract/series.ts'
import type { SampleStore } from './monitor/sample-store.ts'

/** Keeps the newest `capacity` samples of each series in memory. */
export class MemoryHistory implements SampleStore {
  readonly #capacity: number
  readonly #servers = new Map<string, Map<SeriesName, Sample[]>>()
  readonly #spans = new Map<string, Unwatched[]>()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  append(serverId: string, samples: readonly Sample[]): void {
    const series = this.#servers.get(serverId) ?? new Map<SeriesName, Sample[]>()
    for (const sample of samples) {
      const kept = series.get(sample.series) ?? []
      kept.push(sample)
      if (kept.length > this.#capacity * 1.25) kept.splice(0, kept.length - this.#capacity)
      series.set(sample.series, kept)
    }
    this.#servers.set(serverId, series)
  }

  unwatched(serverId: string, span: Unwatched): void {
    this.#spans.set(serverId, [...(this.#spans.get(serverId) ?? []), span])
  }

  samples(serverId: string, series: SeriesName, fromMs: number): readonly Sample[] {
    return (this.#servers.get(serverId)?.get(series) ?? []).filter(({ atMs }) => atMs >= fromMs)
  }

  lastAtMs(serverId: string): number | null {
    const lasts = [...(this.#servers.get(serverId)?.values() ?? [])].map((kept) => kept.at(-1)?.atMs ?? -Infinity)
    return lasts.length === 0 ? null : Math.max(...lasts)
  }

  spans(serverId: string): readonly Unwatched[] {
    return this.#spans.get(serverId) ?? []
  }

  forget(serverId: string): void {
    this.#servers.delete(serverId)
    this.#spans.delete(serverId)
  }
}

/** The samples kept, as they came. */
export function queryKept(history: MemoryHistory, { serverId, series, fromMs, toMs }: HistoryArgs): HistoryRange {
  return {
    serverId,
    fromMs,
    toMs,
    stepMs: 0,
    series: series.map((name) => {
      const kept = history.samples(serverId, name, fromMs).filter(({ atMs }) => atMs < toMs)
      const values = Float64Array.from(kept, ({ value }) => value ?? NaN)
      const atMs = Float64Array.from(kept, (sample) => sample.atMs)
      return { series: name, atMs, min: values, max: values, last: values }
    }),
    unwatched: history.spans(serverId).filter((span) => span.toMs > fromMs && span.fromMs < toMs)
  }
}
