import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bucketCandidates,
  bucketsOf,
  merged,
  minuteMs,
  quarterMs,
  readBuckets,
  wider
} from '../../../src-main/core/history/buckets.ts'
import { ByteReader, ByteWriter, valueLimit } from '../../../src-main/core/history/bytes.ts'
import {
  inOrderOfTime,
  joined,
  readTimes,
  readValues,
  timeCandidates,
  valueCandidates,
  within,
  type SampleColumns
} from '../../../src-main/core/history/samples.ts'

const startMs = 1_790_000_000_000

const value = fc.oneof(
  { weight: 6, arbitrary: fc.nat(50) },
  { weight: 2, arbitrary: fc.integer({ min: -valueLimit, max: valueLimit }) },
  { weight: 1, arbitrary: fc.constant(NaN) }
)
/** Polls every few seconds with jitter, holes, doubles and a clock that was set back. */
const distance = fc.oneof(
  { weight: 10, arbitrary: fc.integer({ min: 9_990, max: 10_012 }) },
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -21_600_000, max: 86_400_000 }) }
)
export const columns = fc
  .array(fc.tuple(distance, value), { minLength: 1, maxLength: 300 })
  .map((steps): SampleColumns => {
    let atMs = startMs
    const times = steps.map(([step]) => (atMs += step))
    return inOrderOfTime({ atMs: Float64Array.from(times), values: Float64Array.from(steps, ([, one]) => one) })
  })

describe('numbers as bytes', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger().map((number) => Math.trunc(number / 2))), (numbers) => {
        const writer = new ByteWriter()
        for (const number of numbers) writer.signed(number)
        const reader = new ByteReader(writer.done())
        expect(numbers.map(() => reader.signed())).toEqual(numbers.map((number) => number + 0))
        expect(reader.isAtEnd).toBe(true)
      })
    )
  })

  it.each([[[]], [[128]], [[255, 255, 255, 255, 255, 255, 255, 255, 255, 1]]])('are refused when cut: %j', (bytes) => {
    expect(() => new ByteReader(Uint8Array.from(bytes)).count()).toThrow(RangeError)
  })
})

describe('the samples of a series', () => {
  it('come back exactly, whichever way they are written', () => {
    fc.assert(
      fc.property(columns, ({ atMs, values }) => {
        for (const bytes of timeCandidates(atMs)) expect(readTimes(bytes, atMs.length)).toEqual(atMs)
        for (const bytes of valueCandidates(values)) expect(readValues(bytes, values.length)).toEqual(values)
      })
    )
  })

  it('of a regular poll with jitter take a byte for each time', () => {
    const atMs = Float64Array.from({ length: 1000 }, (_, index) => startMs + index * 10_000 + ((index * 7) % 12))
    expect(Math.min(...timeCandidates(atMs).map(({ length }) => length))).toBeLessThan(1020)
  })

  it('are joined in order of time, those of one time in the order they came', () => {
    const early = { atMs: Float64Array.of(1, 5), values: Float64Array.of(10, 50) }
    const late = { atMs: Float64Array.of(3, 5), values: Float64Array.of(30, 51) }
    expect(joined([early, late])).toEqual({
      atMs: Float64Array.of(1, 3, 5, 5),
      values: Float64Array.of(10, 30, 50, 51)
    })
  })

  it('are cut from the first time on, without the last', () => {
    const all = { atMs: Float64Array.of(1, 2, 3, 4), values: Float64Array.of(1, 2, 3, 4) }
    expect(within(all, 2, 4)).toEqual({ atMs: Float64Array.of(2, 3), values: Float64Array.of(2, 3) })
  })
})

describe('buckets', () => {
  it('come back exactly, whichever way they are written', () => {
    fc.assert(
      fc.property(columns, (samples) => {
        const buckets = bucketsOf(samples, minuteMs)
        for (const bytes of bucketCandidates(buckets, minuteMs))
          expect(readBuckets(bytes, buckets.atMs.length, minuteMs)).toEqual(buckets)
      })
    )
  })

  it('of wider steps are those of the samples themselves', () => {
    fc.assert(
      fc.property(columns, (samples) => {
        expect(wider(bucketsOf(samples, minuteMs), quarterMs)).toEqual(bucketsOf(samples, quarterMs))
      })
    )
  })

  it('of two halves are those of the whole', () => {
    fc.assert(
      fc.property(columns, fc.nat(300), (samples, at) => {
        const cutMs = samples.atMs[at % samples.atMs.length] ?? 0
        const halves = [within(samples, 0, cutMs), within(samples, cutMs, Infinity)] as const
        const [first, second] = halves.map((half) => bucketsOf(half, minuteMs))
        if (first === undefined || second === undefined) throw new Error('two halves')
        expect(merged(first, second)).toEqual(bucketsOf(samples, minuteMs))
      })
    )
  })

  it('that hold gaps alone count nothing, and say so', () => {
    const gap = { atMs: Float64Array.of(0, 1), values: Float64Array.of(NaN, NaN) }
    expect(bucketsOf(gap, minuteMs)).toEqual({
      atMs: Float64Array.of(0),
      count: Float64Array.of(0),
      sum: Float64Array.of(NaN),
      min: Float64Array.of(NaN),
      max: Float64Array.of(NaN),
      last: Float64Array.of(NaN)
    })
  })
})
