/** Keeps what was decoded last, up to a size; the oldest unused goes first. */
export class DecodedCache {
  readonly #maxBytes: number
  readonly #kept = new Map<string, { readonly value: object; readonly bytes: number }>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** What was kept under `key`, or what `make` gives; `bytesOf` says how much room it takes. */
  get<Value extends object>(key: string, make: () => Value, bytesOf: (value: Value) => number): Value {
    const known = this.#kept.get(key)
    if (known !== undefined) {
      this.#kept.delete(key)
      this.#kept.set(key, known)
      // Keys name what they are of: a key is only ever used with one kind of value.
      return known.value as Value
    }
    const value = make()
    this.#put(key, value, bytesOf(value))
    return value
  }

  /** Forgets everything whose key begins like this. */
  drop(prefix: string): void {
    for (const [key, { bytes }] of this.#kept) {
      if (!key.startsWith(prefix)) continue
      this.#kept.delete(key)
      this.#bytes -= bytes
    }
  }

  #put(key: string, value: object, bytes: number): void {
    this.#kept.set(key, { value, bytes })
    this.#bytes += bytes
    for (const [oldest, { bytes: freed }] of this.#kept) {
      if (this.#bytes <= this.#maxBytes || oldest === key) break
      this.#kept.delete(oldest)
      this.#bytes -= freed
    }
  }
}
