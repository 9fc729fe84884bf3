import { describe, expect, it, vi } from 'vitest'
import { lanes, type LaneName } from '../../../src-main/services/lanes.ts'
import { Scheduler, type Task } from '../../../src-main/services/scheduler.ts'
import { FakeClock } from '../../support/fake-clock.ts'

const never = (): Promise<void> => new Promise(() => undefined)

function setUp(limit = 16, random = () => 0.5) {
  const clock = new FakeClock()
  const onDefect = vi.fn()
  const late: number[] = []
  const onRun = (_task: Task, lateMs: number): void => void late.push(lateMs)
  const scheduler = new Scheduler({ clock, random, lanes, limit, onDefect, onRun })
  const runs: number[] = []
  const task = (durationMs: number, everyMs: number | null, lane: LaneName = 'depths'): Task => ({
    name: 'task',
    lane,
    run: () => {
      runs.push(clock.monotonicMs())
      return new Promise((resolve) => clock.after(durationMs, resolve))
    },
    nextInMs: () => everyMs
  })
  return { clock, scheduler, runs, task, late, onDefect }
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

  it('never lets one lane delay another, however many of its tasks hang', async () => {
    const { clock, scheduler, runs, task, late } = setUp(128)
    for (let i = 0; i < 200; i++) scheduler.add({ ...task(60_000, 300_000, 'slow'), run: never }, 0)
    for (let i = 0; i < 20; i++) scheduler.add(task(5, 1000), i)
    await clock.advance(9999)
    expect(runs).toHaveLength(200)
    expect(Math.max(...late)).toBe(0)
  })

  it('leaves sweeps their places when all other lanes are full', async () => {
    const { clock, scheduler, runs, task } = setUp(128)
    for (const lane of ['probe', 'cheap', 'slow', 'rare'] as const) {
      for (let i = 0; i < 100; i++) scheduler.add({ ...task(0, 1000, lane), run: never }, 0)
    }
    for (let i = 0; i < 32; i++) scheduler.add(task(900, 1000), 1)
    await clock.advance(500)
    expect(runs).toHaveLength(32)
  })

  it.each([
    ['nobody announced', false],
    ['that was announced', true]
  ])('spreads what a sleep %s left overdue instead of starting it at once', async (_what, isAnnounced) => {
    let turn = 0
    const randoms = [0.9, 0.1, 0.5]
    const { clock, scheduler, runs, task } = setUp(9, () => randoms[turn++ % 3] ?? 0)
    for (let i = 0; i < 3; i++) scheduler.add(task(0, 10_000), 0)
    await clock.advance(1)
    runs.length = 0
    if (isAnnounced) scheduler.rest()
    clock.sleep(3_600_000)
    if (isAnnounced) scheduler.wake()
    await clock.advance(3000)
    expect(runs).toEqual([3_600_301, 3_601_501, 3_602_701])
  })

  it('counts a sleep that monotonic time does not show', async () => {
    const { clock, scheduler, runs, task } = setUp()
    scheduler.add(task(0, null), 600_000)
    scheduler.add(task(0, null), 5_000_000)
    scheduler.rest()
    scheduler.wake(3_600_000)
    await clock.advance(2_000_000)
    expect(runs).toEqual([1500, 1_400_000])
  })

  it('starts nothing while it rests, aborts what was under way, and asks that again on waking', async () => {
    const { clock, scheduler, runs, task } = setUp()
    const signals: AbortSignal[] = []
    const run = (signal: AbortSignal): Promise<void> => {
      signals.push(signal)
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
    }
    scheduler.add({ ...task(0, 300_000, 'slow'), run }, 0)
    scheduler.add(task(0, 1000), 500)
    await clock.advance(100)
    scheduler.rest()
    await clock.advance(20_000)
    expect(runs).toEqual([])
    expect(signals.map((signal) => signal.aborted)).toEqual([true])
    scheduler.wake()
    await clock.advance(20_000)
    expect(runs.length).toBeGreaterThan(10)
    expect(signals).toHaveLength(2)
  })

  it('follows a distance that changes while a run is waited for', async () => {
    const { clock, scheduler, runs, task } = setUp()
    let everyMs = 60_000
    const handle = scheduler.add({ ...task(0, null), nextInMs: () => everyMs }, 0)
    await clock.advance(10_000)
    everyMs = 15_000
    handle.retime()
    await clock.advance(30_000)
    everyMs = 5_000
    handle.retime()
    await clock.advance(6_000)
    expect(runs).toEqual([0, 15_000, 30_000, 41_500])
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
    const scheduler = new Scheduler({ clock, random: () => 0, lanes, limit: 9, onDefect: vi.fn() })
    const signals: AbortSignal[] = []
    const run = (signal: AbortSignal): Promise<void> => {
      signals.push(signal)
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
    }
    const { stop, runNow } = scheduler.add({ name: 't', lane: 'cheap', run, nextInMs: () => 100 }, 0)
    await clock.advance(1)
    stop()
    runNow()
    await clock.advance(1000)
    expect(signals.map((signal) => signal.aborted)).toEqual([true])
  })

  it('reports a task that throws and goes on with it', async () => {
    const { clock, scheduler, onDefect } = setUp()
    let runs = 0
    const run = () => Promise.reject(new Error(`run ${++runs}`))
    scheduler.add({ name: 't', lane: 'cheap', run, nextInMs: () => 100 }, 0)
    await clock.advance(250)
    expect(runs).toBe(3)
    expect(onDefect).toHaveBeenCalledTimes(3)
  })

  it('starts nothing while it is held, however often the machine sleeps and wakes, and goes on spread out', async () => {
    const { clock, scheduler, runs, task } = setUp(16, () => 0)
    scheduler.add(task(10, 1000), 0)
    await clock.advance(1500)
    scheduler.hold()
    scheduler.rest()
    scheduler.wake()
    await clock.advance(3_600_000)
    expect(runs).toEqual([0, 1000])
    scheduler.release()
    await clock.advance(100)
    expect(runs).toEqual([0, 1000, 3_601_500])
  })

  it('brings a run forward and never puts it off', async () => {
    const { clock, scheduler, runs, task } = setUp()
    const handle = scheduler.add(task(10, 1000), 0)
    await clock.advance(500)
    handle.runNow(2000)
    await clock.advance(1000)
    expect(runs).toEqual([0, 1000])
    handle.runNow(100)
    await clock.advance(200)
    expect(runs).toEqual([0, 1000, 1600])
  })
})
