import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initialSettings } from '../../../src-main/contract/settings.ts'
import { backoffMs } from '../../../src-main/core/backoff.ts'
import { cadenceFor } from '../../../src-main/core/cadence.ts'
import { parseCommandLine } from '../../../src-main/core/command-line.ts'
import { DueHeap } from '../../../src-main/core/due-heap.ts'
import { redact } from '../../../src-main/core/redact.ts'

describe('the backoff', () => {
  it('doubles from two seconds to thirty', () => {
    expect([1, 2, 3, 4, 5, 6, 400].map((attempt) => backoffMs(attempt, 0.5))).toEqual([
      2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000
    ])
  })

  it('strays by a fifth at most', () => {
    expect([backoffMs(5, 0), backoffMs(5, 0.999_999)]).toEqual([24_000, 36_000])
  })
})

describe('the cadence', () => {
  it('of the default sweep is the default, and every other keeps its proportions', () => {
    expect(cadenceFor(10_000)).toEqual(initialSettings.intervals)
    expect(cadenceFor(2000)).toEqual({ depthsMs: 2000, cheapMs: 6000, slowMs: 60_000, rareMs: 720_000 })
  })
})

describe('the command line', () => {
  it('knows its own options and leaves the rest to Electron', () => {
    const line = parseCommandLine([
      '.',
      '--demo',
      '--report=/tmp/r',
      '--sweep-every=2',
      '--password-store=basic',
      '-r',
      'x'
    ])
    expect(line).toEqual({
      isDemo: true,
      reportFolder: '/tmp/r',
      userDataFolder: null,
      sweepMs: 2000,
      watchdogFolder: null,
      complaints: []
    })
  })

  it.each(['--watchdog', '--watchdog='])('takes %s for a watchdog without a folder, and never for an app', (option) => {
    expect(parseCommandLine(['.', option, '--demo']).watchdogFolder).toBe('')
  })

  it('takes the last word on the demo', () => {
    expect(parseCommandLine(['--demo', '--no-demo']).isDemo).toBe(false)
  })

  it.each(['0', '301', '2.5', '-3', 'often', ''])('complains of --sweep-every=%s and keeps what is set', (value) => {
    const line = parseCommandLine([`--sweep-every=${value}`])
    expect(line.sweepMs).toBeNull()
    expect(line.complaints).toHaveLength(1)
  })
})

describe('the heap', () => {
  it('gives back by due time what is due, whatever was pushed, moved and removed', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1000), fc.boolean(), fc.nat(1000))), fc.nat(1000), (pushed, nowMs) => {
        const heap = new DueHeap<number>()
        pushed.forEach(([, , earlierMs], index) => heap.push(earlierMs, index))
        pushed.forEach(([dueMs], index) => heap.push(dueMs, index))
        pushed.forEach(([, isRemoved], index) => isRemoved && heap.remove(index))
        const taken: number[] = []
        for (let due = heap.popDue(nowMs); due !== null; due = heap.popDue(nowMs)) taken.push(due.dueMs)
        const expected = pushed.filter(([dueMs, isRemoved]) => !isRemoved && dueMs <= nowMs).map(([dueMs]) => dueMs)
        expect(taken).toEqual(expected.sort((a, b) => a - b))
      })
    )
  })
})

describe('redaction', () => {
  it('leaves nothing of a secret, wherever it stands', () => {
    const secret = fc.string({ minLength: 6, maxLength: 40 })
    fc.assert(
      fc.property(secret, fc.array(fc.string()), (key, parts) => {
        fc.pre(!'[key]'.includes(key) && !key.includes('[key]'))
        expect(redact(parts.join(key), [key])).toBe(parts.join(key).replaceAll(key, '[key]'))
      })
    )
    expect(redact('key abcdef in abcdefabcdef', ['abcdef'])).toBe('key [key] in [key][key]')
  })
})
