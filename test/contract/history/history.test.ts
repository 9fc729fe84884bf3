import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Sample, SeriesName } from '../../../src-main/contract/series.ts'
import { initialSettings } from '../../../src-main/contract/settings.ts'
import { bucketsOf, bucketSteps, dayMs } from '../../../src-main/core/history/buckets.ts'
import { entriesOfBuckets } from '../../../src-main/core/history/entries.ts'
import { historyKey, sample, setUpHistory, startMs, sweeps, sweptNames } from '../../support/histories.ts'

const isSoak = process.env.STANDBY_SOAK === '1'

describe('a history', () => {
  it('is there again after a restart, sealed or not', async () => {
    const { open } = setUpHistory()
    const all = sweeps(3000)
    const first = open()
    for (const one of all.slice(0, 2500)) first.append('s1', one)
    await first.tend(startMs + 2500 * 10_000)
    for (const one of all.slice(2500)) first.append('s1', one)
    first.unwatched('s1', { fromMs: startMs, toMs: startMs + 60_000, reason: 'asleep' })
    first.mark('s1', { atMs: startMs + 5, kind: 'version', text: '1.9.6' })
    const before = first.query({
      serverId: 's1',
      series: sweptNames,
      fromMs: startMs,
      toMs: startMs + dayMs / 3,
      points: 4000
    })
    first.close()

    const second = open()
    for (const name of sweptNames)
      expect(second.samples('s1', name, 0)).toEqual(all.flat().filter(({ series }) => series === name))
    expect(second.lastAtMs('s1')).toBe(Math.max(...all.flat().map(({ atMs }) => atMs)))
    expect(
      second.query({ serverId: 's1', series: sweptNames, fromMs: startMs, toMs: startMs + dayMs / 3, points: 4000 })
    ).toEqual(before)
    expect(before.unwatched).toEqual([{ fromMs: startMs, toMs: startMs + 60_000, reason: 'asleep' }])
    expect(before.marks).toEqual([{ atMs: startMs + 5, kind: 'version', text: '1.9.6' }])
    expect(second.size('s1')).toMatchObject({ oldestMs: startMs, trouble: null })
  })

  it('begins with its oldest sample, not with the block that holds it, for as long as that sample is kept', async () => {
    const { open } = setUpHistory()
    const history = open()
    const firstMs = startMs + 4 * 3_600_000 + 53_000 + 7 * 60_000
    expect(history.size('s1').oldestMs).toBeNull()
    for (const one of sweeps(10, firstMs)) history.append('s1', one)
    expect(history.size('s1').oldestMs).toBe(firstMs)
    await history.tend(startMs + dayMs)
    expect(history.size('s1').oldestMs).toBe(firstMs)
    // Then only the minute is left, and last the quarter of an hour.
    await history.tend(startMs + 9 * dayMs)
    expect(history.size('s1').oldestMs).toBe(firstMs - 53_000)
    await history.tend(startMs + 62 * dayMs)
    expect(history.size('s1').oldestMs).toBe(startMs + 4 * 3_600_000)
    await history.tend(startMs + 800 * dayMs)
    expect(history.size('s1').oldestMs).toBeNull()
  })

  it('tells what a naive recomputation tells, whatever the clock did and whenever it was sealed', async () => {
    const step = fc.record({
      distanceMs: fc.oneof(
        { weight: 20, arbitrary: fc.integer({ min: 1000, max: 120_000 }) },
        { weight: 2, arbitrary: fc.integer({ min: -6 * 3_600_000, max: 0 }) },
        { weight: 2, arbitrary: fc.integer({ min: 3_600_000, max: 12 * 3_600_000 }) }
      ),
      values: fc.array(fc.option(fc.integer({ min: -5, max: 9_000 })), { minLength: 3, maxLength: 3 }),
      tends: fc.integer({ min: 0, max: 19 }).map((roll) => roll === 0)
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 120 }), async (steps) => {
        const { open } = setUpHistory()
        let history = open()
        let nowMs = startMs
        const model = new Map<SeriesName, Sample[]>(sweptNames.map((name) => [name, []]))
        for (const { distanceMs, values, tends } of steps) {
          nowMs += distanceMs
          const samples = sweptNames.map((name, at) => sample(name, nowMs, values[at] ?? null))
          for (const one of samples) model.get(one.series)?.push(one)
          history.append('s1', samples)
          if (!tends) continue
          await history.tend(nowMs)
          if (distanceMs % 3 !== 0) continue
          history.close()
          history = open()
        }
        for (const name of sweptNames) {
          const told = (model.get(name) ?? []).toSorted((a, b) => a.atMs - b.atMs)
          expect(history.samples('s1', name, 0)).toEqual(told)
          const columns = {
            atMs: Float64Array.from(told, ({ atMs }) => atMs),
            values: Float64Array.from(told, ({ value }) => value ?? NaN)
          }
          for (const stepMs of bucketSteps) {
            const toMs = startMs - dayMs + stepMs * 4000
            const range = { fromMs: startMs - dayMs, toMs, points: 4000 }
            const { series } = history.query({ serverId: 's1', series: [name], ...range })
            const { atMs, min, max, last } = entriesOfBuckets(bucketsOf(columns, stepMs))
            const end = atMs.findIndex((time) => time >= toMs)
            const cut = (column: Float64Array): Float64Array => (end < 0 ? column : column.slice(0, end))
            expect(series[0]).toEqual({ series: name, atMs: cut(atMs), min: cut(min), max: cut(max), last: cut(last) })
          }
        }
        history.close()
      }),
      { numRuns: isSoak ? 200 : 20, seed: 5 }
    )
  }, 300_000)

  it('keeps raw samples as long as told and answers from minutes before that', async () => {
    const { open } = setUpHistory({ retention: () => ({ ...initialSettings.retention, rawDays: 1, minuteDays: 3 }) })
    const history = open()
    const days = 6
    for (const one of sweeps(days * 1440, startMs, 60_000)) history.append('s1', one)
    const nowMs = startMs + days * dayMs
    await history.tend(nowMs)
    const oldest = history.samples('s1', 'depth/functions', 0)[0]?.atMs ?? 0
    expect(oldest).toBeGreaterThan(nowMs - 1.5 * dayMs)
    const { series, stepMs } = history.query({
      serverId: 's1',
      series: ['depth/functions'],
      fromMs: startMs,
      toMs: nowMs,
      points: 4000
    })
    const at = series[0]?.atMs ?? new Float64Array()
    expect(at[0]).toBe(startMs)
    expect(stepMs).toBe(900_000)
    expect(at.filter((time) => time < startMs + dayMs)).toHaveLength(96)
    const lastDay = { serverId: 's1', series: ['depth/functions'] as const, fromMs: nowMs - dayMs, toMs: nowMs }
    expect(history.query({ ...lastDay, points: 4000 }).series[0]?.atMs).toHaveLength(1440)
  })

  it('stays below its size by giving up the oldest samples first', async () => {
    const { open } = setUpHistory({ retention: () => ({ ...initialSettings.retention, maxSizeMb: 1 }) })
    const history = open()
    let seed = 1
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647)
    for (let index = 0; index < 3 * 4320; index++) {
      const atMs = startMs + index * 5_000
      history.append(
        's1',
        Array.from({ length: 25 }, (_, at) => sample(`depth/q${at}`, atMs, random()))
      )
    }
    await history.tend(startMs + 8 * dayMs)
    expect(history.size('s1').sizeBytes).toBeLessThanOrEqual(1_048_576)
    const left = history.samples('s1', 'depth/q1', 0)
    expect(left[0]?.atMs ?? Infinity).toBeGreaterThan(startMs)
  }, 60_000)

  it('forgets a server with its file, and only that one', () => {
    const { open, folder } = setUpHistory()
    const history = open()
    for (const serverId of ['s1', 's2']) history.append(serverId, [sample('depth/mails', startMs, 1)])
    history.forget('s1')
    expect(readdirSync(folder).filter((name) => name.startsWith('s1'))).toEqual([])
    expect(history.samples('s2', 'depth/mails', 0)).toHaveLength(1)
    expect(history.samples('s1', 'depth/mails', 0)).toEqual([])
  })

  it('is unreadable on the disk without its key', () => {
    const { open, file } = setUpHistory()
    const history = open()
    history.append('s1', [sample('depth/a-name-to-look-for', startMs, 1)])
    history.close()
    expect(readFileSync(file).includes('a-name-to-look-for')).toBe(false)
    expect(readFileSync(file).includes('SQLite format 3')).toBe(false)
  })

  it('is kept in memory alone without a key, and for a server that is not to be kept', () => {
    const { open, folder } = setUpHistory()
    for (const change of [{ key: () => null }, { isKept: () => false }]) {
      const history = open(change)
      history.append('s1', [sample('depth/mails', startMs, 4)])
      expect(history.samples('s1', 'depth/mails', 0)).toEqual([sample('depth/mails', startMs, 4)])
      history.close()
    }
    expect(readdirSync(folder)).toEqual([])
  })

  it('is told as CSV and JSON, with gaps', () => {
    const { open } = setUpHistory({ key: () => null })
    const history = open()
    history.append('s1', [sample('depth/mails', startMs, 4)])
    history.append('s1', [sample('depth/mails', startMs + 10_000, null)])
    const asked = { serverId: 's1', series: ['depth/mails'] as const, fromMs: startMs, toMs: startMs + 60_000 }
    expect([...history.export({ ...asked, format: 'csv' })].join('')).toBe(
      `time,unix_ms,series,min,max,last\n2026-10-20T00:00:00.000Z,${startMs},depth/mails,4,4,4\n2026-10-20T00:00:10.000Z,${startMs + 10_000},depth/mails,,,\n`
    )
    expect(JSON.parse([...history.export({ ...asked, format: 'json' })].join(''))).toEqual({
      stepMs: 0,
      entries: [
        { time: '2026-10-20T00:00:00.000Z', unixMs: startMs, series: 'depth/mails', min: 4, max: 4, last: 4 },
        {
          time: '2026-10-20T00:00:10.000Z',
          unixMs: startMs + 10_000,
          series: 'depth/mails',
          min: null,
          max: null,
          last: null
        }
      ]
    })
  })

  it('takes a value nobody can believe for a gap', () => {
    const { open } = setUpHistory({ key: () => null })
    const history = open()
    const odd = [1.5, 2 ** 40, NaN, Infinity]
    history.append(
      's1',
      odd.map((value, index) => sample('depth/mails', startMs + index, value))
    )
    expect(history.samples('s1', 'depth/mails', 0).map(({ value }) => value)).toEqual([null, null, null, null])
  })
})

describe('a history without a key', () => {
  it('goes to the disk with all it holds as soon as there is one', () => {
    let key: string | null = null
    const { open, folder } = setUpHistory({ key: () => key })
    const history = open()
    history.append('s1', [sample('depth/mails', startMs, 3)])
    expect(history.size('s1').trouble?.kind).toBe('memory')
    history.settle()
    expect(readdirSync(folder)).toEqual([])
    key = historyKey
    history.settle()
    history.append('s1', [sample('depth/mails', startMs + 1, 4)])
    expect(history.size('s1').trouble).toBeNull()
    history.close()
    expect(
      open()
        .samples('s1', 'depth/mails', 0)
        .map(({ value }) => value)
    ).toEqual([3, 4])
  })
})
