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
