/** Collects what is wrong with a form; the first sentence about a field stands. */
export class Refusals<Field extends string> {
  readonly #found: Partial<Record<Field, string>> = {}
  #isEmpty = true

  add(field: Field, sentence: string): void {
    this.#found[field] ??= sentence
    this.#isEmpty = false
  }

  /** `null` while nothing is wrong. */
  get faults(): Readonly<Partial<Record<Field, string>>> | null {
    return this.#isEmpty ? null : this.#found
  }
}
