import { ByteReader, ByteWriter } from './bytes.ts'
import { indexFrom, type SampleColumns } from './samples.ts'

export const minuteMs = 60_000
export const quarterMs = 900_000
export const dayMs = 86_400_000

/** The widths of buckets, finest first; each is a whole number of the one before. */
export const bucketSteps = [minuteMs, quarterMs, dayMs] as const
export type BucketStep = (typeof bucketSteps)[number]

/**
 * Samples of one series summed up by time, oldest first. A bucket that holds gaps alone has the count 0 and `NaN` for
 * the rest; where nothing was asked there is no bucket.
 */
export interface Buckets {
  /** When each begins: a multiple of the step. */
  readonly atMs: Float64Array
  readonly count: Float64Array
  readonly sum: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  /** The newest value. */
  readonly last: Float64Array
}

/** Sums samples up; they must be in order of time. */
export function bucketsOf({ atMs, values }: SampleColumns, stepMs: number): Buckets {
  const growing = new GrowingBuckets()
  for (let i = 0; i < atMs.length; i++) growing.add(floorTo(at(atMs, i), stepMs), at(values, i))
  return growing.done()
}

/** Sums buckets up to wider ones; `stepMs` must be a multiple of theirs. */
export function wider(buckets: Buckets, stepMs: number): Buckets {
  const growing = new GrowingBuckets()
  for (let i = 0; i < buckets.atMs.length; i++) growing.addBucket(floorTo(at(buckets.atMs, i), stepMs), buckets, i)
  return growing.done()
}

/** The buckets of both; where both have one for a time they are added up, and the second has the last word. */
export function merged(first: Buckets, second: Buckets): Buckets {
  if (first.atMs.length === 0) return second
  if (second.atMs.length === 0) return first
  const growing = new GrowingBuckets()
  let i = 0
  let j = 0
  while (i < first.atMs.length || j < second.atMs.length) {
    const isFirst = j === second.atMs.length || (i < first.atMs.length && at(first.atMs, i) <= at(second.atMs, j))
    if (isFirst) growing.addBucket(at(first.atMs, i), first, i++)
    else growing.addBucket(at(second.atMs, j), second, j++)
  }
  return growing.done()
}

/** Without those in `fromMs <= atMs < toMs`. */
export function without(buckets: Buckets, fromMs: number, toMs: number): Buckets {
  return inSuccession([bucketsWithin(buckets, -Infinity, fromMs), bucketsWithin(buckets, toMs, Infinity)])
}

/** Those in `fromMs <= atMs < toMs`, without copying. */
export function bucketsWithin(buckets: Buckets, fromMs: number, toMs: number): Buckets {
  const first = indexFrom(buckets.atMs, fromMs)
  const end = indexFrom(buckets.atMs, toMs)
  return mapColumns((name) => buckets[name].subarray(first, end))
}

/** One after the other; each part begins after the one before it ends. */
export function inSuccession(parts: readonly Buckets[]): Buckets {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  const length = parts.reduce((sum, { atMs }) => sum + atMs.length, 0)
  return mapColumns((name) => {
    const column = new Float64Array(length)
    let filled = 0
    for (const part of parts) {
      column.set(part[name], filled)
      filled += part[name].length
    }
    return column
  })
}

function mapColumns(column: (name: keyof Buckets) => Float64Array): Buckets {
  return {
    atMs: column('atMs'),
    count: column('count'),
    sum: column('sum'),
    min: column('min'),
    max: column('max'),
    last: column('last')
  }
}

export const noBuckets: Buckets = {
  atMs: new Float64Array(0),
  count: new Float64Array(0),
  sum: new Float64Array(0),
  min: new Float64Array(0),
  max: new Float64Array(0),
  last: new Float64Array(0)
}

class GrowingBuckets {
  readonly #atMs: number[] = []
  readonly #count: number[] = []
  readonly #sum: number[] = []
  readonly #min: number[] = []
  readonly #max: number[] = []
  readonly #last: number[] = []

  add(bucketMs: number, value: number): void {
    const isGap = Number.isNaN(value)
    this.#put(bucketMs, isGap ? 0 : 1, isGap ? 0 : value, value, value, value)
  }

  addBucket(bucketMs: number, { count, sum, min, max, last }: Buckets, i: number): void {
    this.#put(bucketMs, at(count, i), at(sum, i), at(min, i), at(max, i), at(last, i))
  }

  done(): Buckets {
    return {
      atMs: Float64Array.from(this.#atMs),
      count: Float64Array.from(this.#count),
      sum: Float64Array.from(this.#sum),
      min: Float64Array.from(this.#min),
      max: Float64Array.from(this.#max),
      last: Float64Array.from(this.#last)
    }
  }

  #put(bucketMs: number, count: number, sum: number, min: number, max: number, last: number): void {
    const i = this.#atMs.length - 1
    if (this.#atMs[i] !== bucketMs) {
      this.#atMs.push(bucketMs)
      this.#count.push(count)
      this.#sum.push(count === 0 ? NaN : sum)
      this.#min.push(min)
      this.#max.push(max)
      this.#last.push(last)
    } else if (count > 0) {
      const before = this.#count[i] ?? 0
      this.#count[i] = before + count
      this.#sum[i] = before === 0 ? sum : (this.#sum[i] ?? 0) + sum
      this.#min[i] = before === 0 ? min : Math.min(this.#min[i] ?? min, min)
      this.#max[i] = before === 0 ? max : Math.max(this.#max[i] ?? max, max)
      this.#last[i] = last
    }
  }
}

/**
 * Ways to write buckets down, column by column: what is left of each once the lowest value is known, which itself is
 * written as it is or as differences. Whoever compresses them keeps the shortest.
 */
export function bucketCandidates(buckets: Buckets, stepMs: number): readonly Uint8Array[] {
  return [0, 1].map((way) => {
    const { atMs, count, sum, min, max, last } = buckets
    const writer = new ByteWriter()
    writer.byte(way)
    let previous = 0
    for (const time of atMs) {
      writer.count(time / stepMs - previous)
      previous = time / stepMs
    }
    for (const amount of count) writer.count(amount)
    const known = Array.from(count.keys()).filter((i) => at(count, i) > 0)
    previous = 0
    for (const i of known) {
      writer.signed(at(min, i) - previous)
      if (way === 1) previous = at(min, i)
    }
    for (const i of known) writer.count(at(max, i) - at(min, i))
    for (const i of known) writer.count(at(last, i) - at(min, i))
    for (const i of known) writer.count(at(sum, i) - at(min, i) * at(count, i))
    return writer.done()
  })
}

/** The buckets written by one of `bucketCandidates`. Throws a `RangeError` for bytes that are none. */
export function readBuckets(bytes: Uint8Array, length: number, stepMs: number): Buckets {
  const reader = new ByteReader(bytes)
  const way = reader.byte()
  const column = (): Float64Array => new Float64Array(length).fill(NaN)
  const [atMs, count, sum, min, max, last] = [column(), column(), column(), column(), column(), column()]
  let previous = 0
  for (let i = 0; i < length; i++) atMs[i] = (previous += reader.count()) * stepMs
  for (let i = 0; i < length; i++) count[i] = reader.count()
  const known = Array.from(count.keys()).filter((i) => at(count, i) > 0)
  previous = 0
  for (const i of known) {
    min[i] = previous + reader.signed()
    if (way === 1) previous = at(min, i)
  }
  for (const i of known) max[i] = at(min, i) + reader.count()
  for (const i of known) last[i] = at(min, i) + reader.count()
  for (const i of known) sum[i] = at(min, i) * at(count, i) + reader.count()
  if (!reader.isAtEnd) throw new RangeError('bytes are left over')
  return { atMs, count, sum, min, max, last }
}

export const floorTo = (value: number, step: number): number => Math.floor(value / step) * step

// Indices are within the columns by construction; the compiler cannot know.
const at = (column: Float64Array, index: number): number => column[index] ?? NaN
