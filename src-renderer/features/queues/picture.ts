import type { HistoryArgs, HistoryRange, Unwatched } from '../../../src-main/contract/history.ts'
import type { Mark } from '../../../src-main/contract/marks.ts'
import type { SweepRow } from '../../../src-main/contract/queues.ts'
import type { SeriesName } from '../../../src-main/contract/series.ts'
import { append, curveOf, forget, type Curve } from '../../parts/chart/curve.ts'

/** A range of some series as main answered it, and what came since. */
export interface Picture {
  readonly asked: HistoryArgs
  /** As in `HistoryRange`. */
  readonly stepMs: number
  /** They grow in place: a picture is a new object for each growth, its curves are the same. */
  readonly curves: ReadonlyMap<SeriesName, Curve>
  readonly unwatched: readonly Unwatched[]
  readonly marks: readonly Mark[]
  /** Of the newest sample; `null` without any. */
  readonly newestMs: number | null
  /** Whether it moves on with the present; otherwise it stays where it was asked for. */
  readonly isFollowing: boolean
}

export function pictureOf(asked: HistoryArgs, range: HistoryRange, isFollowing: boolean): Picture {
  const newest = range.series.flatMap(({ atMs }) => atMs.at(-1) ?? [])
  return {
    asked,
    stepMs: range.stepMs,
    curves: new Map(range.series.map((columns) => [columns.series, curveOf(columns, range.unwatched)])),
    unwatched: range.unwatched,
    marks: range.marks,
    newestMs: newest.length === 0 ? null : Math.max(...newest),
    isFollowing
  }
}

/**
 * The picture with some rows more. One that follows the present forgets what falls out at its start; another takes
 * what lies within its range.
 */
export function withRows(picture: Picture, rows: readonly SweepRow[]): Picture {
  const fitting = picture.isFollowing ? rows : rows.filter(({ atMs }) => atMs < picture.asked.toMs)
  const newest = fitting.at(-1)
  if (newest === undefined) return picture
  const spanMs = picture.asked.toMs - picture.asked.fromMs
  for (const row of fitting) {
    for (const [queue, depth] of Object.entries(row.depths)) {
      const curve = picture.curves.get(`depth/${queue}`)
      if (curve !== undefined) append(curve, row.atMs, depth, picture.stepMs)
    }
  }
  if (picture.isFollowing) {
    for (const curve of picture.curves.values()) forget(curve, newest.atMs - spanMs)
  }
  return { ...picture, newestMs: Math.max(picture.newestMs ?? 0, newest.atMs) }
}

/** A picture of nothing, for a range that main could not answer: what comes from now on is drawn all the same. */
export function emptyPicture(asked: HistoryArgs, isFollowing: boolean): Picture {
  const nothing = new Float64Array(0)
  const columns = { atMs: nothing, min: nothing, max: nothing, last: nothing }
  const series = asked.series.map((name) => ({ series: name, ...columns }))
  return pictureOf(asked, { ...asked, stepMs: 0, series, unwatched: [], marks: [] }, isFollowing)
}
