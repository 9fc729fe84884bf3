import { DueHeap } from '../core/due-heap.ts'
import type { Clock } from './ports.ts'

export interface Task {
  /** For the log. */
  readonly name: string
  /** Must settle when `signal` aborts. A rejection is logged by the scheduler's owner and does not stop the task. */
  run(signal: AbortSignal): Promise<void>
  /** Distance of this run's start to the next one's, asked after each run; `null` ends the task. */
  nextInMs(): number | null
}

export interface TaskHandle {
  /** Brings the next run forward to now; during a run, another one follows it. */
  readonly runNow: () => void
  /** Aborts the run under way and ends the task. */
  readonly stop: () => void
}

export interface SchedulerOptions {
  readonly clock: Clock
  /** In [0, 1); spreads what would otherwise start together. */
  readonly random: () => number
  /** Runs under way at once, over all tasks. */
  readonly limit: number
  readonly onDefect: (task: Task, thrown: unknown) => void
}

interface Entry {
  readonly task: Task
  readonly controller: AbortController
  isRunning: boolean
  isWanted: boolean
}

const wakeSpreadMs = 3_000

/**
 * One loop over a heap of due times. A task never overlaps itself, missed turns are skipped instead of caught up, and
 * what a sleeping machine left overdue starts spread over three seconds instead of in one burst.
 */
export class Scheduler {
  readonly #options: SchedulerOptions
  readonly #heap = new DueHeap<Entry>()
  #running = 0
  #takeBack: (() => void) | null = null

  constructor(options: SchedulerOptions) {
    this.#options = options
  }

  /** Runs the task after `delayMs`, then again as it says. */
  add(task: Task, delayMs: number): TaskHandle {
    const entry: Entry = { task, controller: new AbortController(), isRunning: false, isWanted: false }
    this.#schedule(entry, this.#now() + delayMs)
    return {
      runNow: () => {
        if (entry.controller.signal.aborted) return
        if (entry.isRunning) {
          entry.isWanted = true
          return
        }
        this.#heap.remove(entry)
        this.#schedule(entry, this.#now())
      },
      stop: () => {
        entry.controller.abort()
        this.#heap.remove(entry)
      }
    }
  }

  #now(): number {
    return this.#options.clock.monotonicMs()
  }

  #schedule(entry: Entry, dueMs: number): void {
    if (entry.controller.signal.aborted) return
    this.#heap.push(dueMs, entry)
    this.#arm()
  }

  #arm(): void {
    this.#takeBack?.()
    this.#takeBack = null
    const earliestMs = this.#heap.earliestMs
    if (earliestMs === null || this.#running >= this.#options.limit) return
    this.#takeBack = this.#options.clock.after(Math.max(0, earliestMs - this.#now()), () => this.#turn())
  }

  #turn(): void {
    const nowMs = this.#now()
    while (this.#running < this.#options.limit) {
      const due = this.#heap.popDue(nowMs)
      if (due === null) break
      const lateMs = nowMs - due.dueMs
      if (lateMs > wakeSpreadMs * 2 && this.#running === 0) {
        this.#heap.push(nowMs + this.#options.random() * wakeSpreadMs, due.item)
        continue
      }
      void this.#run(due.item, nowMs)
    }
    this.#arm()
  }

  async #run(entry: Entry, startMs: number): Promise<void> {
    this.#running++
    entry.isRunning = true
    try {
      await entry.task.run(entry.controller.signal)
    } catch (thrown) {
      if (!entry.controller.signal.aborted) this.#options.onDefect(entry.task, thrown)
    }
    entry.isRunning = false
    this.#running--
    const inMs = entry.isWanted ? 0 : entry.task.nextInMs()
    entry.isWanted = false
    // A run longer than its interval is followed at once, never by two.
    if (inMs !== null) this.#schedule(entry, Math.max(startMs + inMs, this.#now()))
    this.#arm()
  }
}
