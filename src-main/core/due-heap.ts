interface Entry<Item> {
  readonly dueMs: number
  readonly item: Item
}

/** A binary heap of things by due time, earliest first; equal times leave in any order. A thing is in it at most once. */
export class DueHeap<Item> {
  readonly #entries: Entry<Item>[] = []
  /** Where each item stands, so that taking one out needs no search. */
  readonly #places = new Map<Item, number>()

  get size(): number {
    return this.#entries.length
  }

  get earliestMs(): number | null {
    return this.#entries[0]?.dueMs ?? null
  }

  /** When the item is due; `null` while it is not in here. */
  dueMs(item: Item): number | null {
    const index = this.#places.get(item)
    return index === undefined ? null : this.#dueAt(index)
  }

  /** Adds the item, or moves it when it is there already. */
  push(dueMs: number, item: Item): void {
    this.remove(item)
    this.#put(this.#entries.length, { dueMs, item })
    this.#rise(this.#entries.length - 1)
  }

  /** Takes out the earliest item if it is due at `nowMs`. */
  popDue(nowMs: number): Entry<Item> | null {
    const first = this.#entries[0]
    if (first === undefined || first.dueMs > nowMs) return null
    this.#takeAt(0)
    return first
  }

  remove(item: Item): void {
    const index = this.#places.get(item)
    if (index !== undefined) this.#takeAt(index)
  }

  /** All there is, in no order; later changes do not show in it. */
  entries(): readonly Entry<Item>[] {
    return [...this.#entries]
  }

  #takeAt(index: number): void {
    const taken = this.#entries[index]
    if (taken !== undefined) this.#places.delete(taken.item)
    const last = this.#entries.pop()
    if (last === undefined || index === this.#entries.length) return
    this.#put(index, last)
    this.#sink(index)
    this.#rise(index)
  }

  #put(index: number, entry: Entry<Item>): void {
    this.#entries[index] = entry
    this.#places.set(entry.item, index)
  }

  #dueAt(index: number): number {
    return this.#entries[index]?.dueMs ?? Infinity
  }

  #swap(a: number, b: number): void {
    const first = this.#entries[a]
    const second = this.#entries[b]
    if (first === undefined || second === undefined) return
    this.#put(a, second)
    this.#put(b, first)
  }

  #rise(from: number): void {
    let index = from
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (this.#dueAt(parent) <= this.#dueAt(index)) return
      this.#swap(parent, index)
      index = parent
    }
  }

  #sink(from: number): void {
    let index = from
    for (;;) {
      const left = index * 2 + 1
      const smaller = this.#dueAt(left + 1) < this.#dueAt(left) ? left + 1 : left
      if (this.#dueAt(smaller) >= this.#dueAt(index)) return
      this.#swap(smaller, index)
      index = smaller
    }
  }
}
