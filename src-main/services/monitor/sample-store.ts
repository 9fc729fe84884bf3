import type { Unwatched } from '../../contract/history.ts'
import type { Mark } from '../../contract/marks.ts'
import type { Sample, SeriesName } from '../../contract/series.ts'

/** The part of a history that watching a server needs. */
export interface SampleStore {
  /** Keeps samples, oldest first within a series; called once for each round of requests. */
  append(serverId: string, samples: readonly Sample[]): void
  /** Keeps a stretch in which nothing was asked. */
  unwatched(serverId: string, span: Unwatched): void
  /** Keeps something that happened. */
  mark(serverId: string, mark: Mark): void
  /** With `fromMs <= atMs`, oldest first. */
  samples(serverId: string, series: SeriesName, fromMs: number): readonly Sample[]
  /** Of the newest sample of any series. */
  lastAtMs(serverId: string): number | null
}
