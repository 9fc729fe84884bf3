import type { LaneName } from '../lanes.ts'
import type { Clock } from '../ports.ts'
import type { Scheduler, TaskHandle } from '../scheduler.ts'

export interface WatchTask {
  readonly name: string
  readonly lane: LaneName
  readonly everyMs: () => number
  /** Resolves to how long the server wants to be left alone with this, 0 when it did not say. */
  readonly run: (signal: AbortSignal) => Promise<number>
}

export interface WatchTasksOptions {
  readonly endpoint: string
  /** Whether the server can be worked with: the tasks rest while it cannot. */
  readonly isUp: () => boolean
  readonly scheduler: Scheduler
  readonly clock: Clock
  readonly random: () => number
}

interface Running {
  readonly task: WatchTask
  readonly handle: TaskHandle
}

/** Over how long what a server is asked for is spread once it answers; a sweep is not kept waiting. */
const backSpreadMs: Readonly<Record<LaneName, number>> = { probe: 0, depths: 0, cheap: 500, slow: 2_000, rare: 4_000 }

/** What one server is asked for again and again, by name. */
export class WatchTasks {
  readonly #options: WatchTasksOptions
  readonly #tasks = new Map<string, Running>()

  constructor(options: WatchTasksOptions) {
    this.#options = options
  }

  /** Adds a task; one added while the server is up begins soon. */
  add(task: WatchTask): void {
    const { scheduler, clock, endpoint, isUp } = this.#options
    let waitUntilMs = 0
    const handle = scheduler.add(
      {
        name: `${endpoint} ${task.name}`,
        lane: task.lane,
        run: async (signal) => {
          if (!isUp()) return
          const startedMs = clock.monotonicMs()
          // Told once is enough: what brings a run forward must not make of a wait a knock at the door.
          if (startedMs < waitUntilMs) return
          const waitMs = await task.run(signal)
          waitUntilMs = waitMs > 0 ? clock.monotonicMs() + waitMs : 0
        },
        nextInMs: () => Math.max(task.everyMs(), waitUntilMs - clock.monotonicMs())
      },
      isUp() ? this.#soonMs(task) : task.everyMs()
    )
    this.#tasks.set(task.name, { task, handle })
  }

  has(name: string): boolean {
    return this.#tasks.has(name)
  }

  names(): readonly string[] {
    return [...this.#tasks.keys()]
  }

  remove(name: string): void {
    this.#tasks.get(name)?.handle.stop()
    this.#tasks.delete(name)
  }

  runNow(name: string): void {
    this.#tasks.get(name)?.handle.runNow()
  }

  /** Brings all forward, those that are in `except` left out: the server is back, or another one than before. */
  runAll(except: readonly string[] = []): void {
    for (const [name, { task, handle }] of this.#tasks) {
      if (!except.includes(name)) handle.runNow(this.#soonMs(task))
    }
  }

  retime(): void {
    for (const { handle } of this.#tasks.values()) handle.retime()
  }

  stop(): void {
    for (const { handle } of this.#tasks.values()) handle.stop()
    this.#tasks.clear()
  }

  #soonMs({ lane, everyMs }: WatchTask): number {
    return this.#options.random() * Math.min(backSpreadMs[lane], everyMs() / 4)
  }
}
