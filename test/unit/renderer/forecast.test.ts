import { describe, expect, it } from 'vitest'
import type { Forecast } from '../../../src-main/contract/forecast.ts'
import { forecastWords } from '../../../src-renderer/parts/forecast.ts'

const now = Date.UTC(2026, 10, 23, 2, 14)
const minute = 60_000
const hour = 60 * minute

const forecast = (earliest: number, latest: number | null, kind: Forecast['kind'] = 'to-threshold'): Forecast => ({
  kind,
  earliestMs: now + earliest,
  likelyMs: now + earliest,
  latestMs: latest === null ? null : now + latest,
  perMinute: 182,
  sinceMs: now - 26 * minute
})

describe('a forecast in words', () => {
  it.each([
    ['a range', 14 * minute, 22 * minute, 'reaches 5,000 in 14–22 min'],
    ['rounded outwards', 14.9 * minute, 21.1 * minute, 'reaches 5,000 in 14–22 min'],
    ['one figure where both ends are the same', 14 * minute, 14 * minute, 'reaches 5,000 in 14 min'],
    ['minutes up to an hour and a half', 20 * minute, 90 * minute, 'reaches 5,000 in 20–90 min'],
    ['hours', 2.5 * hour, 6.2 * hour, 'reaches 5,000 in 2–7 h'],
    ['each end in its own unit', 50 * minute, 3 * hour, 'reaches 5,000 in 50 min – 3 h'],
    ['days', 40 * hour, 100 * hour, 'reaches 5,000 in 1–5 d'],
    ['begun already', -minute, 3 * minute, 'reaches 5,000 within 3 min'],
    ['sooner than a minute', 20_000, 50_000, 'reaches 5,000 within 1 min'],
    ['past altogether', -9 * minute, -minute, 'reaches 5,000 any moment']
  ])('says %s', (_case, earliest, latest, words) => {
    expect(forecastWords(forecast(earliest, latest), 5000, now)).toBe(words)
  })

  it.each([
    [14 * minute, 22.4 * minute, 'reaches 5,000 in about 22 min, 14 min at the earliest'],
    [50 * minute, 3 * hour, 'reaches 5,000 in about 3 h, 50 min at the earliest'],
    [20_000, 4 * minute, 'reaches 5,000 in about 4 min, perhaps any moment'],
    [-minute, 30_000, 'reaches 5,000 any moment']
  ])('says what is likely where the end is open', (earliest, likely, words) => {
    const open = { ...forecast(earliest, null), likelyMs: now + likely }
    expect(forecastWords(open, 5000, now)).toBe(words)
  })

  it('says when a queue is empty', () => {
    expect(forecastWords(forecast(3 * minute, 5 * minute, 'to-empty'), 5000, now)).toBe('empty in 3–5 min')
  })

  it('says nothing without evidence', () => {
    expect(forecastWords(null, 5000, now)).toBeNull()
  })
})
