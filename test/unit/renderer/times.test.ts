import { describe, expect, it } from 'vitest'
import {
  ago,
  clockTime,
  clockTimeWithSeconds,
  duration,
  exactTime,
  momentTime,
  offsetMs,
  zoneName
} from '../../../src-renderer/parts/times.ts'

const at = Date.UTC(2026, 10, 23, 2, 14, 7)
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe('durations', () => {
  it.each([
    [-5, '1 s'],
    [0, '1 s'],
    [999, '1 s'],
    [4_999, '4 s'],
    [59_999, '59 s'],
    [minute, '1 min'],
    [hour - 1, '59 min'],
    [hour, '1 h'],
    [hour + 4 * minute, '1 h 4 min'],
    [day, '1 d'],
    [2 * day + 3 * hour + 59 * minute, '2 d 3 h']
  ])('%i ms reads as %s', (spanMs, text) => {
    expect(duration(spanMs)).toBe(text)
  })

  it('an age is a duration in the past', () => {
    expect(ago(at, at + 3 * minute)).toBe('3 min ago')
  })
})

describe('clock times', () => {
  it('are padded and in UTC when asked', () => {
    expect([clockTime(at, true), clockTimeWithSeconds(at, true), exactTime(at, true)]).toEqual([
      '02:14',
      '02:14:07',
      '23 Nov 2026 02:14:07 UTC'
    ])
  })

  it('show what the clock of this machine shows otherwise', () => {
    const local = new Date(at)
    expect(clockTime(at, false)).toBe(local.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }))
    expect(offsetMs(at, false)).toBe(-local.getTimezoneOffset() * minute)
  })

  it('carry the day only when it is another one', () => {
    expect(momentTime(at, at + hour, true)).toBe('02:14')
    expect(momentTime(at, at + day, true)).toBe('23 Nov 02:14')
    expect(momentTime(at, at - 3 * hour, true)).toBe('23 Nov 02:14')
  })

  it('name their zone', () => {
    expect(zoneName(at, true)).toBe('UTC')
    expect(zoneName(at, false)).toMatch(/^UTC([+−]\d{1,2}(:\d\d)?)?$/)
  })
})
