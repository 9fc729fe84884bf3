import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantAt, spotOf } from '../../../src-renderer/parts/chart/cursor.ts'
import { gapsOf, lastKnown, lonelyPoints, nearest, type Point } from '../../../src-renderer/parts/chart/points.ts'
import { depthScale, depthTicks, timeTicks } from '../../../src-renderer/parts/chart/scale.ts'

const series = (...depths: readonly (number | null)[]): readonly Point[] =>
  depths.map((y, index) => ({ x: index * 10, y }))

describe('gaps', () => {
  it('reach from the last known sample to the first known one after the hole', () => {
    expect(gapsOf(series(1, 2, null, null, 5), 40)).toEqual([{ fromMs: 10, toMs: 40 }])
  })

  it('reach to the end of the axis while the server is silent', () => {
    expect(gapsOf(series(1, null), 90)).toEqual([{ fromMs: 0, toMs: 90 }])
  })

  it('begin with the first try, not with the axis', () => {
    expect(gapsOf(series(null, null, 3), 20)).toEqual([{ fromMs: 0, toMs: 20 }])
    expect(gapsOf([], 90)).toEqual([])
  })

  it('are none where every sweep answered', () => {
    expect(gapsOf(series(1, 0, 3), 20)).toEqual([])
  })
})

it('draws as dots only the samples that no line reaches', () => {
  expect(lonelyPoints(series(1, null, 2, null, 3, 4))).toEqual([
    { x: 0, y: 1 },
    { x: 20, y: 2 }
  ])
  expect(lonelyPoints(series(0))).toEqual([{ x: 0, y: 0 }])
})

it('remembers the last known sample before a silence', () => {
  expect(lastKnown(series(4, 7, null))).toEqual({ x: 10, y: 7 })
  expect(lastKnown(series(null))).toBeNull()
})

it('finds the sample nearest in time', () => {
  const points = series(1, 2, null, 4)
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 100 }), (atMs) => {
      const found = nearest(points, atMs)
      const best = Math.min(...points.map(({ x }) => Math.abs(x - atMs)))
      expect(Math.abs((found?.x ?? Number.NaN) - atMs)).toBe(best)
    })
  )
  expect(nearest([], 0)).toBeNull()
})

describe('the depth axis', () => {
  it('always holds the peak, and the threshold when it is asked to', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.integer({ min: 1, max: 100_000 }), (peak, threshold) => {
        const always = depthScale(series(peak), threshold, 'always')
        expect(always.ceiling).toBeGreaterThanOrEqual(Math.max(peak, threshold))
        expect(always.hasThreshold).toBe(true)
        const near = depthScale(series(peak), threshold, 'when-near')
        expect(near.ceiling).toBeGreaterThanOrEqual(peak)
        if (peak >= threshold / 4) expect(near.hasThreshold).toBe(true)
      })
    )
  })

  it('leaves a distant threshold out, so that the curve keeps its shape', () => {
    expect(depthScale(series(12, 38), 5000, 'when-near')).toEqual({ ceiling: 50, hasThreshold: false })
  })

  it('does not blow a jitter of two jobs up to full height', () => {
    expect(depthScale(series(0, 2, null), 5000, 'when-near').ceiling).toBe(10)
  })

  it('has whole ticks from zero, few enough to read', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), (peak) => {
        const { ceiling } = depthScale(series(peak), 5000, 'when-near')
        const ticks = depthTicks(ceiling)
        expect(ticks[0]).toBe(0)
        expect(ticks.every(Number.isInteger)).toBe(true)
        expect(ticks.length).toBeGreaterThanOrEqual(3)
        expect(ticks.length).toBeLessThanOrEqual(6)
        expect(ticks.at(-1)).toBeLessThanOrEqual(ceiling)
      })
    )
  })
})

describe('the time axis', () => {
  const at = Date.UTC(2026, 10, 23, 2, 14, 7)
  const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 16)

  it('has ticks on round minutes', () => {
    expect(timeTicks(at - 900_000, at, 8, 0).map(clock)).toEqual([
      '02:00',
      '02:02',
      '02:04',
      '02:06',
      '02:08',
      '02:10',
      '02:12',
      '02:14'
    ])
    expect(timeTicks(at - 3_600_000, at, 8, 0).map(clock)).toEqual([
      '01:20',
      '01:30',
      '01:40',
      '01:50',
      '02:00',
      '02:10'
    ])
  })

  it('rounds on the shown clock, also where that is not a whole hour from UTC', () => {
    const kathmandu = (5 * 60 + 45) * 60_000
    const ticks = timeTicks(at - 3_600_000, at, 8, kathmandu)
    expect(ticks.map((tick) => clock(tick + kathmandu))).toEqual(['07:00', '07:10', '07:20', '07:30', '07:40', '07:50'])
  })
})

describe('the cursor', () => {
  const frame = { fromMs: 1000, toMs: 2000, scale: { ceiling: 100, hasThreshold: false } }
  const area = { left: 52, right: 252, top: 10, bottom: 110 }

  it('reads back the instant it points at', () => {
    expect(instantAt(frame, 152, area)).toBe(1500)
    expect(spotOf(frame, { x: 1500, y: 25 }, area)).toEqual({ left: 152, top: 85 })
  })

  it('stays on the axis', () => {
    expect([instantAt(frame, 0, area), instantAt(frame, 999, area)]).toEqual([1000, 2000])
    expect(spotOf(frame, { x: 999, y: 1 }, area)).toBeNull()
  })

  it('has a time but no depth in a gap', () => {
    expect(spotOf(frame, { x: 2000, y: null }, area)).toEqual({ left: 252, top: null })
  })
})
