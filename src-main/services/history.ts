import type { HistoryArgs, HistoryRange } from '../contract/history.ts'
import type { SweepRow } from '../contract/queues.ts'

/** What was seen of a server's queues, oldest first. */
export interface History {
  append(serverId: string, rows: readonly SweepRow[]): void
  /** All rows with `fromMs <= atMs`. */
  since(serverId: string, fromMs: number): readonly SweepRow[]
  last(serverId: string): SweepRow | undefined
  forget(serverId: string): void
}

/** Keeps the newest `capacity` rows of each server in memory: an hour at the default cadence needs 360. */
export class RingHistory implements History {
  readonly #capacity: number
  readonly #rows = new Map<string, SweepRow[]>()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  append(serverId: string, rows: readonly SweepRow[]): void {
    const kept = this.#rows.get(serverId) ?? []
    kept.push(...rows)
    // Cut in chunks: dropping one row from the front at every sweep would move the whole array each time.
    if (kept.length > this.#capacity * 1.25) kept.splice(0, kept.length - this.#capacity)
    this.#rows.set(serverId, kept)
  }

  since(serverId: string, fromMs: number): readonly SweepRow[] {
    return (this.#rows.get(serverId) ?? []).filter((row) => row.atMs >= fromMs)
  }

  last(serverId: string): SweepRow | undefined {
    return this.#rows.get(serverId)?.at(-1)
  }

  forget(serverId: string): void {
    this.#rows.delete(serverId)
  }
}

/** The depths among the rows kept, as they came. */
export function queryRows(history: History, { serverId, series, fromMs, toMs }: HistoryArgs): HistoryRange {
  const rows = history.since(serverId, fromMs).filter(({ atMs }) => atMs < toMs)
  return {
    serverId,
    fromMs,
    toMs,
    stepMs: 0,
    series: series.map((name) => {
      const queue = name.startsWith('depth/') ? name.slice('depth/'.length) : ''
      const known = rows.filter(({ depths }) => queue in depths)
      const values = Float64Array.from(known, ({ depths }) => depths[queue] ?? NaN)
      const atMs = Float64Array.from(known, (row) => row.atMs)
      return { series: name, atMs, min: values, max: values, last: values }
    }),
    unwatched: [],
    marks: []
  }
}
