import type { Buckets } from './buckets.ts'
import type { SampleColumns } from './samples.ts'

/** What a chart draws of one series; equally long columns, oldest first, `NaN` is a gap. */
export interface Entries {
  readonly atMs: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly last: Float64Array
}

export const entriesOfSamples = ({ atMs, values }: SampleColumns): Entries => ({
  atMs,
  min: values,
  max: values,
  last: values
})

export const entriesOfBuckets = ({ atMs, min, max, last }: Buckets): Entries => ({ atMs, min, max, last })

/** One after the other; the second begins after the first ends. */
export function inARow(parts: readonly Entries[]): Entries {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  const column = (of: keyof Entries): Float64Array => {
    const columns = parts.map((part) => part[of])
    const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0))
    let filled = 0
    for (const one of columns) {
      all.set(one, filled)
      filled += one.length
    }
    return all
  }
  return { atMs: column('atMs'), min: column('min'), max: column('max'), last: column('last') }
}

/**
 * At most `points` entries: each stands for a stretch of time with its lowest, highest and newest value, so that no
 * spike is lost. A stretch with values and a gap gives an entry and a gap, so that no gap is lost either. Stretches begin
 * at multiples of their width, whatever the range: a picture asked for again a moment later is made of the same ones.
 * Their width is a multiple of `stepMs`, that of the entries, at least 1. Returns it, 0 when nothing was put together.
 */
export function reduced(
  entries: Entries,
  { fromMs, toMs, points, stepMs }: { fromMs: number; toMs: number; points: number; stepMs: number }
): [Entries, number] {
  const { length } = entries.atMs
  if (length <= points) return [entries, 0]
  const hasGap = entries.last.some((value) => Number.isNaN(value))
  const stretches = Math.floor(hasGap ? points / 2 : points)
  // A range of so many widths may touch one more; of a single stretch the beginning does not matter.
  const originMs = stretches < 2 ? fromMs : 0
  const widthMs = Math.ceil((toMs - fromMs) / Math.max(1, stretches - 1) / stepMs) * stepMs
  const out = new EntryList(points)
  let i = 0
  while (i < length) {
    const startMs = at(entries.atMs, i)
    const stretch = Math.floor((startMs - originMs) / widthMs)
    let low = NaN
    let high = NaN
    let newest = NaN
    let gapMs = NaN
    let valueMs = NaN
    for (; i < length && Math.floor((at(entries.atMs, i) - originMs) / widthMs) === stretch; i++) {
      const value = at(entries.last, i)
      if (Number.isNaN(value)) {
        gapMs = at(entries.atMs, i)
        continue
      }
      if (Number.isNaN(valueMs)) valueMs = at(entries.atMs, i)
      // `NaN < x` is false: the first value is taken whatever it is.
      if (!(low <= at(entries.min, i))) low = at(entries.min, i)
      if (!(high >= at(entries.max, i))) high = at(entries.max, i)
      newest = value
    }
    // The gap stands where the line is broken for sure: before the values if it was at the very start, else after them.
    const isGapFirst = gapMs === startMs
    if (!Number.isNaN(gapMs) && isGapFirst) out.push(gapMs, NaN, NaN, NaN)
    if (!Number.isNaN(valueMs)) out.push(valueMs, low, high, newest)
    if (!Number.isNaN(gapMs) && !isGapFirst) out.push(Math.max(gapMs, valueMs), NaN, NaN, NaN)
  }
  return [out.done(), widthMs]
}

class EntryList {
  readonly #atMs: Float64Array
  readonly #min: Float64Array
  readonly #max: Float64Array
  readonly #last: Float64Array
  #length = 0

  constructor(capacity: number) {
    // One stretch can be begun before `fromMs` by a sample at the edge, and each may hold a gap besides.
    const room = capacity + 4
    this.#atMs = new Float64Array(room)
    this.#min = new Float64Array(room)
    this.#max = new Float64Array(room)
    this.#last = new Float64Array(room)
  }

  push(atMs: number, min: number, max: number, last: number): void {
    this.#atMs[this.#length] = atMs
    this.#min[this.#length] = min
    this.#max[this.#length] = max
    this.#last[this.#length++] = last
  }

  done(): Entries {
    const cut = (column: Float64Array): Float64Array => column.slice(0, this.#length)
    return { atMs: cut(this.#atMs), min: cut(this.#min), max: cut(this.#max), last: cut(this.#last) }
  }
}

// Indices are within the columns by construction; the compiler cannot know.
const at = (column: Float64Array, index: number): number => column[index] ?? NaN
