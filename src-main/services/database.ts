import Database from 'libsql'

/**
 * A prepared statement whose rows come as arrays. What is selected says its type by `CAST`, texts as BLOB: on a damaged
 * page any value can be anything, and libsql ends the whole process at a text that is no UTF-8.
 */
export interface Statement {
  run(...values: readonly unknown[]): void
  rows(...values: readonly unknown[]): readonly (readonly unknown[])[]
  /** `null` when there is none. */
  row(...values: readonly unknown[]): readonly unknown[] | null
}

/** Thrown for a file with a page that is not as it was written. */
export class Unsound extends Error {}

/** Thrown for a file that a newer Standby wrote. */
export class TooNew extends Error {}

export interface DatabaseOptions {
  /** A file, or `:memory:`. */
  readonly path: string
  /** 64 hexadecimal digits; `null` only in memory. */
  readonly key: string | null
  /** Each step leads from the version of its index to the next. */
  readonly migrations: readonly string[]
  /** The most pages of 4 kB the file may have; for tests of a full disk. */
  readonly maxPages?: number
}

/** libsql as Standby uses it: write-ahead log, encrypted, of the present schema. Any method may throw its errors. */
export class EncryptedDatabase {
  readonly #database: Database.Database

  /** Throws `TooNew`, and libsql's error for what is no database of this key. */
  constructor({ path, key, migrations, maxPages }: DatabaseOptions) {
    // The package's types are those of better-sqlite3, which knows no encryption.
    const options: Database.Options & { encryptionKey?: string } = key === null ? {} : { encryptionKey: key }
    this.#database = new Database(path, options)
    try {
      // Before the first table, or it has no effect: pages are given back to the disk as they become free.
      this.#database.exec('PRAGMA auto_vacuum = INCREMENTAL')
      this.#database.exec('PRAGMA journal_mode = WAL')
      // A killed process loses nothing; a power cut may lose what came since the last checkpoint, never what was before.
      this.#database.exec('PRAGMA synchronous = NORMAL')
      if (maxPages !== undefined) this.#database.exec(`PRAGMA max_page_count = ${maxPages}`)
      this.#migrate(migrations)
    } catch (thrown) {
      this.#database.close()
      throw thrown
    }
  }

  prepare(sql: string): Statement {
    const statement = this.#database.prepare(sql)
    const bare = (): typeof statement => statement.raw()
    return {
      run: (...values) => void statement.run(...values),
      rows: (...values) => bare().all(...values) as (readonly unknown[])[],
      row: (...values) => (bare().get(...values) as readonly unknown[] | undefined) ?? null
    }
  }

  /** All of it or nothing. */
  transaction(act: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      act()
      this.#database.exec('COMMIT')
    } catch (thrown) {
      // A full disk may have rolled back by itself.
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK')
      throw thrown
    }
  }

  /** Reads the whole file, which must be a small one. Throws `Unsound`, or as libsql does, where it is damaged. */
  check(): void {
    // Counted rather than read: what it says may hold bytes of the damage.
    const complaints = this.prepare("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'").row()
    if (complaints?.[0] !== 0) throw new Unsound('pages are damaged')
  }

  number(pragma: string): number {
    return Number(this.prepare(`PRAGMA ${pragma}`).row()?.[0] ?? 0)
  }

  sizeBytes(): number {
    return (this.number('page_count') - this.number('freelist_count')) * this.number('page_size')
  }

  /** Gives at most `pages` free pages back to the disk. */
  shrink(pages: number): void {
    this.#database.exec(`PRAGMA incremental_vacuum(${pages})`)
  }

  /** Empties the write-ahead log into the file. */
  checkpoint(): void {
    this.prepare('PRAGMA wal_checkpoint(TRUNCATE)').rows()
  }

  close(): void {
    this.#database.close()
  }

  #migrate(migrations: readonly string[]): void {
    const version = this.number('user_version')
    if (version > migrations.length) throw new TooNew(`version ${version}`)
    if (version === migrations.length) return
    this.transaction(() => {
      for (const step of migrations.slice(version)) this.#database.exec(step)
      this.#database.exec(`PRAGMA user_version = ${migrations.length}`)
    })
  }
}

/** A text that was selected as BLOB; what is no UTF-8 in it becomes replacement characters. */
export function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString() : String(value)
}

/** What an error of libsql means for the file; `null` for any other error. */
export function meaningOf(thrown: unknown): 'damaged' | 'full' | 'unusable' | null {
  if (thrown instanceof Unsound) return 'damaged'
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  if (/^SQLITE_(NOTADB|CORRUPT|FORMAT)/.test(code)) return 'damaged'
  if (/^SQLITE_(FULL|IOERR)/.test(code)) return 'full'
  return code.startsWith('SQLITE_') ? 'unusable' : null
}
