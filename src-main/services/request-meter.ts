const windowMs = 60_000

/** Counts what is put on a server: requests over the last minute, and writes since the app started. */
export class RequestMeter {
  readonly #sentAtMs: number[] = []
  #writes = 0

  /** `nowMs` must not go back. */
  count(method: string, nowMs: number): void {
    this.#sentAtMs.push(nowMs)
    if (method !== 'GET') this.#writes++
  }

  perMinute(nowMs: number): number {
    while (this.#sentAtMs[0] !== undefined && this.#sentAtMs[0] <= nowMs - windowMs) this.#sentAtMs.shift()
    return this.#sentAtMs.length
  }

  get writes(): number {
    return this.#writes
  }
}
