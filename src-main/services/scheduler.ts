import { DueHeap } from '../core/due-heap.ts'
import { laneNames, type Lane, type LaneName } from './lanes.ts'
import type { Clock } from './ports.ts'

export interface Task {
  /** For the log. */
  readonly name: string
  readonly lane: LaneName
  /** Must settle when `signal` aborts. A rejection is logged by the scheduler's owner and does not stop the task. */
  run(signal: AbortSignal): Promise<void>
  /** Distance of this run's start to the next one's, asked after each run; `null` ends the task. */
  nextInMs(): number | null
}

export interface TaskHandle {
  /** Brings the next run forward to now, or to `inMs` from now; during a run, another one follows it. */
  readonly runNow: (inMs?: number) => void
  /** Asks anew when the next run is due: the distance has changed. */
  readonly retime: () => void
  /** Aborts the run under way and ends the task. */
  readonly stop: () => void
}

export interface SchedulerOptions {
  readonly clock: Clock
  /** In [0, 1); spreads what would otherwise start together. */
  readonly random: () => number
  readonly lanes: Readonly<Record<LaneName, Lane>>
  /** Runs under way at once, over all lanes. */
  readonly limit: number
  readonly onDefect: (task: Task, thrown: unknown) => void
  /** Told of every run as it starts, and how long after its due time that is. */
  readonly onRun?: (task: Task, lateMs: number) => void
}

interface Entry {
  readonly task: Task
  /** Of the run under way. */
  running: AbortController | null
  startedMs: number
  /** When the run that follows the one under way is asked for; `null` when as the task says. */
  wantedMs: number | null
  isStopped: boolean
}

interface Queue {
  readonly lane: Lane
  readonly heap: DueHeap<Entry>
  running: number
}

/** A timer that fires this late was held up by a sleep nobody announced. */
const asleepMs = 10_000

/**
 * One loop over heaps of due times, one for each lane, so that slow work never delays quick work. A task never overlaps
 * itself, missed turns are skipped instead of caught up, and while the machine sleeps everything rests.
 */
export class Scheduler {
  readonly #options: SchedulerOptions
  readonly #queues: Readonly<Record<LaneName, Queue>>
  readonly #underWay = new Set<Entry>()
  #isResting = false
  #isHeld = false
  #armedMs = Infinity
  #takeBack: (() => void) | null = null

  constructor(options: SchedulerOptions) {
    this.#options = options
    const queueOf = (name: LaneName): Queue => ({ lane: options.lanes[name], heap: new DueHeap(), running: 0 })
    this.#queues = {
      probe: queueOf('probe'),
      depths: queueOf('depths'),
      cheap: queueOf('cheap'),
      slow: queueOf('slow'),
      rare: queueOf('rare')
    }
  }

  /** Runs the task after `delayMs`, then again as it says. */
  add(task: Task, delayMs: number): TaskHandle {
    const nowMs = this.#now()
    const entry: Entry = { task, running: null, startedMs: nowMs, wantedMs: null, isStopped: false }
    this.#schedule(entry, nowMs + delayMs)
    return {
      runNow: (inMs = 0) => {
        const wantedMs = this.#now() + inMs
        // Never put off: what is spread over some seconds may be due before that anyway.
        const dueMs = Math.min(wantedMs, this.#queueOf(entry).heap.dueMs(entry) ?? Infinity)
        if (entry.running === null) this.#schedule(entry, dueMs)
        else entry.wantedMs = Math.min(entry.wantedMs ?? Infinity, dueMs)
      },
      retime: () => this.#retime(entry),
      stop: () => {
        entry.isStopped = true
        entry.running?.abort()
        this.#queueOf(entry).heap.remove(entry)
      }
    }
  }

  /** Starts nothing more and aborts what is under way: the machine goes to sleep, and the replies will not come. */
  rest(): void {
    this.#isResting = true
    this.#disarm()
    for (const entry of this.#underWay) {
      entry.wantedMs = this.#now()
      entry.running?.abort()
    }
  }

  /** Starts nothing more until `release`, however often the machine sleeps and wakes meanwhile. */
  hold(): void {
    this.#isHeld = true
    this.rest()
  }

  /** Goes on with all that is overdue, spread out. */
  release(): void {
    this.#isHeld = false
    this.wake()
  }

  /**
   * Goes on after a sleep: what is overdue or was cut short starts spread out instead of in one burst. `uncountedMs` is
   * the part of the sleep that monotonic time does not show.
   */
  wake(uncountedMs = 0): void {
    this.rest()
    this.#isResting = this.#isHeld
    const nowMs = this.#now()
    const spread = (entry: Entry): number => nowMs + this.#options.random() * this.#spreadMs(entry)
    for (const name of laneNames) {
      const { heap } = this.#queues[name]
      for (const { item, dueMs } of heap.entries()) {
        heap.push(dueMs - uncountedMs > nowMs ? dueMs - uncountedMs : spread(item), item)
      }
    }
    for (const entry of this.#underWay) entry.wantedMs = spread(entry)
    this.#arm()
  }

  #now(): number {
    return this.#options.clock.monotonicMs()
  }

  #queueOf(entry: Entry): Queue {
    return this.#queues[entry.task.lane]
  }

  #spreadMs(entry: Entry): number {
    return this.#queueOf(entry).lane.spreadMs
  }

  #retime(entry: Entry): void {
    const inMs = entry.running === null && !entry.isStopped ? entry.task.nextInMs() : null
    if (inMs === null) return
    const nowMs = this.#now()
    const dueMs = entry.startedMs + inMs
    const spreadMs = Math.min(this.#spreadMs(entry), inMs)
    this.#schedule(entry, dueMs > nowMs ? dueMs : nowMs + this.#options.random() * spreadMs)
  }

  #schedule(entry: Entry, dueMs: number): void {
    if (entry.isStopped) return
    this.#queueOf(entry).heap.push(dueMs, entry)
    this.#arm()
  }

  /** Leaves a timer alone that is early enough: one that fires for nothing costs less than setting one each time. */
  #arm(): void {
    if (this.#isResting || this.#underWay.size >= this.#options.limit) return
    let earliestMs = Infinity
    for (const name of laneNames) {
      const { heap, lane, running } = this.#queues[name]
      if (running < lane.limit) earliestMs = Math.min(earliestMs, heap.earliestMs ?? Infinity)
    }
    if (earliestMs >= this.#armedMs) return
    this.#disarm()
    this.#armedMs = earliestMs
    this.#takeBack = this.#options.clock.after(Math.max(0, earliestMs - this.#now()), () => this.#turn())
  }

  #disarm(): void {
    this.#takeBack?.()
    this.#takeBack = null
    this.#armedMs = Infinity
  }

  #turn(): void {
    const nowMs = this.#now()
    const lateMs = nowMs - this.#armedMs
    this.#disarm()
    if (lateMs > asleepMs) {
      this.wake()
      return
    }
    for (const name of laneNames) {
      const queue = this.#queues[name]
      while (queue.running < queue.lane.limit && this.#underWay.size < this.#options.limit) {
        const due = queue.heap.popDue(nowMs)
        if (due === null) break
        void this.#run(due.item, queue, nowMs, nowMs - due.dueMs)
      }
    }
    this.#arm()
  }

  async #run(entry: Entry, queue: Queue, startMs: number, lateMs: number): Promise<void> {
    const controller = new AbortController()
    queue.running++
    this.#underWay.add(entry)
    entry.running = controller
    entry.startedMs = startMs
    try {
      this.#options.onRun?.(entry.task, lateMs)
      await entry.task.run(controller.signal)
    } catch (thrown) {
      if (!controller.signal.aborted) this.#options.onDefect(entry.task, thrown)
    }
    queue.running--
    this.#underWay.delete(entry)
    entry.running = null
    // A task that ends is not asked for again by anybody, whatever was wanted during its last run.
    const inMs = entry.isStopped ? null : entry.task.nextInMs()
    const wantedMs = entry.wantedMs
    entry.wantedMs = null
    // A run longer than its interval is followed at once, never by two.
    if (inMs !== null) this.#schedule(entry, Math.max(wantedMs ?? startMs + inMs, this.#now()))
    this.#arm()
  }
}
