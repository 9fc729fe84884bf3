import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flagsOf } from '../../../src-renderer/parts/chart/flags.ts'
import { merged } from '../../../src-renderer/parts/chart/spans.ts'
import { shifted, shiftMs } from '../../../src-renderer/features/queues/compare.ts'
import { steppedTo } from '../../../src-renderer/features/queues/cursor-keys.ts'
import { resolutionOf } from '../../../src-renderer/features/queues/sizes.ts'
import {
  brushed,
  held,
  panned,
  wheelFactor,
  zoomed,
  type Window
} from '../../../src-renderer/features/queues/window.ts'

const hour = 3_600_000
const bounds = { earliestMs: 0, latestMs: 1000 * hour }
const window: Window = { fromMs: 500 * hour, toMs: 501 * hour }
const windows = fc
  .tuple(fc.integer({ min: -100 * hour, max: 1100 * hour }), fc.integer({ min: 1, max: 2000 * hour }))
  .map(([fromMs, spanMs]) => ({ fromMs, toMs: fromMs + spanMs }))

describe('a window', () => {
  it('zooms about the moment pointed at, and back to where it was', () => {
    const about = window.fromMs + hour / 4
    const closer = zoomed(window, 0.5, about, bounds)
    expect(closer).toEqual({ fromMs: about - hour / 8, toMs: about + (hour * 3) / 8 })
    expect(zoomed(closer, 2, about, bounds)).toEqual(window)
  })

  it('never leaves its bounds nor becomes shorter than a minute, whatever is done to it', () => {
    fc.assert(
      fc.property(windows, fc.double({ min: 0.01, max: 100, noNaN: true }), (given, factor) => {
        const about = (given.fromMs + given.toMs) / 2
        for (const made of [held(given, bounds), zoomed(given, factor, about, bounds), panned(given, factor, bounds)]) {
          expect(made.fromMs).toBeGreaterThanOrEqual(0)
          expect(made.toMs).toBeLessThanOrEqual(bounds.latestMs + 1)
          expect(made.toMs - made.fromMs).toBeGreaterThanOrEqual(59_999)
        }
      })
    )
  })

  it('pans by a share of itself, and stops at the end with its length', () => {
    expect(panned(window, -0.25, bounds)).toEqual({ fromMs: window.fromMs - hour / 4, toMs: window.toMs - hour / 4 })
    expect(panned({ fromMs: 998 * hour, toMs: 999 * hour }, 5, bounds)).toEqual({
      fromMs: 999 * hour,
      toMs: 1000 * hour
    })
  })

  it('is brushed from either side, and a click is no brush', () => {
    expect(brushed(9 * hour, 5 * hour, 1000, bounds)).toEqual({ fromMs: 5 * hour, toMs: 9 * hour })
    expect(brushed(hour, hour + 999, 1000, bounds)).toBeNull()
    expect(brushed(hour, hour + 2000, 1000, bounds)).toEqual({ fromMs: hour - 29_000, toMs: hour + 31_000 })
  })

  it('follows the wheel: up is closer, and the same way back', () => {
    expect(wheelFactor(-100)).toBeLessThan(1)
    expect(wheelFactor(100) * wheelFactor(-100)).toBeCloseTo(1)
    expect(wheelFactor(5000)).toBe(wheelFactor(120))
  })
})

describe('the same hours of another day', () => {
  const day = 86_400_000

  it('are a day or a week back', () => {
    expect([shiftMs('yesterday', 9 * day, () => 0), shiftMs('last week', 9 * day, () => hour)]).toEqual([day, 7 * day])
    expect(shiftMs('none', 9 * day, () => hour)).toBe(0)
  })

  it('are the same on the clock when that was set back or forth in between', () => {
    const setBack = (atMs: number): number => (atMs < 8.5 * day ? 2 * hour : hour)
    expect(shiftMs('yesterday', 9 * day, setBack)).toBe(day + hour)
    const setForth = (atMs: number): number => (atMs < 8.5 * day ? hour : 2 * hour)
    expect(shiftMs('yesterday', 9 * day, setForth)).toBe(day - hour)
  })

  it('lie over the present ones, gaps and bands with them', () => {
    expect(
      shifted(
        [
          { x: 5, y: null },
          { x: 6, y: 2, low: 1, high: 3 }
        ],
        day
      )
    ).toEqual([
      { x: day + 5, y: null },
      { x: day + 6, y: 2, low: 1, high: 3 }
    ])
  })
})

describe('marks', () => {
  const area = { left: 50, right: 150, top: 0, bottom: 80 }
  const mark = (atMs: number) => ({ atMs, kind: 'alert', text: String(atMs) }) as const

  it('stand where they happened, those outside of the window nowhere', () => {
    const flags = flagsOf([mark(-1), mark(0), mark(500), mark(1000), mark(1001)], 0, 1000, area)
    expect(flags.map(({ left }) => left)).toEqual([50, 100, 150])
  })

  it('share a flag where two would cover each other', () => {
    const [flag, other] = flagsOf([mark(500), mark(560), mark(700)], 0, 1000, area)
    expect(flag).toEqual({ left: 100, marks: [mark(500), mark(560)] })
    expect(other?.marks).toEqual([mark(700)])
  })
})

it('hatches once where gaps and stretches nobody watched overlap or touch', () => {
  expect(
    merged([
      { fromMs: 30, toMs: 40 },
      { fromMs: 0, toMs: 10 },
      { fromMs: 10, toMs: 20 },
      { fromMs: 32, toMs: 35 }
    ])
  ).toEqual([
    { fromMs: 0, toMs: 20 },
    { fromMs: 30, toMs: 40 }
  ])
})

it('moves the cursor by keys, from the newest point while it points nowhere', () => {
  const points = Array.from({ length: 30 }, (_, index) => ({ x: index * 10, y: index }))
  const to = (pointed: number | null, key: string): number | null => steppedTo(points, pointed, key)
  expect([to(null, 'ArrowLeft'), to(290, 'ArrowLeft'), to(290, 'ArrowRight'), to(104, 'PageUp')]).toEqual([
    290, 280, 290, 0
  ])
  expect([to(50, 'Home'), to(50, 'End'), to(null, 'Home'), to(50, 'x'), steppedTo([], 0, 'End')]).toEqual([
    0,
    290,
    0,
    null,
    null
  ])
})

it('asks for about as many points as a chart has pixels, and not anew for each pixel of a growing window', () => {
  for (let width = 300; width < 4000; width += 7) {
    const { tile, focus } = resolutionOf(width)
    expect(focus).toBeGreaterThanOrEqual(width - 84)
    expect(focus).toBeLessThan(width - 84 + 64)
    expect(tile).toBeLessThanOrEqual(512)
  }
  expect(resolutionOf(1050)).toEqual(resolutionOf(1060))
})
