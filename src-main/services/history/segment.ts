import { brotliCompress, brotliDecompressSync, constants } from 'node:zlib'
import { promisify } from 'node:util'
import type { SeriesName } from '../../contract/series.ts'
import { bucketCandidates, readBuckets, type Buckets, type BucketStep } from '../../core/history/buckets.ts'
import { ByteReader, ByteWriter } from '../../core/history/bytes.ts'
import {
  readTimes,
  readValues,
  timeCandidates,
  valueCandidates,
  type SampleColumns
} from '../../core/history/samples.ts'
import { Damaged, openBytes, sealBytes, type PlaceKey } from './checksum.ts'

/** Where one series lies in the body of a segment. */
export interface Place {
  readonly series: SeriesName
  readonly offset: number
  readonly length: number
}

export interface Packed {
  readonly series: SeriesName
  readonly bytes: Uint8Array
}

const compress = promisify(brotliCompress)

async function shortest(candidates: readonly Uint8Array[]): Promise<Uint8Array> {
  const pressed = await Promise.all(
    candidates.map((bytes) =>
      compress(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length
        }
      })
    )
  )
  return pressed.reduce((best, one) => (one.length < best.length ? one : best))
}

function plain(bytes: Uint8Array): Uint8Array {
  try {
    return brotliDecompressSync(bytes)
  } catch {
    throw new Damaged('compressed bytes')
  }
}

function checked<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof RangeError) throw new Damaged(thrown.message)
    throw thrown
  }
}

/** The samples of one series, compressed in the thread pool, with their checksum. */
export async function packSamples(key: PlaceKey, series: SeriesName, samples: SampleColumns): Promise<Packed> {
  const [times, values] = await Promise.all([
    shortest(timeCandidates(samples.atMs)),
    shortest(valueCandidates(samples.values))
  ])
  const writer = new ByteWriter()
  writer.count(samples.atMs.length)
  writer.count(times.length)
  writer.append(times)
  writer.append(values)
  return { series, bytes: sealBytes(key, series, writer.done()) }
}

/** Throws `Damaged` for bytes that are not what `packSamples` made for this key and series. */
export function unpackSamples(key: PlaceKey, series: SeriesName, bytes: Uint8Array): SampleColumns {
  return checked(() => {
    const reader = new ByteReader(openBytes(key, series, bytes))
    const length = reader.count()
    const times = reader.take(reader.count())
    const values = reader.rest()
    return { atMs: readTimes(plain(times), length), values: readValues(plain(values), length) }
  })
}

/** The buckets of one series, likewise. */
export async function packBuckets(
  key: PlaceKey,
  series: SeriesName,
  buckets: Buckets,
  stepMs: BucketStep
): Promise<Packed> {
  const writer = new ByteWriter()
  writer.count(buckets.atMs.length)
  writer.append(await shortest(bucketCandidates(buckets, stepMs)))
  return { series, bytes: sealBytes(key, series, writer.done()) }
}

/** Throws `Damaged` for bytes that are not what `packBuckets` made for this key and series. */
export function unpackBuckets(key: PlaceKey, series: SeriesName, bytes: Uint8Array, stepMs: BucketStep): Buckets {
  return checked(() => {
    const reader = new ByteReader(openBytes(key, series, bytes))
    const length = reader.count()
    return readBuckets(plain(reader.rest()), length, stepMs)
  })
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** All series of a segment in one body, so that few blobs just overflow a page, and where each lies in it. */
export function bound(
  key: PlaceKey,
  packed: readonly Packed[]
): { readonly places: Uint8Array; readonly body: Uint8Array } {
  const places = new ByteWriter()
  for (const { series, bytes } of packed) {
    const name = encoder.encode(series)
    places.count(name.length)
    places.append(name)
    places.count(bytes.length)
  }
  const body = new Uint8Array(packed.reduce((sum, { bytes }) => sum + bytes.length, 0))
  let filled = 0
  for (const { bytes } of packed) {
    body.set(bytes, filled)
    filled += bytes.length
  }
  return { places: sealBytes(key, 'places', places.done()), body }
}

/** Throws `Damaged` for bytes that are not the places of this segment. */
export function readPlaces(key: PlaceKey, bytes: Uint8Array): readonly Place[] {
  return checked(() => {
    const reader = new ByteReader(openBytes(key, 'places', bytes))
    const places: Place[] = []
    let offset = 0
    while (!reader.isAtEnd) {
      // Checked whole: these are the names that were written.
      const series = decoder.decode(reader.take(reader.count())) as SeriesName
      const length = reader.count()
      places.push({ series, offset, length })
      offset += length
    }
    return places
  })
}
