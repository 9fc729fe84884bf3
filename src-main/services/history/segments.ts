import type { SeriesName } from '../../contract/series.ts'
import { noBuckets, type Buckets, type BucketStep } from '../../core/history/buckets.ts'
import type { Resolution } from '../../core/history/resolution.ts'
import { joined, type SampleColumns } from '../../core/history/samples.ts'
import { spanMs } from './blocks.ts'
import { DecodedCache } from './cache.ts'
import { Damaged } from './checksum.ts'
import type { Statement } from '../database.ts'
import type { HistoryDatabase } from './database.ts'
import { bound, readPlaces, unpackBuckets, unpackSamples, type Packed, type Place } from './segment.ts'

const cacheBytes = 24_000_000

/** One segment's series by name. */
type Places = ReadonlyMap<SeriesName, Place>

/** The sealed segments of one file, read through a cache. What is damaged is left out, and said once. */
export class Segments {
  readonly #onDamage: () => void
  readonly #cache = new DecodedCache(cacheBytes)
  readonly #starts = new Map<Resolution, number[]>()
  readonly #damaged = new Set<string>()
  readonly #readPlaces: Statement
  readonly #readBytes: Statement
  readonly #readBody: Statement
  readonly #write: Statement
  readonly #delete: Statement

  constructor(database: HistoryDatabase, onDamage: () => void) {
    this.#onDamage = onDamage
    this.#readPlaces = database.prepare('SELECT CAST(places AS BLOB) FROM segment WHERE resolution = ? AND fromMs = ?')
    this.#readBytes = database.prepare(
      'SELECT CAST(substr(body, ?, ?) AS BLOB) FROM segment WHERE resolution = ? AND fromMs = ?'
    )
    this.#readBody = database.prepare('SELECT CAST(body AS BLOB) FROM segment WHERE resolution = ? AND fromMs = ?')
    this.#write = database.prepare('INSERT OR REPLACE INTO segment VALUES (?, ?, ?, ?)')
    this.#delete = database.prepare('DELETE FROM segment WHERE resolution = ? AND fromMs = ?')
    for (const row of database
      .prepare('SELECT CAST(resolution AS INTEGER), CAST(fromMs AS INTEGER) FROM segment ORDER BY fromMs')
      .rows()) {
      // A key that was flipped on the disk names no resolution, or fails the checksum when it is read.
      this.#startsOf(Number(row[0]) as Resolution).push(Number(row[1]))
    }
  }

  /** When the segments of a resolution begin, oldest first. */
  starts(resolution: Resolution): readonly number[] {
    return this.#startsOf(resolution)
  }

  has(resolution: Resolution, fromMs: number): boolean {
    return this.#startsOf(resolution).includes(fromMs)
  }

  names(resolution: Resolution, fromMs: number): readonly SeriesName[] {
    return [...this.#places(resolution, fromMs).keys()]
  }

  /** The sealed samples of the segments that overlap the range, in order of time. */
  samples(series: SeriesName, fromMs: number, toMs: number): readonly SampleColumns[] {
    return this.#overlapping(0, fromMs, toMs).flatMap((startMs) => {
      const key = { resolution: 0, fromMs: startMs }
      const bytesOf = ({ atMs }: SampleColumns): number => atMs.length * 16
      return this.#decoded(0, startMs, series, (bytes) => unpackSamples(key, series, bytes), bytesOf) ?? []
    })
  }

  /** The sealed buckets of the segments that overlap the range. */
  buckets(stepMs: BucketStep, series: SeriesName, fromMs: number, toMs: number): readonly Buckets[] {
    return this.#overlapping(stepMs, fromMs, toMs).flatMap((startMs) => {
      const key = { resolution: stepMs, fromMs: startMs }
      const bytesOf = ({ atMs }: Buckets): number => atMs.length * 48
      return this.#decoded(stepMs, startMs, series, (bytes) => unpackBuckets(key, series, bytes, stepMs), bytesOf) ?? []
    })
  }

  /** All samples of one series in one segment; `null` where there is none. */
  samplesAt(startMs: number, series: SeriesName): SampleColumns | null {
    const found = this.has(0, startMs) ? this.samples(series, startMs, startMs + 1) : []
    return found.length === 0 ? null : joined(found)
  }

  bucketsAt(stepMs: BucketStep, startMs: number, series: SeriesName): Buckets {
    return (this.has(stepMs, startMs) ? this.buckets(stepMs, series, startMs, startMs + 1)[0] : undefined) ?? noBuckets
  }

  /** When the oldest sample of a resolution was taken, or its oldest bucket begins; `null` where none can be read. */
  oldestMs(resolution: Resolution): number | null {
    const startMs = this.starts(resolution)[0]
    if (startMs === undefined) return null
    const firsts = this.names(resolution, startMs).flatMap((series) => {
      const entries = resolution === 0 ? this.samplesAt(startMs, series) : this.bucketsAt(resolution, startMs, series)
      return entries?.atMs[0] ?? []
    })
    return firsts.length === 0 ? null : Math.min(...firsts)
  }

  /** What of a segment can be carried over as it is: the series that are not in `changed`. */
  carried(resolution: Resolution, fromMs: number, changed: ReadonlySet<SeriesName>): readonly Packed[] {
    const places = [...this.#places(resolution, fromMs).values()].filter(({ series }) => !changed.has(series))
    if (places.length === 0) return []
    const body = this.#readBody.row(resolution, fromMs)?.[0]
    if (!(body instanceof Uint8Array)) return []
    return places.map(({ series, offset, length }) => ({ series, bytes: body.slice(offset, offset + length) }))
  }

  /** To be called within a transaction; `wrote` afterwards. */
  write(resolution: Resolution, fromMs: number, packed: readonly Packed[]): void {
    const { places, body } = bound({ resolution, fromMs }, packed)
    this.#write.run(resolution, fromMs, Buffer.from(places), Buffer.from(body))
  }

  /** Takes a segment that was written into account. */
  wrote(resolution: Resolution, fromMs: number): void {
    this.#forget(resolution, fromMs)
    const starts = this.#startsOf(resolution)
    if (!starts.includes(fromMs)) starts.push(fromMs)
    starts.sort((a, b) => a - b)
  }

  delete(resolution: Resolution, fromMs: number): void {
    this.#delete.run(resolution, fromMs)
    this.#forget(resolution, fromMs)
    const starts = this.#startsOf(resolution)
    starts.splice(starts.indexOf(fromMs), 1)
  }

  #startsOf(resolution: Resolution): number[] {
    let starts = this.#starts.get(resolution)
    if (starts === undefined) this.#starts.set(resolution, (starts = []))
    return starts
  }

  #overlapping(resolution: Resolution, fromMs: number, toMs: number): readonly number[] {
    const span = spanMs(resolution)
    return this.#startsOf(resolution).filter((startMs) => startMs < toMs && startMs + span > fromMs)
  }

  #forget(resolution: Resolution, fromMs: number): void {
    this.#cache.drop(`${resolution} ${fromMs} `)
    for (const key of this.#damaged) if (key.startsWith(`${resolution} ${fromMs} `)) this.#damaged.delete(key)
  }

  #places(resolution: Resolution, fromMs: number): Places {
    const key = `${resolution} ${fromMs} `
    return this.#cache.get<Places>(
      key,
      () => {
        const bytes = this.#readPlaces.row(resolution, fromMs)?.[0]
        const read = (): Places => {
          if (!(bytes instanceof Uint8Array)) throw new Damaged('no places')
          return new Map(readPlaces({ resolution, fromMs }, bytes).map((place) => [place.series, place]))
        }
        return this.#unlessDamaged(key, read) ?? new Map()
      },
      (places) => places.size * 100
    )
  }

  #decoded<Value extends object>(
    resolution: Resolution,
    fromMs: number,
    series: SeriesName,
    read: (bytes: Uint8Array) => Value,
    bytesOf: (value: Value) => number
  ): Value | null {
    const place = this.#places(resolution, fromMs).get(series)
    const key = `${resolution} ${fromMs} ${series}`
    if (place === undefined || this.#damaged.has(key)) return null
    return this.#unlessDamaged(key, () =>
      this.#cache.get(
        key,
        () => {
          // SQL counts bytes from 1.
          const bytes = this.#readBytes.row(place.offset + 1, place.length, resolution, fromMs)?.[0]
          if (!(bytes instanceof Uint8Array)) throw new Damaged('no body')
          return read(bytes)
        },
        bytesOf
      )
    )
  }

  #unlessDamaged<Value>(key: string, read: () => Value): Value | null {
    try {
      return read()
    } catch (thrown) {
      if (!(thrown instanceof Damaged)) throw thrown
      if (!this.#damaged.has(key)) this.#onDamage()
      this.#damaged.add(key)
      return null
    }
  }
}
