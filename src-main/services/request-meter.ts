const windowMs = 60_000

/** Counts what is put on a server: requests over the last minute, and writes since the app started. */
export class RequestMeter {
  readonly #sentAtMs: number[] = []
  /** The first that is within the window, as far as anybody looked. */
  #first = 0
  #writes = 0

  /** `nowMs` must not go back. */
  count(method: string, nowMs: number): void {
    this.#sentAtMs.push(nowMs)
    this.#forget(nowMs)
    if (method !== 'GET') this.#writes++
  }

  perMinute(nowMs: number): number {
    this.#forget(nowMs)
    return this.#sentAtMs.length - this.#first
  }

  get writes(): number {
    return this.#writes
  }

  /** Cut in chunks: dropping one from the front for each request would move the whole array each time. */
  #forget(nowMs: number): void {
    while ((this.#sentAtMs[this.#first] ?? Infinity) <= nowMs - windowMs) this.#first++
    if (this.#first < 256) return
    this.#sentAtMs.splice(0, this.#first)
    this.#first = 0
  }
}
