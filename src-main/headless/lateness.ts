/** How long after their due times runs start, by lane. */
export class Lateness {
  readonly #byLane = new Map<string, number[]>()

  add(lane: string, lateMs: number): void {
    const known = this.#byLane.get(lane)
    if (known === undefined) this.#byLane.set(lane, [lateMs])
    else known.push(lateMs)
  }

  /** Begins anew: the start of many servers is no measure of their watching. */
  forget(): void {
    this.#byLane.clear()
  }

  /** In milliseconds; `all` is over all lanes. */
  quantiles(): Readonly<
    Record<string, { readonly runs: number; readonly p50: number; readonly p99: number; readonly max: number }>
  > {
    const all = [...this.#byLane.values()].flat()
    const lanes = [...this.#byLane, ['all', all] as const]
    return Object.fromEntries(
      lanes.map(([lane, late]) => {
        const sorted = late.toSorted((a, b) => a - b)
        const at = (share: number): number =>
          sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
        return [lane, { runs: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 }]
      })
    )
  }
}
