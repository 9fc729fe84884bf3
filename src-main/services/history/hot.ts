import type { SeriesName } from '../../contract/series.ts'
import { inOrderOfTime, type SampleColumns } from '../../core/history/samples.ts'
import { blockOf } from './blocks.ts'

/** Columns that grow at their end. */
class Growing {
  #atMs = new Float64Array(64)
  #values = new Float64Array(64)
  #length = 0
  #inOrder: SampleColumns | null = null

  push(atMs: number, value: number): void {
    if (this.#length === this.#atMs.length) {
      this.#atMs = doubled(this.#atMs)
      this.#values = doubled(this.#values)
    }
    this.#atMs[this.#length] = atMs
    this.#values[this.#length++] = value
    this.#inOrder = null
  }

  get length(): number {
    return this.#length
  }

  /** In order of time; a view of the columns unless a clock went back. */
  columns(): SampleColumns {
    this.#inOrder ??= inOrderOfTime(this.asTheyCame())
    return this.#inOrder
  }

  asTheyCame(): SampleColumns {
    return { atMs: this.#atMs.subarray(0, this.#length), values: this.#values.subarray(0, this.#length) }
  }

  /** Without the first `count` that came. */
  dropFirst(count: number): void {
    this.#atMs = this.#atMs.slice(count)
    this.#values = this.#values.slice(count)
    this.#length -= count
    this.#inOrder = null
  }
}

function doubled(column: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(64, column.length * 2))
  larger.set(column)
  return larger
}

/** The samples of one block at a moment, as they came, and how many of each series. */
export type HotBlock = ReadonlyMap<SeriesName, SampleColumns>

/** The samples that are not sealed yet, by block and series. They lie in rows of the file as well. */
export class Hot {
  readonly #blocks = new Map<number, Map<SeriesName, Growing>>()

  /** `value` is `NaN` for a gap. */
  push(series: SeriesName, atMs: number, value: number): void {
    const blockMs = blockOf(atMs)
    let block = this.#blocks.get(blockMs)
    if (block === undefined) this.#blocks.set(blockMs, (block = new Map<SeriesName, Growing>()))
    let columns = block.get(series)
    if (columns === undefined) block.set(series, (columns = new Growing()))
    columns.push(atMs, value)
  }

  blocks(): readonly number[] {
    return [...this.#blocks.keys()].sort((a, b) => a - b)
  }

  names(): ReadonlySet<SeriesName> {
    return new Set([...this.#blocks.values()].flatMap((block) => [...block.keys()]))
  }

  /** The samples of one series in one block, in order of time; `null` when there is none. */
  columns(blockMs: number, series: SeriesName): SampleColumns | null {
    return this.#blocks.get(blockMs)?.get(series)?.columns() ?? null
  }

  /** What a block holds now; later samples do not change it. */
  snapshot(blockMs: number): HotBlock {
    const block = this.#blocks.get(blockMs)
    if (block === undefined) return new Map()
    return new Map([...block].map(([series, columns]) => [series, columns.asTheyCame()]))
  }

  /** Forgets what a snapshot held; what came since stays. */
  drop(blockMs: number, sealed: HotBlock): void {
    const block = this.#blocks.get(blockMs)
    if (block === undefined) return
    for (const [series, { atMs }] of sealed) {
      const columns = block.get(series)
      if (columns === undefined) continue
      if (columns.length === atMs.length) block.delete(series)
      else columns.dropFirst(atMs.length)
    }
    if (block.size === 0) this.#blocks.delete(blockMs)
  }

  /** Of the oldest sample; `null` while there is none. */
  oldestMs(): number | null {
    const [first] = this.blocks()
    const block = first === undefined ? undefined : this.#blocks.get(first)
    if (block === undefined) return null
    return Math.min(...[...block.values()].map((columns) => columns.columns().atMs[0] ?? Infinity))
  }

  /** Of the newest sample; `null` while there is none. */
  newestMs(): number | null {
    const last = this.blocks().at(-1)
    const block = last === undefined ? undefined : this.#blocks.get(last)
    if (block === undefined) return null
    return Math.max(...[...block.values()].map((columns) => columns.columns().atMs.at(-1) ?? -Infinity))
  }
}
