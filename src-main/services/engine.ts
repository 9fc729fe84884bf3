import type { History } from './history/history.ts'
import { lanes, totalLimit } from './lanes.ts'
import { Poller, type PollerOptions } from './poller.ts'
import { Scheduler, type SchedulerOptions } from './scheduler.ts'

export interface EngineOptions extends Omit<PollerOptions, 'scheduler' | 'clientFor'> {
  readonly history: History
  readonly onRun?: SchedulerOptions['onRun']
}

/** How often histories are tended. */
const tendMs = 60_000

/** What watches all servers: the same with a window and without. Not started yet. */
export interface Engine {
  readonly poller: Poller
  start(): void
  /** Ends all requests, then closes the histories. */
  stop(): void
}

/** Puts the engine together. */
export function createEngine(options: EngineOptions): Engine {
  const { history, clock, random, log, onRun } = options
  const scheduler = new Scheduler({
    clock,
    random,
    lanes,
    limit: totalLimit,
    onDefect: (task, thrown) => log(`defect in ${task.name}: ${String(thrown)}`),
    ...(onRun === undefined ? {} : { onRun })
  })
  const poller = new Poller({ ...options, scheduler })
  let takeBack = (): void => undefined
  const tend = (): void => {
    takeBack = clock.after(tendMs, tend)
    history.tend(clock.now()).catch((thrown: unknown) => log(`defect while tending histories: ${String(thrown)}`))
  }
  return {
    poller,
    start: () => {
      poller.start()
      tend()
    },
    stop: () => {
      takeBack()
      poller.stop()
      history.close()
    }
  }
}
