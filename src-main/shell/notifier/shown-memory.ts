import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { noticeActs, type NoticeAct } from '../../services/ports.ts'
import { writeWhole } from '../whole-file.ts'

/** What is on the desktop for a notice. */
export interface Shown {
  /** The daemon's. */
  readonly id: number
  readonly acts: readonly NoticeAct[]
}

/** Keeps what a daemon shows, by `noticeId`, between starts of the app. Never fails: it is worth no alert. */
export interface ShownMemory {
  /** What the daemon of this lasting name was given; nothing of any other. */
  read(daemon: string): ReadonlyMap<string, Shown>
  write(daemon: string, shown: ReadonlyMap<string, Shown>): void
}

const kept = z.object({
  daemon: z.string(),
  shown: z.array(z.tuple([z.string(), z.object({ id: z.int(), acts: z.array(z.enum(noticeActs)) })]))
})

/** In a file of its own, which names no server and no alert. */
export function shownMemory(path: string): ShownMemory {
  return {
    read: (daemon) => {
      try {
        const read = kept.parse(JSON.parse(readFileSync(path, 'utf8')))
        return new Map(read.daemon === daemon ? read.shown : [])
      } catch {
        return new Map()
      }
    },
    write: (daemon, shown) => {
      try {
        writeWhole(path, JSON.stringify({ daemon, shown: [...shown] }))
      } catch {
        // A full disk: what is shown stays on the desktop after a restart.
      }
    }
  }
}
