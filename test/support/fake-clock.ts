import { DueHeap } from '../../src-main/core/due-heap.ts'
import type { Clock } from '../../src-main/services/ports.ts'

interface Timer {
  readonly act: () => void
}

/** A clock that moves only when told; timers fire in order, each at its own time. */
export class FakeClock implements Clock {
  #nowMs: number
  #monotonicMs = 0
  readonly #timers = new DueHeap<Timer>()

  constructor(startMs = Date.UTC(2026, 10, 24, 2, 14)) {
    this.#nowMs = startMs
  }

  /** Whole milliseconds, as the real one tells them. */
  now(): number {
    return Math.floor(this.#nowMs)
  }

  monotonicMs(): number {
    return this.#monotonicMs
  }

  after(delayMs: number, act: () => void): () => void {
    const timer = { act }
    this.#timers.push(this.#monotonicMs + delayMs, timer)
    return () => this.#timers.remove(timer)
  }

  /** Moves on by `ms`, letting what the timers start settle in between. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#monotonicMs + ms
    await settled()
    for (let due = this.#timers.popDue(untilMs); due !== null; due = this.#timers.popDue(untilMs)) {
      this.#moveTo(Math.max(due.dueMs, this.#monotonicMs))
      due.item.act()
      // One turn is enough for what promises alone carry on; more would be most of the time of a long test.
      await turn()
    }
    this.#moveTo(untilMs)
    await settled()
  }

  /** Moves on without firing anything, as a sleeping machine does; on some systems monotonic time does not count it. */
  sleep(ms: number, countedMs = ms): void {
    this.#moveTo(this.#monotonicMs + countedMs)
    this.#nowMs += ms - countedMs
  }

  /** The wall clock is set, or corrected; nothing else notices. */
  jump(ms: number): void {
    this.#nowMs += ms
  }

  #moveTo(monotonicMs: number): void {
    this.#nowMs += monotonicMs - this.#monotonicMs
    this.#monotonicMs = monotonicMs
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Lets pending promises and immediate callbacks run. */
export async function settled(): Promise<void> {
  for (let count = 0; count < 5; count++) await turn()
}
