import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { queueNames } from '../../support/queue-names.ts'
import type { SweepRow } from '../../../src-main/contract/queues.ts'
import { changePerMinute, depthLevel, gapRow, thinned, withGapBefore } from '../../../src-main/core/queues.ts'

const row = (atMs: number, depth: number | null): SweepRow => ({
  atMs,
  depths: Object.fromEntries(queueNames.map((queue) => [queue, depth]))
})

describe('a depth', () => {
  it.each([
    [0, 'ok'],
    [1204, 'ok'],
    [3749, 'ok'],
    [3750, 'warning'],
    [3914, 'warning'],
    [4999, 'warning'],
    [5000, 'critical'],
    [null, 'unknown']
  ] as const)('of %s against 5,000 is %s', (depth, level) => {
    expect(depthLevel(depth, 5000)).toBe(level)
  })
})

const samples = (depths: readonly (number | null)[], startMs = 0, everyMs = 10_000) =>
  depths.map((value, index) => ({ atMs: startMs + index * everyMs, value }))

describe('the change per minute', () => {
  it('is the slope of a straight climb', () => {
    expect(changePerMinute(samples([0, 30, 60, 90, 120]))).toBeCloseTo(180)
  })

  it('passes over gaps without taking them for zero', () => {
    expect(changePerMinute(samples([0, 30, null, 90, 120]))).toBeCloseTo(180)
  })

  it('forgets what is older than five minutes', () => {
    expect(changePerMinute([...samples([100_000]), ...samples([0, 5, 10, 15], 360_000)])).toBeCloseTo(30)
  })

  it.each([[[]], [[5]], [[5, 6]], [[null, null, null, null]], [[1, null, 2]]])('is unknown for %j', (depths) => {
    expect(changePerMinute(samples(depths))).toBeNull()
  })

  it('is finite for any depths', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat()), { minLength: 3, maxLength: 60 }), (depths) => {
        const change = changePerMinute(samples(depths))
        expect(change === null || Number.isFinite(change)).toBe(true)
      })
    )
  })
})

describe('a hole between sweeps', () => {
  it('longer than two and a half intervals is marked by a row of nulls', () => {
    expect(withGapBefore(row(0, 5), row(26_000, 6), 10_000)).toEqual([gapRow(10_000, queueNames), row(26_000, 6)])
  })

  it('of one late sweep is not marked', () => {
    expect(withGapBefore(row(0, 5), row(24_000, 6), 10_000)).toEqual([row(24_000, 6)])
  })

  it('that is marked already is not marked twice', () => {
    expect(withGapBefore(gapRow(0, queueNames), row(60_000, 6), 10_000)).toEqual([row(60_000, 6)])
  })
})

describe('a thinned series', () => {
  const series = fc.array(fc.option(fc.nat(9000), { freq: 8 }), { maxLength: 500 })

  it('keeps the highest point, every order, and at most as many points as asked for', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 120 }), (depths, limit) => {
        const points = depths.map((depth, index) => [index, depth] as const)
        const thin = thinned(points, limit)
        expect(thin.length).toBeLessThanOrEqual(limit)
        expect(thin.every(([at], index) => index === 0 || at > (thin[index - 1]?.[0] ?? -1))).toBe(true)
        if (!depths.includes(null))
          expect(Math.max(...thin.map(([, d]) => d ?? 0))).toBe(Math.max(...depths.map(Number)))
      })
    )
  })

  it('keeps a gap as a gap', () => {
    const points = Array.from({ length: 400 }, (_, index) => [index, index === 200 ? null : 7] as const)
    expect(thinned(points, 100).some(([, depth]) => depth === null)).toBe(true)
  })
})
