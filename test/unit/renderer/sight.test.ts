import { describe, expect, it } from 'vitest'
import type { Palette } from '../../../src-renderer/parts/chart/palette.ts'
import type { QueueView } from '../../../src-renderer/parts/chart/view.ts'
import { looksSame, type Sight } from '../../../src-renderer/parts/chart/sight.ts'

const palette = {} as Palette
const points = [{ x: 0, y: 10 }]
const size = { width: 1000, height: 100 }
const weekMs = 604_800_000

const sight = (view: Partial<QueueView> = {}, change: Partial<Sight> = {}): Sight => ({
  view: {
    points,
    fromMs: 0,
    toMs: weekMs,
    nowMs: weekMs,
    threshold: 5000,
    scale: { ceiling: 6000, hasThreshold: true },
    level: 'ok',
    isStale: false,
    ...view
  },
  newest: { x: weekMs, y: 100, low: 90, high: 120 },
  palette,
  offsetMs: 0,
  ...change
})

describe('a picture of a week', () => {
  const moved = { fromMs: 10_000, toMs: weekMs + 10_000, nowMs: weekMs + 10_000 }

  it('is not drawn again for a sweep that moves nothing by half a pixel', () => {
    const next = sight(moved, { newest: { x: weekMs, y: 110, low: 90, high: 130 } })
    expect(looksSame(sight(), next, size)).toBe(true)
  })

  it.each<[string, Sight]>([
    ['the axis moved on', sight({ fromMs: 400_000, toMs: weekMs + 400_000 })],
    ['the newest depth is another', sight(moved, { newest: { x: weekMs, y: 160, low: 90, high: 160 } })],
    ['nobody knows the newest depth', sight(moved, { newest: { x: weekMs, y: null } })],
    ['there are other points', sight({ ...moved, points: [...points] })],
    ['the scale changed', sight({ ...moved, scale: { ceiling: 8000, hasThreshold: true } })],
    ['the level changed', sight({ ...moved, level: 'warning' })],
    ['it is stale', sight({ ...moved, isStale: true })],
    ['the theme changed', sight(moved, { palette: { ...palette } })],
    ['the shown clock changed', sight(moved, { offsetMs: 3_600_000 })],
    ['a mark was set', sight({ ...moved, marks: [] })],
    ['it is compared', sight({ ...moved, compared: [] })],
    [
      'there is a forecast',
      sight({
        ...moved,
        cone: {
          forecast: { kind: 'to-empty', earliestMs: 1, likelyMs: 2, latestMs: null, perMinute: -1, sinceMs: 0 },
          fromMs: 0,
          fromDepth: 1,
          toDepth: 0
        }
      })
    ]
  ])('is drawn again when %s', (_, next) => {
    expect(looksSame(sight(), next, size)).toBe(false)
  })

  it('is drawn once many small moves have come to half a pixel', () => {
    const drawn = sight()
    const steps = Array.from({ length: 60 }, (_, step) => {
      const byMs = step * 10_000
      return looksSame(drawn, sight({ fromMs: byMs, toMs: weekMs + byMs, nowMs: weekMs + byMs }), size)
    })
    expect(steps.indexOf(false)).toBe(31)
  })
})
