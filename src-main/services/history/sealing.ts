import type { SeriesName } from '../../contract/series.ts'
import {
  bucketSteps,
  bucketsOf,
  bucketsWithin,
  dayMs,
  floorTo,
  merged,
  minuteMs,
  quarterMs,
  wider,
  without,
  type Buckets,
  type BucketStep
} from '../../core/history/buckets.ts'
import { joined } from '../../core/history/samples.ts'
import { blockMs, spanMs } from './blocks.ts'
import type { HotBlock } from './hot.ts'
import { packBuckets, packSamples, type Packed } from './segment.ts'
import type { Segments } from './segments.ts'

/** The segments that come of sealing a block, to be written in one transaction. */
export interface Sealed {
  readonly segments: readonly {
    readonly resolution: 0 | BucketStep
    readonly fromMs: number
    readonly packed: readonly Packed[]
  }[]
}

/**
 * Compresses a block and brings the buckets over it up to date. Takes its time in small steps: `rest` is awaited between
 * two series, so that nothing else waits long. Samples that come late, for a block sealed before, are sealed with what
 * is there; buckets are made of all samples anew, so that they always say what a recomputation would.
 */
export async function sealBlock(
  segments: Segments,
  fromMs: number,
  hot: HotBlock,
  rest: () => Promise<void>
): Promise<Sealed> {
  const samples: Packed[] = []
  const minutes = new Map<SeriesName, Buckets>()
  const changed = new Set(hot.keys())
  const whole = new Set<SeriesName>()
  for (const [series, fresh] of hot) {
    const before = segments.samplesAt(fromMs, series)
    if (before !== null) whole.add(series)
    const all = joined(before === null ? [fresh] : [before, fresh])
    samples.push(await packSamples({ resolution: 0, fromMs }, series, all))
    minutes.set(series, bucketsOf(all, minuteMs))
    await rest()
  }
  const sealed = [{ resolution: 0 as const, fromMs, packed: [...segments.carried(0, fromMs, changed), ...samples] }]
  const quarters = new Map<SeriesName, Buckets>()
  const made: Sealed['segments'][number][] = []
  for (const stepMs of bucketSteps) {
    const startMs = floorTo(fromMs, spanMs(stepMs))
    const packed: Packed[] = []
    for (const series of changed) {
      const before = segments.bucketsAt(stepMs, startMs, series)
      const own = minutes.get(series)
      if (own === undefined) continue
      const next = renewed(before, own, stepMs, fromMs, whole.has(series), quarters.get(series))
      if (stepMs === quarterMs) quarters.set(series, next)
      packed.push(await packBuckets({ resolution: stepMs, fromMs: startMs }, series, next, stepMs))
      await rest()
    }
    made.push({
      resolution: stepMs,
      fromMs: startMs,
      packed: [...segments.carried(stepMs, startMs, changed), ...packed]
    })
  }
  return { segments: [...sealed, ...made] }
}

function renewed(
  before: Buckets,
  minutes: Buckets,
  stepMs: BucketStep,
  fromMs: number,
  isWhole: boolean,
  quarters: Buckets | undefined
): Buckets {
  if (stepMs === dayMs && quarters !== undefined) {
    // A day holds several blocks: it is made of its quarters, which are up to date.
    const startMs = floorTo(fromMs, dayMs)
    const ofDay = wider(bucketsWithin(quarters, startMs, startMs + dayMs), dayMs)
    return merged(without(before, startMs, startMs + dayMs), ofDay)
  }
  // Where the samples are gone by now, or damaged, the late ones are added to what their buckets say.
  return merged(isWhole ? without(before, fromMs, fromMs + blockMs) : before, wider(minutes, stepMs))
}
