import { describe, expect, it } from 'vitest'
import { chartLabel } from '../../../src-renderer/parts/chart/label.ts'
import { shortId } from '../../../src-renderer/parts/ids.ts'
import { change, changeExact, count, counted, share } from '../../../src-renderer/parts/numbers.ts'

describe('numbers for reading', () => {
  it('groups thousands and shows a dash for what nobody knows', () => {
    expect([count(0), count(5012), count(1_234_567), count(null)]).toEqual(['0', '5,012', '1,234,567', '–'])
  })

  it.each([
    [182.4, '+182/min'],
    [-4, '−4/min'],
    [0, '0/min'],
    [-0.04, '0/min'],
    [0.4, '+0.4/min'],
    [-1234.5, '−1,235/min'],
    [null, '–/min']
  ])('a change of %s reads as %s', (perMinute, text) => {
    expect(change(perMinute)).toBe(text)
  })

  it('keeps the exact change for the tooltip', () => {
    expect(changeExact(182.437)).toBe('+182.44 jobs per minute over the last 5 minutes')
    expect(changeExact(null)).toBe('Too few samples for a trend yet')
  })

  it.each([
    [0, '0 %'],
    [1, 'under 1 %'],
    [3914, '78 %'],
    [4999, '99 %'],
    [5000, '100 %'],
    [12_500, '250 %']
  ])('%i of 5,000 is %s: never rounded up to the threshold', (depth, text) => {
    expect(share(depth, 5000)).toBe(text)
  })

  it('agrees with the number of things', () => {
    expect([counted(1, 'server'), counted(12, 'server'), counted(0, 'query', 'queries')]).toEqual([
      '1 server',
      '12 servers',
      '0 queries'
    ])
  })

  it('shortens ids in the middle, and only long ones', () => {
    expect([shortId('66f1a0b2c3d4e5f600c1'), shortId('payments')]).toEqual(['66f1a0…00c1', 'payments'])
  })
})

describe('the words of a chart', () => {
  it('tell depth, trend and threshold', () => {
    expect(chartLabel({ queue: 'functions', depth: 1204, changePerMinute: 5.6, threshold: 5000 })).toBe(
      'functions: 1,204 waiting, +6 per minute, threshold 5,000'
    )
    expect(chartLabel({ queue: 'builds', depth: 38, changePerMinute: -0.2, threshold: 5000 })).toBe(
      'builds: 38 waiting, 0 per minute, threshold 5,000'
    )
  })

  it('do not pretend to know', () => {
    expect(chartLabel({ queue: 'mails', depth: null, changePerMinute: null, threshold: 5000 })).toBe(
      'mails: depth unknown, no trend yet, threshold 5,000'
    )
  })
})
