import { describe, expect, it } from 'vitest'
import { initialSettings } from '../../../src-main/contract/settings.ts'
import {
  daysWords,
  everyWords,
  loadSentence,
  megabytesWords,
  requestsPerMinute,
  sizeWords
} from '../../../src-renderer/features/settings/words.ts'

describe('the load that intervals put on a server', () => {
  const { intervals } = initialSettings

  it('is what each round asks for, by how often it comes', () => {
    // 12 × 6 + 17 × 2 + 4 / 5 + 2 / 60
    expect(requestsPerMinute(intervals)).toBe(107)
    expect(loadSentence(intervals)).toContain('About 107 requests a minute')
  })

  it('falls with a longer interval', () => {
    expect(requestsPerMinute({ ...intervals, depthsMs: 60_000 })).toBe(47)
  })
})

it('says how often, how long and how much in words', () => {
  expect([everyWords(10_000), everyWords(300_000), everyWords(3_600_000)]).toEqual([
    'every 10 s',
    'every 5 min',
    'every 1 h'
  ])
  expect([1, 30, 365, 730].map(daysWords)).toEqual(['1 day', '30 days', '1 year', '2 years'])
  expect([64, 1024, 4096].map(megabytesWords)).toEqual(['64 MB', '1 GB', '4 GB'])
  expect([1, 2048, 1_258_291, 3 * 1024 ** 3].map((sizeBytes) => sizeWords({ sizeBytes }))).toEqual([
    '1 KB',
    '2 KB',
    '1.2 MB',
    '3.0 GB'
  ])
})
