import type { Sample, SeriesName } from '../../contract/series.ts'
import { ByteReader, ByteWriter } from '../../core/history/bytes.ts'
import { Damaged, openBytes, sealBytes } from './checksum.ts'

/** A sample as the store takes it: `NaN` is a gap. */
export interface HotSample {
  readonly series: SeriesName
  readonly atMs: number
  readonly value: number
}

const keyOf = (blockMs: number) => ({ resolution: -1, fromMs: blockMs })

/** One sweep as a row: times relative to the first, values shifted by one so that 0 is a gap. */
export function hotRow(
  blockMs: number,
  samples: readonly HotSample[],
  idOf: (series: SeriesName) => number
): Uint8Array {
  const writer = new ByteWriter()
  const baseMs = samples[0]?.atMs ?? 0
  writer.count(baseMs)
  for (const { series, atMs, value } of samples) {
    writer.count(idOf(series))
    writer.signed(atMs - baseMs)
    writer.count(Number.isNaN(value) ? 0 : 1)
    if (!Number.isNaN(value)) writer.signed(value)
  }
  return sealBytes(keyOf(blockMs), 'hot', writer.done())
}

/** Throws `Damaged` for bytes that are no row of this block, or name a series nobody knows. */
export function readHotRow(
  blockMs: number,
  bytes: Uint8Array,
  nameOf: (id: number) => SeriesName | undefined
): readonly HotSample[] {
  const reader = new ByteReader(openBytes(keyOf(blockMs), 'hot', bytes))
  const baseMs = reader.count()
  const samples: HotSample[] = []
  while (!reader.isAtEnd) {
    const series = nameOf(reader.count())
    if (series === undefined) throw new Damaged('a series without a name')
    const atMs = baseMs + reader.signed()
    samples.push({ series, atMs, value: reader.count() === 0 ? NaN : reader.signed() })
  }
  return samples
}

/** What can be kept of a sample: a value that is no whole number of a sane size is known to nobody. */
export function keepable({ series, atMs, value }: Sample, limit: number): HotSample {
  const isKept = value !== null && Number.isInteger(value) && Math.abs(value) <= limit
  return { series, atMs: Math.round(atMs), value: isKept ? value : NaN }
}
