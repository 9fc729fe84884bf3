import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayMs, minuteMs, quarterMs } from '../../../src-main/core/history/buckets.ts'
import { entriesOfSamples, reduced } from '../../../src-main/core/history/entries.ts'
import { partsOf, resolutionFor } from '../../../src-main/core/history/resolution.ts'
import { keptSince } from '../../../src-main/core/history/retention.ts'
import { uptimeOf } from '../../../src-main/core/history/uptime.ts'
import { initialSettings } from '../../../src-main/contract/settings.ts'

const hourMs = 3_600_000

describe('the resolution', () => {
  it.each([
    [hourMs, 1000, 0],
    [6 * hourMs, 1000, 0],
    [24 * hourMs, 1000, minuteMs],
    [7 * dayMs, 1000, minuteMs],
    [30 * dayMs, 1000, quarterMs],
    [30 * dayMs, 4000, minuteMs],
    [730 * dayMs, 500, dayMs]
  ])('for %i ms at %i points is %i', (rangeMs, points, stepMs) => {
    expect(resolutionFor(rangeMs, points)).toBe(stepMs)
  })

  it('is coarser where the finer one was dropped', () => {
    const reach = { 0: 10 * dayMs + 1, [minuteMs]: 5 * dayMs, [quarterMs]: -Infinity, [dayMs]: -Infinity }
    expect(partsOf(0, 0, 20 * dayMs, (resolution) => reach[resolution])).toEqual([
      { resolution: quarterMs, fromMs: 0, toMs: 5 * dayMs },
      { resolution: minuteMs, fromMs: 5 * dayMs, toMs: 10 * dayMs + minuteMs },
      { resolution: 0, fromMs: 10 * dayMs + minuteMs, toMs: 20 * dayMs }
    ])
    expect(partsOf(0, 0, dayMs, (resolution) => reach[resolution])).toEqual([
      { resolution: quarterMs, fromMs: 0, toMs: dayMs }
    ])
  })
})

describe('a picture of a range', () => {
  const value = fc.oneof({ weight: 5, arbitrary: fc.nat(9999) }, { weight: 1, arbitrary: fc.constant(NaN) })
  const samples = fc.array(value, { maxLength: 400 }).map((values) => ({
    atMs: Float64Array.from(values, (_, index) => index * 10_000),
    values: Float64Array.from(values)
  }))

  it('never has more entries than points, and loses no extreme and no gap', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 2, max: 60 }), ({ atMs, values }, points) => {
        const [entries] = reduced(entriesOfSamples({ atMs, values }), {
          fromMs: 0,
          toMs: 4_000_000,
          points,
          stepMs: 1
        })
        expect(entries.atMs.length).toBeLessThanOrEqual(points)
        const known = values.filter((one) => !Number.isNaN(one))
        const shown = entries.max.filter((one) => !Number.isNaN(one))
        const lows = entries.min.filter((one) => !Number.isNaN(one))
        expect([Math.max(...shown), Math.min(...lows)]).toEqual([Math.max(...known), Math.min(...known)])
        expect(entries.last.some((one) => Number.isNaN(one))).toBe(known.length < values.length)
        expect([...entries.atMs]).toEqual([...entries.atMs].sort((a, b) => a - b))
      })
    )
  })

  it('is made of the same stretches a moment later', () => {
    const atMs = Float64Array.from({ length: 900 }, (_, index) => index * 1000)
    const entries = entriesOfSamples({ atMs, values: atMs })
    const asked = (fromMs: number) => reduced(entries, { fromMs, toMs: fromMs + 900_000, points: 100, stepMs: 60_000 })
    const [first, firstWidth] = asked(0)
    const [second, secondWidth] = asked(7_000)
    expect([firstWidth, secondWidth, first]).toEqual([60_000, 60_000, second])
  })

  it('is the samples themselves where there is room for them', () => {
    const values = Float64Array.of(1, NaN, 3)
    const entries = entriesOfSamples({ atMs: Float64Array.of(0, 1, 2), values })
    expect(reduced(entries, { fromMs: 0, toMs: 3, points: 3, stepMs: 1 })).toEqual([entries, 0])
  })
})

it('keeps samples a week, minutes two months and the rest two years, unless told otherwise', () => {
  const now = 1000 * dayMs
  const { retention } = initialSettings
  const since = ([0, minuteMs, quarterMs, dayMs] as const).map((one) => keptSince(one, retention, now) / dayMs)
  expect(since).toEqual([993, 940, 270, 270])
})

it('counts a minute with one failure as failed, and unwatched minutes as neither', () => {
  const buckets = {
    atMs: Float64Array.of(0, minuteMs, 2 * minuteMs, 3 * minuteMs),
    count: Float64Array.of(6, 6, 0, 6),
    sum: Float64Array.of(0, 2, NaN, 3),
    min: Float64Array.of(0, 0, NaN, 0),
    max: Float64Array.of(0, 2, NaN, 1),
    last: Float64Array.of(0, 0, NaN, 0)
  }
  expect(uptimeOf('db', buckets, 0, 5 * minuteMs, 5)).toEqual({ check: 'db', share: 2 / 3, cells: [0, 2, 3, 1, 3] })
  expect(uptimeOf('db', buckets, 0, 8 * minuteMs, 2)).toEqual({ check: 'db', share: 2 / 3, cells: [2, 3] })
})
