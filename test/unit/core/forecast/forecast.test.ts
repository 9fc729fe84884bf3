import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Forecast } from '../../../../src-main/contract/forecast.ts'
import { trendOf } from '../../../../src-main/core/forecast/trend.ts'
import type { Reading } from '../../../../src-main/core/reading.ts'
import { forecastOf, horizonMs } from '../../../../src-main/core/forecast/forecast.ts'
import { randomOf } from '../../../support/depth-series.ts'

const threshold = 5000
const runs = (full: number): number => (process.env.STANDBY_SOAK === '1' ? full : full / 10)
const minuteMs = 60_000

/** Samples of so many minutes, by the depth at a minute. */
function series(minutes: number, everyMs: number, depth: (minute: number) => number | null): readonly Reading[] {
  return Array.from({ length: Math.floor((minutes * minuteMs) / everyMs) + 1 }, (_, i) => {
    const found = depth((i * everyMs) / minuteMs)
    return { atMs: i * everyMs, value: found === null ? null : Math.max(0, Math.round(found)) }
  })
}
const ofLast = (samples: readonly Reading[], limit = threshold): Forecast | null =>
  forecastOf(trendOf(samples, { threshold: limit, nowMs: samples.at(-1)?.atMs ?? 0 }))
const jitter = (seed: number, width: number): (() => number) => {
  const random = randomOf(seed)
  return () => (random() - 0.5) * width
}

describe('a clean ramp', () => {
  it('holds the true moment in its interval', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 400 }), fc.integer({ min: 0, max: 400 }), (pace, start) => {
        const minutes = Math.min(50, 1500 / pace + 5)
        const forecast = ofLast(series(minutes, 10_000, (minute) => start + pace * minute))
        const trueMs = ((threshold - start) / pace) * minuteMs
        if (forecast === null) return trueMs / minuteMs - minutes > 3 * minutes
        expect(forecast.kind).toBe('to-threshold')
        expect(forecast.earliestMs).toBeLessThanOrEqual(trueMs)
        expect(forecast.latestMs ?? Infinity).toBeGreaterThanOrEqual(trueMs)
        return Math.abs(forecast.perMinute - pace) < 0.05 * pace
      }),
      { numRuns: runs(1000) }
    )
  })

  it('that drains is told to run empty', () => {
    const forecast = ofLast(series(20, 10_000, (minute) => 8000 - 250 * minute))
    expect(forecast?.kind).toBe('to-empty')
    expect(forecast?.likelyMs).toBeGreaterThan(30 * minuteMs)
    expect(forecast?.likelyMs).toBeLessThan(40 * minuteMs)
  })
})

describe('a flood of 600 a minute on top of noise', () => {
  it.each([2000, 10_000])('is foretold within two minutes, at a sweep every %i ms', (everyMs) => {
    for (let seed = 1; seed <= 20; seed++) {
      const noise = jitter(seed, 40)
      const all = series(32, everyMs, (minute) => 100 + noise() + Math.max(0, minute - 30) * 600)
      expect(ofLast(all)).toMatchObject({ kind: 'to-threshold' })
    }
  })

  it('is no longer foretold two minutes after it ended', () => {
    const noise = jitter(3, 40)
    const end = (minute: number): number => 100 + noise() + 600 * Math.min(4, Math.max(0, minute - 30))
    expect(ofLast(series(36, 10_000, end))).toBeNull()
  })

  it('turns into a forecast of emptiness two minutes after it drains', () => {
    const noise = jitter(4, 20)
    const both = (m: number): number =>
      (m < 30 ? 20 + noise() : m < 34 ? 600 * (m - 30) : 2400 - 500 * (m - 34)) + noise()
    expect(ofLast(series(36, 10_000, both))).toMatchObject({ kind: 'to-empty' })
  })
})

describe('it says nothing', () => {
  const noise = jitter(1, 60)
  it.each<[string, readonly Reading[]]>([
    ['with no samples', []],
    ['with four samples', series(2 / 3, 10_000, (minute) => 100 + 600 * minute).slice(0, 4)],
    ['of a plateau', series(60, 10_000, () => 3500 + noise())],
    ['of a queue at 0', series(60, 10_000, () => 0)],
    ['of an idle queue', series(60, 10_000, () => 3 + noise() / 20)],
    ['where everything is a gap', series(60, 10_000, () => null)],
    ['of a saw that has turned round before', series(60, 10_000, (minute) => 4000 * ((minute % 10) / 10))],
    ['of a trend that leads there beyond its horizon', series(60, 10_000, (minute) => 5 * minute)]
  ])('%s', (_, samples) => {
    expect(ofLast(samples)).toBeNull()
  })

  it('when the newest sample is two minutes old and more', () => {
    const samples = series(20, 10_000, (minute) => 100 * minute)
    expect(forecastOf(trendOf(samples, { threshold, nowMs: 20 * minuteMs }))).not.toBeNull()
    expect(forecastOf(trendOf(samples, { threshold, nowMs: 23 * minuteMs }))).toBeNull()
  })

  it('when the rise lies before a stretch nobody watched', () => {
    const samples = series(30, 10_000, (minute) => 100 * minute).filter(
      ({ atMs }) => atMs < 20 * minuteMs || atMs > 29.8 * minuteMs
    )
    expect(ofLast(samples)).toBeNull()
  })
})

it('is not turned round by one odd sample, wherever it is', () => {
  const samples = series(20, 10_000, (minute) => 100 * minute)
  const calm = ofLast(samples)
  for (const odd of [60, 100, 119, 120]) {
    for (const depth of [0, 40_000]) {
      const forecast = ofLast(samples.map((sample, i) => (i === odd ? { ...sample, value: depth } : sample)))
      expect(forecast?.kind).toBe('to-threshold')
      expect(Math.abs((forecast?.likelyMs ?? 0) - (calm?.likelyMs ?? 0))).toBeLessThan(3 * minuteMs)
    }
  }
})

describe('for any samples', () => {
  const depths = fc.array(fc.option(fc.nat(9000), { freq: 8 }), { maxLength: 400 })
  const walks = fc.array(fc.integer({ min: -20, max: 40 }), { minLength: 5, maxLength: 400 }).map((steps) =>
    steps.map(
      (
        (sum) => (step: number) =>
          (sum = Math.max(0, sum + step))
      )(100)
    )
  )
  const any = fc.oneof(depths, walks).map((all) => all.map((depth, i) => ({ atMs: i * 10_000, value: depth })))

  it('it is finite, in order, and within the horizon', () => {
    fc.assert(
      fc.property(any, (samples) => {
        const nowMs = samples.at(-1)?.atMs ?? 0
        const said = ofLast(samples)
        if (said === null) return
        const moments = [nowMs, said.earliestMs, said.likelyMs, said.latestMs ?? said.likelyMs, nowMs + horizonMs]
        expect([...moments, said.perMinute, said.sinceMs].every(Number.isFinite)).toBe(true)
        expect(moments.toSorted((a, b) => a - b)).toEqual(moments)
        expect(said.sinceMs).toBeLessThanOrEqual(nowMs)
      }),
      { numRuns: runs(2000) }
    )
  })

  it('it moves with time and keeps its times when jobs and threshold are scaled', () => {
    fc.assert(
      fc.property(any, fc.nat(1e9), (samples, laterMs) => {
        const said = ofLast(samples)
        const later = ofLast(samples.map((one) => ({ ...one, atMs: one.atMs + laterMs })))
        const scaled = ofLast(
          samples.map(({ atMs, value }) => ({ atMs, value: value === null ? null : value * 4 })),
          threshold * 4
        )
        const moments = (of: Forecast | null, shift: number) =>
          of && [of.earliestMs, of.likelyMs, of.sinceMs, of.latestMs].map((ms) => ms && Math.round((ms - shift) / 10))
        expect(moments(later, laterMs)).toEqual(moments(said, 0))
        expect(moments(scaled, 0)).toEqual(moments(said, 0))
      }),
      { numRuns: runs(1000) }
    )
  })
})
