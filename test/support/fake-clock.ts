import type { Clock } from '../../src-main/services/ports.ts'

interface Timer {
  readonly dueMs: number
  readonly act: () => void
}

/** A clock that moves only when told; timers fire in order, each at its own time. */
export class FakeClock implements Clock {
  #nowMs: number
  #monotonicMs = 0
  readonly #timers = new Set<Timer>()

  constructor(startMs = Date.UTC(2026, 10, 24, 2, 14)) {
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs
  }

  monotonicMs(): number {
    return this.#monotonicMs
  }

  after(delayMs: number, act: () => void): () => void {
    const timer = { dueMs: this.#monotonicMs + delayMs, act }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Moves on by `ms`, letting what the timers start settle in between. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#monotonicMs + ms
    for (;;) {
      await settled()
      const next = [...this.#timers].sort((a, b) => a.dueMs - b.dueMs)[0]
      if (next === undefined || next.dueMs > untilMs) break
      this.#timers.delete(next)
      this.#moveTo(Math.max(next.dueMs, this.#monotonicMs))
      next.act()
    }
    this.#moveTo(untilMs)
    await settled()
  }

  /** Moves on without firing anything, as a sleeping machine does. */
  sleep(ms: number): void {
    this.#moveTo(this.#monotonicMs + ms)
  }

  #moveTo(monotonicMs: number): void {
    this.#nowMs += monotonicMs - this.#monotonicMs
    this.#monotonicMs = monotonicMs
  }
}

/** Lets pending promises and immediate callbacks run. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}
