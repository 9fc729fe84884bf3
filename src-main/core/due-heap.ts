interface Entry<Item> {
  readonly dueMs: number
  readonly item: Item
}

/** A binary heap of things by due time, earliest first; equal times leave in any order. */
export class DueHeap<Item> {
  readonly #entries: Entry<Item>[] = []

  get size(): number {
    return this.#entries.length
  }

  get earliestMs(): number | null {
    return this.#entries[0]?.dueMs ?? null
  }

  push(dueMs: number, item: Item): void {
    this.#entries.push({ dueMs, item })
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
    const index = this.#entries.findIndex((entry) => entry.item === item)
    if (index >= 0) this.#takeAt(index)
  }

  #takeAt(index: number): void {
    const last = this.#entries.pop()
    if (last === undefined || index === this.#entries.length) return
    this.#entries[index] = last
    this.#sink(index)
    this.#rise(index)
  }

  #dueAt(index: number): number {
    return this.#entries[index]?.dueMs ?? Infinity
  }

  #swap(a: number, b: number): void {
    const first = this.#entries[a]
    const second = this.#entries[b]
    if (first === undefined || second === undefined) return
    this.#entries[a] = second
    this.#entries[b] = first
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
