import type { Fault } from '../contract/fault.ts'

/** What a feed shows: its state now, and what changes from now on. The bridge does the rest. */
export interface LiveView<Snapshot, Delta> {
  /** Complete and cheap: asked again whenever a slow page must be brought up to date. Throws a `Failure` when gone. */
  snapshot(): Snapshot
  /** Calls `push` for every change until the returned function is called, or until it called `end`. */
  subscribe(push: (delta: Delta) => void, end: (fault: Fault | null) => void): () => void
}

/** Tells its listeners, in the order they came. */
export class Topic<Value> {
  readonly #listeners = new Set<(value: Value) => void>()

  publish(value: Value): void {
    for (const listener of [...this.#listeners]) listener(value)
  }

  subscribe(listener: (value: Value) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
