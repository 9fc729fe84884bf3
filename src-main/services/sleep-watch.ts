import { sleptBetween, type ClockLook, type Slept } from '../core/sleep.ts'
import type { Clock, Power } from './ports.ts'
import type { Scheduler } from './scheduler.ts'

export interface SleepWatchOptions {
  readonly power: Power
  readonly clock: Clock
  readonly scheduler: Scheduler
  /** Called once for each sleep, after the scheduler goes on. */
  readonly onWoke: (slept: Slept) => void
}

/** The clocks are looked at this often: a sleep that no event told of is noticed this soon after it. */
const lookEveryMs = 5_000
/** A machine that is still running this long after it said that it would sleep has changed its mind. */
const patienceMs = 60_000

/**
 * Knows when the machine sleeps: by what it says, and by its clocks where it says nothing. While it sleeps no request is
 * started and none is waited for, so that no server is taken for down because the machine was.
 */
export class SleepWatch {
  readonly #options: SleepWatchOptions
  #last: ClockLook
  /** Since when the machine is about to sleep, by what it said. */
  #suspended: ClockLook | null = null
  #stops: (() => void)[] = []

  constructor(options: SleepWatchOptions) {
    this.#options = options
    this.#last = this.#now()
  }

  start(): void {
    const { power } = this.#options
    this.#last = this.#now()
    this.#stops = [power.onSuspend(() => this.#suspend()), power.onResume(() => this.#look(true))]
    this.#wait()
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop()
  }

  /** Looks at the clocks at once: what just failed may have failed because of a sleep. */
  look(): void {
    this.#look(false)
  }

  #now(): ClockLook {
    const { clock } = this.#options
    return { atMs: clock.now(), monotonicMs: clock.monotonicMs() }
  }

  #wait(): void {
    const takeBack = this.#options.clock.after(lookEveryMs, () => {
      this.#stops.pop()
      this.#look(false)
      this.#wait()
    })
    this.#stops.push(takeBack)
  }

  #suspend(): void {
    // A sleep that ended without a word is over before the next one begins.
    this.#look(false)
    this.#suspended ??= this.#now()
    this.#options.scheduler.rest()
  }

  #look(isResumed: boolean): void {
    const { scheduler, onWoke } = this.#options
    const now = this.#now()
    const since = this.#suspended
    const slept = sleptBetween(this.#last, now, lookEveryMs)
    this.#last = now
    const isPatient = since !== null && now.monotonicMs - since.monotonicMs < patienceMs
    if (slept === null && (since === null || (!isResumed && isPatient))) return
    this.#suspended = null
    const fromMs = since === null || since.atMs > now.atMs ? (slept?.fromMs ?? now.atMs) : since.atMs
    scheduler.wake(slept?.uncountedMs ?? 0)
    onWoke({ fromMs, toMs: now.atMs, uncountedMs: slept?.uncountedMs ?? 0 })
  }
}
