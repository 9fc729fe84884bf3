import { ByteReader, ByteWriter } from './bytes.ts'

/** The samples of one series in columns, oldest first; `NaN` is a gap. */
export interface SampleColumns {
  readonly atMs: Float64Array
  readonly values: Float64Array
}

/** The columns in order of time; samples of one time keep the order they came in. */
export function inOrderOfTime({ atMs, values }: SampleColumns): SampleColumns {
  let isSorted = true
  for (let i = 1; i < atMs.length && isSorted; i++) isSorted = at(atMs, i - 1) <= at(atMs, i)
  if (isSorted) return { atMs, values }
  const order = Array.from(atMs.keys()).sort((a, b) => at(atMs, a) - at(atMs, b) || a - b)
  return {
    atMs: Float64Array.from(order, (index) => at(atMs, index)),
    values: Float64Array.from(order, (index) => at(values, index))
  }
}

/** One after another, in order of time. */
export function joined(parts: readonly SampleColumns[]): SampleColumns {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return inOrderOfTime(only)
  const length = parts.reduce((sum, part) => sum + part.atMs.length, 0)
  const atMs = new Float64Array(length)
  const values = new Float64Array(length)
  let filled = 0
  for (const part of parts) {
    atMs.set(part.atMs, filled)
    values.set(part.values, filled)
    filled += part.atMs.length
  }
  return inOrderOfTime({ atMs, values })
}

/** Those with `fromMs <= atMs < toMs`, without copying; the columns must be in order of time. */
export function within({ atMs, values }: SampleColumns, fromMs: number, toMs: number): SampleColumns {
  const first = indexFrom(atMs, fromMs)
  const end = indexFrom(atMs, toMs)
  return { atMs: atMs.subarray(first, end), values: values.subarray(first, end) }
}

/** The first index whose value is not below `limit`. */
export function indexFrom(column: Float64Array, limit: number): number {
  let low = 0
  let high = column.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (at(column, middle) < limit) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Ways to write times down, as bytes that tell which way it is; whoever compresses them keeps the shortest. `grid` keeps
 * the distance to a regular grid: the jitter of polls, one byte each. `steps` keeps how each distance differs from the
 * usual one: better where polls drift.
 */
export function timeCandidates(atMs: Float64Array): readonly Uint8Array[] {
  const stepMs = usualStep(atMs)
  return [gridBytes(atMs, stepMs), stepBytes(atMs, stepMs)]
}

function gridBytes(atMs: Float64Array, stepMs: number): Uint8Array {
  const skips = new ByteWriter()
  const rests = new ByteWriter()
  const first = at(atMs, 0)
  const baseMs = first - (first % Math.max(stepMs, 1))
  let nominalMs = baseMs
  let skipCount = 0
  let lastSkip = 0
  for (let i = 0; i < atMs.length; i++) {
    const steps = i === 0 || stepMs === 0 ? 0 : Math.round((at(atMs, i) - nominalMs) / stepMs)
    if (i > 0 && steps !== 1) {
      skips.count(i - lastSkip)
      skips.signed(steps)
      lastSkip = i
      skipCount++
    }
    nominalMs += steps * stepMs
    rests.signed(at(atMs, i) - nominalMs)
  }
  const writer = new ByteWriter()
  writer.byte(0)
  writer.count(baseMs)
  writer.count(stepMs)
  writer.count(skipCount)
  writer.append(skips.done())
  writer.append(rests.done())
  return writer.done()
}

function stepBytes(atMs: Float64Array, stepMs: number): Uint8Array {
  const writer = new ByteWriter()
  writer.byte(1)
  writer.count(at(atMs, 0))
  writer.count(stepMs)
  for (let i = 1; i < atMs.length; i++) writer.signed(at(atMs, i) - at(atMs, i - 1) - stepMs)
  return writer.done()
}

/** The times written by one of `timeCandidates`. Throws a `RangeError` for bytes that are none. */
export function readTimes(bytes: Uint8Array, length: number): Float64Array {
  const reader = new ByteReader(bytes)
  const way = reader.byte()
  const firstMs = reader.count()
  const stepMs = reader.count()
  const atMs = new Float64Array(length)
  if (way === 1) {
    let time = firstMs
    for (let i = 0; i < length; i++) {
      if (i > 0) time += stepMs + reader.signed()
      atMs[i] = time
    }
    return atMs
  }
  const skips = new Map<number, number>()
  let skipAt = 0
  for (let left = reader.count(); left > 0; left--) {
    skipAt += reader.count()
    skips.set(skipAt, reader.signed())
  }
  let nominalMs = firstMs
  for (let i = 0; i < length; i++) {
    if (i > 0) nominalMs += (skips.get(i) ?? 1) * stepMs
    atMs[i] = nominalMs + reader.signed()
  }
  return atMs
}

/** Ways to write values down: as they are, or as differences. Gaps come first, as runs. */
export function valueCandidates(values: Float64Array): readonly Uint8Array[] {
  const runs = gapRuns(values)
  const known = values.filter((value) => !Number.isNaN(value))
  return [0, 1].map((way) => {
    const writer = new ByteWriter()
    writer.byte(way)
    writer.count(runs.length)
    let end = 0
    for (const [start, length] of runs) {
      writer.count(start - end)
      writer.count(length)
      end = start + length
    }
    let previous = 0
    for (const value of known) {
      writer.signed(value - previous)
      if (way === 1) previous = value
    }
    return writer.done()
  })
}

/** The values written by one of `valueCandidates`. Throws a `RangeError` for bytes that are none. */
export function readValues(bytes: Uint8Array, length: number): Float64Array {
  const reader = new ByteReader(bytes)
  const way = reader.byte()
  const values = new Float64Array(length)
  let index = 0
  for (let left = reader.count(); left > 0; left--) {
    index += reader.count()
    const end = index + reader.count()
    if (end > length) throw new RangeError('a gap is too long')
    values.fill(NaN, index, end)
    index = end
  }
  let previous = 0
  for (let i = 0; i < length; i++) {
    if (Number.isNaN(at(values, i))) continue
    const value = previous + reader.signed()
    values[i] = value
    if (way === 1) previous = value
  }
  if (!reader.isAtEnd) throw new RangeError('bytes are left over')
  return values
}

function gapRuns(values: Float64Array): readonly (readonly [start: number, length: number])[] {
  const runs: [number, number][] = []
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(at(values, i))) continue
    const last = runs.at(-1)
    if (last !== undefined && last[0] + last[1] === i) last[1]++
    else runs.push([i, 1])
  }
  return runs
}

/** The median distance, to the nearest 100 ms if it is longer: polls are spaced by round numbers. */
function usualStep(atMs: Float64Array): number {
  const distances = atMs
    .subarray(1)
    .map((time, index) => time - at(atMs, index))
    .sort()
  const median = distances[distances.length >> 1] ?? 0
  return median > 100 ? Math.round(median / 100) * 100 : median
}

// Indices are within the columns by construction; the compiler cannot know.
const at = (column: Float64Array, index: number): number => column[index] ?? NaN
