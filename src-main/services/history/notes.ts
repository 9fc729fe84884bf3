import { z } from 'zod'
import type { Unwatched } from '../../contract/history.ts'
import type { Mark } from '../../contract/marks.ts'
import type { Resolution } from '../../core/history/resolution.ts'
import { checksum } from './checksum.ts'
import { textOf, type Statement } from '../database.ts'
import type { HistoryDatabase } from './database.ts'

const reasons = z.enum(['asleep', 'closed', 'paused'])
const kinds = z.enum(['alert', 'deployment', 'variable', 'version', 'state'])

/** What is known beside the samples: stretches nobody watched, what happened, and how far back each resolution reaches. */
export class Notes {
  readonly #insertUnwatched: Statement
  readonly #insertMark: Statement
  readonly #setDropped: Statement
  readonly #forgetUnwatched: Statement
  readonly #forgetMarks: Statement
  #unwatched: readonly Unwatched[]
  #marks: readonly Mark[]
  readonly #dropped = new Map<number, number>()

  constructor(database: HistoryDatabase, onDamage: () => void) {
    this.#insertUnwatched = database.prepare('INSERT INTO unwatched VALUES (?, ?, ?, ?)')
    this.#insertMark = database.prepare('INSERT INTO mark VALUES (?, ?, ?, ?)')
    this.#setDropped = database.prepare('INSERT OR REPLACE INTO dropped VALUES (?, ?, ?)')
    this.#forgetUnwatched = database.prepare('DELETE FROM unwatched WHERE toMs < ?')
    this.#forgetMarks = database.prepare('DELETE FROM mark WHERE atMs < ?')
    const sound = (rows: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] =>
      rows.filter((row) => {
        const isSound = row.at(-1) === checksum(row.slice(0, -1).map(textOf).join(' '))
        if (!isSound) onDamage()
        return isSound
      })
    this.#unwatched = sound(
      database
        .prepare(
          'SELECT CAST(fromMs AS INTEGER), CAST(toMs AS INTEGER), CAST(reason AS BLOB), CAST(sum AS INTEGER) FROM unwatched ORDER BY fromMs'
        )
        .rows()
    ).map((row) => ({
      fromMs: Number(row[0]),
      toMs: Number(row[1]),
      reason: reasons.parse(textOf(row[2]))
    }))
    this.#marks = sound(
      database
        .prepare(
          'SELECT CAST(atMs AS INTEGER), CAST(kind AS BLOB), CAST(text AS BLOB), CAST(sum AS INTEGER) FROM mark ORDER BY atMs'
        )
        .rows()
    ).map((row) => ({
      atMs: Number(row[0]),
      kind: kinds.parse(textOf(row[1])),
      text: textOf(row[2])
    }))
    for (const [resolution, untilMs] of sound(
      database
        .prepare('SELECT CAST(resolution AS INTEGER), CAST(untilMs AS INTEGER), CAST(sum AS INTEGER) FROM dropped')
        .rows()
    )) {
      this.#dropped.set(Number(resolution), Number(untilMs))
    }
  }

  unwatched(): readonly Unwatched[] {
    return this.#unwatched
  }

  addUnwatched(span: Unwatched): void {
    const { fromMs, toMs, reason } = span
    this.#unwatched = [...this.#unwatched, span]
    this.#insertUnwatched.run(fromMs, toMs, reason, checksum(`${fromMs} ${toMs} ${reason}`))
  }

  marks(): readonly Mark[] {
    return this.#marks
  }

  addMark(mark: Mark): void {
    const { atMs, kind, text } = mark
    this.#marks = [...this.#marks, mark]
    this.#insertMark.run(atMs, kind, text, checksum(`${atMs} ${kind} ${text}`))
  }

  droppedUntil(resolution: Resolution): number {
    return this.#dropped.get(resolution) ?? -Infinity
  }

  setDropped(resolution: Resolution, untilMs: number): void {
    const known = Math.max(this.droppedUntil(resolution), untilMs)
    this.#dropped.set(resolution, known)
    this.#setDropped.run(resolution, known, checksum(`${resolution} ${known}`))
  }

  forgetBefore(atMs: number): void {
    if (this.#unwatched.some(({ toMs }) => toMs < atMs)) {
      this.#forgetUnwatched.run(atMs)
      this.#unwatched = this.#unwatched.filter(({ toMs }) => toMs >= atMs)
    }
    if (this.#marks.some((mark) => mark.atMs < atMs)) {
      this.#forgetMarks.run(atMs)
      this.#marks = this.#marks.filter((mark) => mark.atMs >= atMs)
    }
  }
}
