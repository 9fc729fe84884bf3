import type { Unwatched } from '../../contract/history.ts'
import type { Mark } from '../../contract/marks.ts'
import type { Resolution } from '../../core/history/resolution.ts'
import { blockOf, spanMs } from './blocks.ts'
import { Damaged } from './checksum.ts'
import { meaningOf, type Statement } from '../database.ts'
import { HistoryDatabase, type HistoryDatabaseOptions } from './database.ts'
import { hotRow, readHotRow, type HotSample } from './hot-row.ts'
import { Notes } from './notes.ts'
import type { Sealed } from './sealing.ts'
import { Segments } from './segments.ts'
import { SeriesTable } from './series-table.ts'

/** How many free pages go back to the disk at a time: a few milliseconds of work. */
const shrinkPages = 64

/** One server's file: hot rows, sealed segments, and notes of what was not watched and what happened. */
export class HistoryFile {
  static readonly meaningOf = meaningOf
  readonly isInMemory: boolean
  readonly segments: Segments
  readonly #database: HistoryDatabase
  readonly #series: SeriesTable
  readonly #notes: Notes
  readonly #insertHot: Statement
  readonly #deleteHot: Statement
  readonly #lastHot: Statement
  #onDamage: () => void = () => undefined
  #isDamaged = false

  /** Throws as `HistoryDatabase` does. */
  constructor(options: HistoryDatabaseOptions) {
    this.#database = new HistoryDatabase(options)
    this.isInMemory = options.path === ':memory:'
    const tell = (): void => {
      this.#isDamaged = true
      this.#onDamage()
    }
    this.segments = new Segments(this.#database, tell)
    this.#series = new SeriesTable(this.#database, tell)
    this.#notes = new Notes(this.#database, tell)
    this.#insertHot = this.#database.prepare('INSERT INTO hot (block, body) VALUES (?, ?)')
    this.#deleteHot = this.#database.prepare('DELETE FROM hot WHERE block = ? AND id <= ?')
    this.#lastHot = this.#database.prepare('SELECT CAST(max(id) AS INTEGER) FROM hot')
  }

  /** Tells of damage found by now and later. */
  onDamage(listener: () => void): void {
    this.#onDamage = listener
    if (this.#isDamaged) listener()
  }

  /** What was appended and not sealed, in the order it came. A row that is damaged is left out. */
  hotSamples(): readonly HotSample[] {
    const rows = this.#database.prepare('SELECT CAST(block AS INTEGER), CAST(body AS BLOB) FROM hot ORDER BY id').rows()
    return rows.flatMap(([block, body]) => {
      try {
        if (!(body instanceof Uint8Array)) throw new Damaged('no body')
        return readHotRow(Number(block), body, (id) => this.#series.nameOf(id))
      } catch (thrown) {
        if (!(thrown instanceof Damaged || thrown instanceof RangeError)) throw thrown
        this.#isDamaged = true
        this.#onDamage()
        return []
      }
    })
  }

  /** One row for each block that the samples lie in, all or nothing. */
  append(samples: readonly HotSample[]): void {
    const blocks = new Map<number, HotSample[]>()
    for (const sample of samples) {
      const block = blockOf(sample.atMs)
      const own = blocks.get(block)
      if (own === undefined) blocks.set(block, [sample])
      else own.push(sample)
    }
    const isNew = samples.some(({ series }) => !this.#series.has(series))
    const write = (): void => {
      for (const [block, own] of blocks) {
        const bytes = hotRow(block, own, (series) => this.#series.idOf(series))
        this.#insertHot.run(block, Buffer.from(bytes))
      }
    }
    if (blocks.size === 0) return
    if (blocks.size === 1 && !isNew) return write()
    try {
      this.#database.transaction(write)
    } catch (thrown) {
      this.#series.reload()
      throw thrown
    }
  }

  /** The newest row there is; 0 while there is none. */
  lastHotRow(): number {
    return Number(this.#lastHot.row()?.[0] ?? 0)
  }

  /** Writes the segments of a block and deletes its rows up to `lastRow`, all or nothing. */
  seal(block: number, lastRow: number, { segments }: Sealed): void {
    this.#database.transaction(() => {
      for (const { resolution, fromMs, packed } of segments) this.segments.write(resolution, fromMs, packed)
      this.#deleteHot.run(block, lastRow)
    })
    for (const { resolution, fromMs } of segments) this.segments.wrote(resolution, fromMs)
  }

  /** Deletes a segment and remembers how far back its resolution reaches now. */
  drop(resolution: Resolution, startMs: number): void {
    this.#database.transaction(() => {
      this.segments.delete(resolution, startMs)
      this.#notes.setDropped(resolution, startMs + spanMs(resolution))
    })
  }

  /** Nothing older than this is kept in a resolution. */
  droppedUntil(resolution: Resolution): number {
    return this.#notes.droppedUntil(resolution)
  }

  unwatched(): readonly Unwatched[] {
    return this.#notes.unwatched()
  }

  addUnwatched(span: Unwatched): void {
    this.#notes.addUnwatched(span)
  }

  marks(): readonly Mark[] {
    return this.#notes.marks()
  }

  addMark(mark: Mark): void {
    this.#notes.addMark(mark)
  }

  forgetNotesBefore(atMs: number): void {
    this.#notes.forgetBefore(atMs)
  }

  sizeBytes(): number {
    return this.#database.sizeBytes()
  }

  shrink(): void {
    if (this.#database.number('freelist_count') > 0) this.#database.shrink(shrinkPages)
  }

  /** Leaves one file: the write-ahead log is emptied into it. */
  close(): void {
    try {
      this.#database.checkpoint()
    } finally {
      this.#database.close()
    }
  }
}
