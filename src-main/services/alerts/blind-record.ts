import { appendFileSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Blind } from '../../core/watchdog.ts'

const line = z.object({
  fromMs: z.number().nonnegative(),
  toMs: z.number().nonnegative().nullable(),
  kind: z.enum(['hung', 'dead'])
}) satisfies z.ZodType<Blind>

const maxBytes = 100_000
const mostKept = 200

/**
 * When Standby itself did not watch: written by its watchdog, read by Standby. One line of JSON a change; the last one
 * with a beginning is what counts of it. A line that cannot be read is passed over, a file that grew too large is begun
 * anew.
 */
export class BlindRecord {
  readonly #file: string

  /** `folder` must exist; none is made, because the watchdog outlives a profile that was removed. */
  constructor(folder: string) {
    this.#file = join(folder, 'blind.jsonl')
  }

  /** `false` where it could not be written. */
  append(blind: Blind): boolean {
    try {
      if (this.#size() > maxBytes) this.#forget()
      // A line of its own, also after one that a power cut left half written.
      appendFileSync(this.#file, `\n${JSON.stringify(blind)}\n`, { mode: 0o600 })
      return true
    } catch {
      return false
    }
  }

  /** Oldest first, at most the last 200. */
  read(): readonly Blind[] {
    const byStart = new Map<number, Blind>()
    for (const text of this.#text().split('\n')) {
      const blind = parsed(text)
      if (blind !== null) byStart.set(blind.fromMs, blind)
    }
    return [...byStart.values()].sort((a, b) => a.fromMs - b.fromMs).slice(-mostKept)
  }

  /**
   * Hands out what is recorded and forgets it once `use` returned: a crash in between hands it out again. What still
   * lasts by the record ended now, since only a Standby that watches asks.
   */
  take(nowMs: number, use: (blinds: readonly Blind[]) => void): void {
    const blinds = this.read().map((blind) => ({ ...blind, toMs: blind.toMs ?? Math.max(blind.fromMs, nowMs) }))
    if (blinds.length > 0) use(blinds)
    this.#forget()
  }

  #forget(): void {
    try {
      rmSync(this.#file, { force: true })
    } catch {
      // Handed out again at the next start.
    }
  }

  #size(): number {
    return statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0
  }

  #text(): string {
    try {
      return this.#size() > 2 * maxBytes ? '' : readFileSync(this.#file, 'utf8')
    } catch {
      return ''
    }
  }
}

function parsed(text: string): Blind | null {
  try {
    const read = line.safeParse(JSON.parse(text))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
