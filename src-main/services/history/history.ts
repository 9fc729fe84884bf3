import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type {
  ExportArgs,
  HistoryArgs,
  HistoryRange,
  HistorySize,
  HistoryTrouble,
  Unwatched,
  Uptime,
  UptimeArgs
} from '../../contract/history.ts'
import type { Mark } from '../../contract/marks.ts'
import type { Sample, SeriesName } from '../../contract/series.ts'
import type { Retention } from '../../contract/settings.ts'
import { meaningOf, TooNew } from '../database.ts'
import { Topic } from '../live-view.ts'
import type { Log } from '../ports.ts'
import { exportText } from './export.ts'
import { HistoryFile } from './file.ts'
import { ServerHistory } from './server-history.ts'

export interface HistoryOptions {
  /** Made when it is not there. */
  readonly folder: string
  /** 64 hexadecimal digits; `null` keeps every history in memory. Asked whenever a history is opened. */
  readonly key: () => string | null
  /** Whether a server's history is kept between starts: the demo's is not. */
  readonly isKept: (serverId: string) => boolean
  readonly retention: () => Retention
  readonly now: () => number
  readonly log: Log
  /** The most pages of 4 kB of each file; for tests of a full disk. */
  readonly maxPages?: number
}

export interface HistoryTold {
  readonly serverId: string
  readonly trouble: HistoryTrouble | null
}

/**
 * Every sample of every server: one encrypted file each, opened when it is first needed. What happens to a file is
 * told, never thrown: the app goes on with what it has in memory.
 */
export class History {
  readonly #options: HistoryOptions
  readonly #servers = new Map<string, ServerHistory>()
  readonly #told = new Topic<HistoryTold>()
  #tending: Promise<void> | null = null

  constructor(options: HistoryOptions) {
    this.#options = options
  }

  /**
   * Keeps one sweep's samples; a killed process loses at most the last call's. `null` values are gaps. Values are whole
   * numbers within ±2^36, others count as gaps. Times may go back, also into what was sealed.
   */
  append(serverId: string, samples: readonly Sample[]): void {
    if (samples.length > 0) this.#with(serverId, (history) => history.append(samples))
  }

  /** Notes a stretch nobody watched. */
  unwatched(serverId: string, span: Unwatched): void {
    this.#with(serverId, (history) => history.unwatched(span))
  }

  /** Notes something that happened. */
  mark(serverId: string, mark: Mark): void {
    this.#with(serverId, (history) => history.mark(mark))
  }

  /** The coarsest resolution with an entry for each point; what was dropped there is taken from coarser ones. */
  query(args: HistoryArgs): HistoryRange {
    return this.#with(args.serverId, (history) => history.query(args))
  }

  /** Of every check with a level in the range, in order of name. */
  uptime(args: UptimeArgs): readonly Uptime[] {
    return this.#with(args.serverId, (history) => history.uptime(args))
  }

  /** The samples as they came, oldest first. */
  samples(serverId: string, series: SeriesName, fromMs: number): readonly Sample[] {
    return this.#with(serverId, (history) => history.samples(series, fromMs))
  }

  /** When the newest sample was taken; `null` while there is none. */
  lastAtMs(serverId: string): number | null {
    return this.#with(serverId, (history) => history.newestMs())
  }

  /** What a chart of the range shows, as a text in pieces. */
  export(args: ExportArgs): Iterable<string> {
    return exportText(args, (asked) => this.query(asked))
  }

  size(serverId: string): HistorySize {
    return this.#with(serverId, (history) => ({
      serverId,
      sizeBytes: history.sizeBytes(),
      oldestMs: history.oldestMs(),
      trouble: history.trouble ?? (this.#options.key() === null && this.#options.isKept(serverId) ? keyless : null)
    }))
  }

  trouble(serverId: string): HistoryTrouble | null {
    return this.#servers.get(serverId)?.trouble ?? null
  }

  onTrouble(listener: (told: HistoryTold) => void): () => void {
    return this.#told.subscribe(listener)
  }

  /**
   * Seals what is over and drops what is too old or too much, in steps of a few milliseconds. To be called about once a
   * minute; a call during another one waits for it and does nothing itself.
   */
  tend(nowMs: number): Promise<void> {
    this.#tending ??= this.#tendAll(nowMs).finally(() => (this.#tending = null))
    return this.#tending
  }

  /** Deletes what is kept of a server. */
  forget(serverId: string): void {
    this.#close(serverId)
    for (const suffix of suffixes) rmSync(`${this.#pathOf(serverId)}${suffix}`, { force: true })
  }

  /** There is a key now: what was kept in memory for want of one goes to the disk. */
  settle(): void {
    for (const [serverId, history] of [...this.#servers]) {
      if (!history.isInMemory || history.trouble !== null || !this.#isOnDisk(serverId)) continue
      const rest = samplesOf(history)
      this.#close(serverId)
      this.#open(serverId).append(rest)
    }
  }

  close(): void {
    for (const serverId of [...this.#servers.keys()]) this.#close(serverId)
  }

  #close(serverId: string): void {
    const history = this.#servers.get(serverId)
    this.#servers.delete(serverId)
    try {
      history?.close()
    } catch (thrown) {
      this.#options.log(`the history of ${serverId} could not be closed: ${String(thrown)}`)
    }
  }

  async #tendAll(nowMs: number): Promise<void> {
    const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
    for (const [serverId, history] of [...this.#servers]) {
      try {
        await history.tend(nowMs, this.#options.retention(), rest)
      } catch (thrown) {
        if (meaningOf(thrown) === null) throw thrown
        if (this.#servers.get(serverId) === history) this.#replace(serverId, history, thrown)
      }
    }
  }

  /** Runs `act`; on a damaged file once more on a new one, which takes over what was not sealed. */
  #with<Value>(serverId: string, act: (history: ServerHistory) => Value): Value {
    const known = this.#servers.get(serverId) ?? this.#open(serverId)
    try {
      return act(known)
    } catch (thrown) {
      if (meaningOf(thrown) === null) throw thrown
      return act(this.#replace(serverId, known, thrown))
    }
  }

  #replace(serverId: string, broken: ServerHistory, thrown: unknown): ServerHistory {
    this.#options.log(`the history of ${serverId} failed: ${String(thrown)}`)
    const rest = samplesOf(broken)
    this.#close(serverId)
    const isDamaged = meaningOf(thrown) === 'damaged'
    const next = isDamaged ? this.#begin(serverId, this.#setAside(serverId)) : this.#inMemory(serverId, unusable)
    next.append(rest)
    return next
  }

  #open(serverId: string): ServerHistory {
    if (!this.#isOnDisk(serverId)) return this.#inMemory(serverId, null)
    try {
      return this.#begin(serverId, null)
    } catch (thrown) {
      this.#options.log(`the history of ${serverId} does not open: ${String(thrown)}`)
      if (thrown instanceof TooNew) return this.#inMemory(serverId, tooNew)
      if (meaningOf(thrown) !== 'damaged') return this.#inMemory(serverId, unusable)
      return this.#begin(serverId, this.#setAside(serverId))
    }
  }

  #begin(serverId: string, trouble: HistoryTrouble | null): ServerHistory {
    mkdirSync(this.#options.folder, { recursive: true, mode: 0o700 })
    const { key, maxPages } = this.#options
    const path = this.#pathOf(serverId)
    return this.#keep(
      serverId,
      new HistoryFile({ path, key: key(), ...(maxPages === undefined ? {} : { maxPages }) }),
      trouble
    )
  }

  #inMemory(serverId: string, trouble: HistoryTrouble | null): ServerHistory {
    return this.#keep(serverId, new HistoryFile({ path: ':memory:', key: null }), trouble)
  }

  #keep(serverId: string, file: HistoryFile, trouble: HistoryTrouble | null): ServerHistory {
    const tell = (told: HistoryTrouble | null): void => this.#told.publish({ serverId, trouble: told })
    const history = new ServerHistory(serverId, file, trouble, tell)
    this.#servers.set(serverId, history)
    if (trouble !== null) tell(trouble)
    return history
  }

  #setAside(serverId: string): HistoryTrouble {
    const path = this.#pathOf(serverId)
    const aside = `${path}.damaged-${this.#options.now()}`
    for (const suffix of suffixes) {
      if (statSync(`${path}${suffix}`, { throwIfNoEntry: false }) !== undefined)
        renameSync(`${path}${suffix}`, `${aside}${suffix}`)
    }
    const message = `The history of this server was damaged and could not be read. It was kept as ${basename(aside)}; Standby began a new one.`
    return { kind: 'set-aside', message }
  }

  #isOnDisk(serverId: string): boolean {
    return this.#options.key() !== null && this.#options.isKept(serverId)
  }

  #pathOf(serverId: string): string {
    return join(this.#options.folder, `${serverId}.db`)
  }
}

/** Whether a folder holds histories, which only the key they were made with opens. */
export function holdsHistories(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.endsWith('.db'))
  } catch {
    return false
  }
}

const samplesOf = (history: ServerHistory): readonly Sample[] =>
  history.hotSamples().map(({ series, atMs, value }) => ({ series, atMs, value: Number.isNaN(value) ? null : value }))

const suffixes = ['', '-wal', '-shm'] as const

const keyless: HistoryTrouble = {
  kind: 'memory',
  message:
    'This machine keeps no key for the history, so it is in memory and gone when Standby closes. Start a keyring to keep it.'
}
const unusable: HistoryTrouble = {
  kind: 'unusable',
  message:
    'The history of this server cannot be written. It is kept in memory until Standby closes; check the data folder.'
}
const tooNew: HistoryTrouble = {
  kind: 'unusable',
  message:
    'The history of this server was written by a newer Standby. It is left as it is, and this one keeps its own in memory.'
}
