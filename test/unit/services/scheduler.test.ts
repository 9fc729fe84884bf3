import { describe, expect, it, vi } from 'vitest'
import { Scheduler, type Task } from '../../../src-main/services/scheduler.ts'
import { FakeClock } from '../../support/fake-clock.ts'

function setUp(limit = 16) {
  const clock = new FakeClock()
  const onDefect = vi.fn()
  const scheduler = new Scheduler({ clock, random: () => 0.5, limit, onDefect })
  const runs: number[] = []
  const task = (durationMs: number, everyMs: number | null): Task => ({
    name: 'task',
    run: () => {
      runs.push(clock.monotonicMs())
      return new Promise((resolve) => clock.after(durationMs, resolve))
    },
    nextInMs: () => everyMs
  })
  return { clock, scheduler, runs, task, onDefect }
}

describe('the scheduler', () => {
  it('runs a task at its distance, counted from start to start', async () => {
    const { clock, scheduler, runs, task } = setUp()
    scheduler.add(task(300, 1000), 500)
    await clock.advance(3600)
    expect(runs).toEqual([500, 1500, 2500, 3500])
  })

  it('never overlaps a task with itself, and skips the turns it missed', async () => {
    const { clock, scheduler, runs, task } = setUp()
    scheduler.add(task(2500, 1000), 0)
    await clock.advance(8000)
    expect(runs).toEqual([0, 2500, 5000, 7500])
  })

  it('keeps to its limit of runs under way', async () => {
    const { clock, scheduler, runs, task } = setUp(2)
    for (let i = 0; i < 5; i++) scheduler.add(task(100, null), 0)
    await clock.advance(50)
    expect(runs).toEqual([0, 0])
    await clock.advance(1000)
    expect(runs).toEqual([0, 0, 100, 100, 200])
  })

  it('spreads what a sleep left overdue instead of starting it at once', async () => {
    const clock = new FakeClock()
    let turn = 0
    const randoms = [0.9, 0.1, 0.5]
    const scheduler = new Scheduler({ clock, random: () => randoms[turn++ % 3] ?? 0, limit: 9, onDefect: vi.fn() })
    const runs: number[] = []
    for (let i = 0; i < 3; i++) {
      scheduler.add(
        { name: 't', run: () => Promise.resolve(void runs.push(clock.monotonicMs())), nextInMs: () => 10_000 },
        0
      )
    }
    await clock.advance(1)
    runs.length = 0
    clock.sleep(3_600_000)
    await clock.advance(3000)
    expect(runs).toEqual([3_600_301, 3_601_501, 3_602_701])
  })

  it('brings a run forward on request, and lets one follow the run under way', async () => {
    const { clock, scheduler, runs, task } = setUp()
    const handle = scheduler.add(task(300, 10_000), 5000)
    handle.runNow()
    await clock.advance(100)
    handle.runNow()
    handle.runNow()
    await clock.advance(1000)
    expect(runs).toEqual([0, 300])
  })

  it('aborts the run under way when stopped, and never runs it again', async () => {
    const clock = new FakeClock()
    const scheduler = new Scheduler({ clock, random: () => 0, limit: 9, onDefect: vi.fn() })
    const signals: AbortSignal[] = []
    const run = (signal: AbortSignal): Promise<void> => {
      signals.push(signal)
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
    }
    const { stop, runNow } = scheduler.add({ name: 't', run, nextInMs: () => 100 }, 0)
    await clock.advance(1)
    stop()
    runNow()
    await clock.advance(1000)
    expect(signals.map((signal) => signal.aborted)).toEqual([true])
  })

  it('reports a task that throws and goes on with it', async () => {
    const { clock, scheduler, onDefect } = setUp()
    let runs = 0
    scheduler.add({ name: 't', run: () => Promise.reject(new Error(`run ${++runs}`)), nextInMs: () => 100 }, 0)
    await clock.advance(250)
    expect(runs).toBe(3)
    expect(onDefect).toHaveBeenCalledTimes(3)
  })
})
