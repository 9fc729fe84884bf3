import type { Mark } from './marks.ts'
import type { SeriesName } from './series.ts'

/** The ranges a chart can show, shortest first. */
export const rangesMs = {
  '15 m': 900_000,
  '1 h': 3_600_000,
  '6 h': 21_600_000,
  '24 h': 86_400_000,
  '7 d': 604_800_000,
  '30 d': 2_592_000_000
} as const
export type RangeMs = (typeof rangesMs)[keyof typeof rangesMs]

/** The most series, and points of each, that one question may ask for. */
export const historyLimits = { series: 64, points: 4000 } as const

export interface HistoryArgs {
  readonly serverId: string
  readonly series: readonly SeriesName[]
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  /** How many points of each series can be told apart on screen: no answer has more entries. */
  readonly points: number
}

/**
 * One series over a range, oldest first; the columns are equally long. An entry is one sample, or stands for several
 * with their lowest, highest and newest value, so that no spike is lost. `NaN` is a gap.
 */
export interface SeriesColumns {
  readonly series: SeriesName
  /** The sample's time, or that of the first sample the entry stands for. */
  readonly atMs: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly last: Float64Array
}

/** Why nobody watched: the machine slept, Standby was closed, or polling was paused. */
export type UnwatchedReason = 'asleep' | 'closed' | 'paused'

/** A stretch in which nothing was asked. */
export interface Unwatched {
  readonly fromMs: number
  readonly toMs: number
  readonly reason: UnwatchedReason
}

export interface HistoryRange {
  readonly serverId: string
  readonly fromMs: number
  readonly toMs: number
  /** What an entry spans at least: 0 for samples as they came, else the width of a bucket. */
  readonly stepMs: number
  /** In the order asked for; a series nobody knows has empty columns. */
  readonly series: readonly SeriesColumns[]
  /** Within the range, oldest first. */
  readonly unwatched: readonly Unwatched[]
  /** Within the range, oldest first. */
  readonly marks: readonly Mark[]
}

export interface UptimeArgs {
  readonly serverId: string
  readonly fromMs: number
  readonly toMs: number
  /** Cells of each strip, 1 to 500. */
  readonly cells: number
}

/** One check over a range, for a strip. */
export interface Uptime {
  /** As in `level/…`. */
  readonly check: string
  /** Share of the watched minutes in which it did not fail, 0 to 1; `null` when none was watched. */
  readonly share: number | null
  /** The worst of each cell: 0 passes, 1 warning, 2 critical, 3 nobody knows. */
  readonly cells: readonly (0 | 1 | 2 | 3)[]
}

export interface ExportArgs {
  readonly serverId: string
  readonly series: readonly SeriesName[]
  readonly fromMs: number
  readonly toMs: number
  readonly format: 'csv' | 'json'
}

/** What keeps the history of a server from being complete, in one sentence with a next step. */
export type HistoryTrouble =
  /** The disk takes no more; polling goes on and is not kept. */
  | { readonly kind: 'full'; readonly message: string }
  /** Parts of the file are damaged and left out. */
  | { readonly kind: 'damaged'; readonly message: string }
  /** The file was damaged and set aside; a new one was begun. */
  | { readonly kind: 'set-aside'; readonly message: string }
  /** It cannot be written or read; kept in memory until Standby closes. */
  | { readonly kind: 'unusable'; readonly message: string }

/** What lies on the disk for one server. */
export interface HistorySize {
  readonly serverId: string
  readonly sizeBytes: number
  /** Of the oldest sample; `null` while there is none. */
  readonly oldestMs: number | null
  readonly trouble: HistoryTrouble | null
}
