import type { SeriesName } from '../../contract/series.ts'
import { checksum } from './checksum.ts'
import { textOf, type Statement } from '../database.ts'
import type { HistoryDatabase } from './database.ts'

/** The short numbers that stand for series in hot rows. */
export class SeriesTable {
  readonly #database: HistoryDatabase
  readonly #onDamage: () => void
  readonly #insert: Statement
  readonly #ids = new Map<SeriesName, number>()
  readonly #names = new Map<number, SeriesName>()
  #nextId = 1

  constructor(database: HistoryDatabase, onDamage: () => void) {
    this.#database = database
    this.#onDamage = onDamage
    this.#insert = database.prepare('INSERT INTO series VALUES (?, ?, ?)')
    this.reload()
  }

  /** Reads the table again, after a transaction that was rolled back. */
  reload(): void {
    this.#ids.clear()
    this.#names.clear()
    const all = 'SELECT CAST(id AS INTEGER), CAST(name AS BLOB), CAST(sum AS INTEGER) FROM series'
    for (const [id, bytes, sum] of this.#database.prepare(all).rows()) {
      const name = textOf(bytes)
      this.#nextId = Math.max(this.#nextId, Number(id) + 1)
      if (sum !== checksum(`${Number(id)} ${name}`)) {
        this.#onDamage()
        continue
      }
      // Checked: it is a name that was written.
      this.#keep(Number(id), name as SeriesName)
    }
  }

  has(series: SeriesName): boolean {
    return this.#ids.has(series)
  }

  nameOf(id: number): SeriesName | undefined {
    return this.#names.get(id)
  }

  /** Gives a new series the next number; to be called within a transaction then. */
  idOf(series: SeriesName): number {
    const known = this.#ids.get(series)
    if (known !== undefined) return known
    const id = this.#nextId++
    this.#insert.run(id, series, checksum(`${id} ${series}`))
    this.#keep(id, series)
    return id
  }

  #keep(id: number, name: SeriesName): void {
    this.#ids.set(name, id)
    this.#names.set(id, name)
  }
}
