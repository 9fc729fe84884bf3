import type { Reading } from '../../src-main/core/reading.ts'

export const seriesClasses = ['storm', 'ramp', 'plateau', 'sawtooth', 'drain', 'idle', 'mixed'] as const
export type SeriesClass = (typeof seriesClasses)[number]

export const threshold = 5000
/** Distance of the true depths. */
export const stepMs = 5_000

export interface DepthSeries {
  readonly kind: SeriesClass
  /** What a sweep saw: with lost sweeps, stretches nobody watched, and odd samples. */
  readonly samples: readonly Reading[]
  /** What was so, one a step from 0 on: twice as long as the samples, so that every forecast can be judged. */
  readonly truth: Float64Array
}

/** Mulberry32: the same seed gives the same series on every machine. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const watchedMs = 6 * 3_600_000
const steps = (2 * watchedMs) / stepMs
const perMinute = 60_000 / stepMs

/** Six watched hours of one queue, and what came in the six after. */
export function depthSeries(kind: SeriesClass, seed: number): DepthSeries {
  const random = randomOf(seed * 7919 + seriesClasses.indexOf(kind) * 104_729)
  const truth = withNoise(shapes[kind](random), random)
  return { kind, truth, samples: seen(truth, random) }
}

type Random = () => number
const between = (random: Random, low: number, high: number): number => low + (high - low) * random()
/** As likely in each decade. */
const across = (random: Random, low: number, high: number): number => low * (high / low) ** random()

const flat = (level: number): Float64Array => new Float64Array(steps).fill(level)

/** Adds what piles up at a pace for a while, may stand, and is then worked off. */
function addStorm(depths: Float64Array, random: Random, atStep: number): number {
  const pace = across(random, 40, 2500) / perMinute
  const fill = Math.round(across(random, 3, 90) * perMinute)
  const stand = random() < 0.3 ? Math.round(across(random, 3, 60) * perMinute) : 0
  const drain = across(random, 60, 2500) / perMinute
  const top = Math.min(pace * fill, 30_000)
  const end = Math.min(steps, Math.ceil(atStep + fill + stand + top / drain))
  for (let i = atStep; i < end; i++) {
    const since = i - atStep
    const over = since < fill ? pace * since : since < fill + stand ? top : top - drain * (since - fill - stand)
    depths[i] = (depths[i] ?? 0) + Math.max(0, Math.min(over, top))
  }
  return end
}

function addTeeth(depths: Float64Array, random: Random): Float64Array {
  const period = across(random, 2, 40) * perMinute
  const height = threshold * between(random, 0.03, 0.95)
  const filling = between(random, 0.1, 0.95)
  for (let start = 0; start < steps;) {
    const length = Math.max(4, Math.round(period * between(random, 0.85, 1.15)))
    const top = height * between(random, 0.8, 1.15)
    for (let i = 0; i < length && start + i < steps; i++) {
      const phase = i / length
      const share = phase < filling ? phase / filling : (1 - phase) / (1 - filling)
      depths[start + i] = (depths[start + i] ?? 0) + top * share
    }
    start += length
  }
  return depths
}

function stormsFrom(depths: Float64Array, random: Random, mostPauseMinutes: number): Float64Array {
  let at = Math.round(between(random, 5, mostPauseMinutes) * perMinute)
  while (at < steps) at = addStorm(depths, random, at) + Math.round(between(random, 10, mostPauseMinutes) * perMinute)
  return depths
}

const shapes: Readonly<Record<SeriesClass, (random: Random) => Float64Array>> = {
  storm: (random) => stormsFrom(flat(across(random, 5, 600)), random, 180),
  ramp: (random) => {
    const start = between(random, 0, 1500)
    const from = between(random, 0, 120) * perMinute
    const pace = across(random, 4, 60) / perMinute
    const until = from + across(random, 30, 600) * perMinute
    return flat(start).map((level, i) => level + pace * Math.max(0, Math.min(i, until) - from))
  },
  plateau: (random) => {
    let level = threshold * between(random, 0, 0.9)
    let left = 0
    return flat(0).map(() => {
      if (left-- <= 0) {
        left = between(random, 20, 240) * perMinute
        level = threshold * between(random, 0, 0.9)
      }
      return level
    })
  },
  sawtooth: (random) => addTeeth(flat(across(random, 5, 300)), random),
  drain: (random) => {
    const top = threshold * between(random, 0.5, 4)
    const from = between(random, 5, 60) * perMinute
    const minutes = across(random, 8, 300)
    const isFading = random() < 0.4
    return flat(0).map((_, i) => {
      const since = Math.max(0, i - from) / perMinute
      return isFading ? top * Math.exp((-3 * since) / minutes) : Math.max(0, top * (1 - since / minutes))
    })
  },
  idle: (random) => flat(across(random, 0.2, 40)),
  mixed: (random) => {
    const base = flat(across(random, 5, 400))
    const half = random()
    if (half < 0.5) addTeeth(base, random)
    // The busy time of the day.
    const swing = threshold * between(random, 0, 0.1)
    const phase = random() * 2 * Math.PI
    const daily = base.map(
      (level, i) => level + swing * (1 + Math.sin(phase + (i * stepMs * 2 * Math.PI) / 86_400_000))
    )
    return half < 0.3 ? daily : stormsFrom(daily, random, 240)
  }
}

/** Jobs come one by one, and crowds of them hang together for a while. */
function withNoise(shape: Float64Array, random: Random): Float64Array {
  const share = across(random, 0.01, 0.15)
  const memory = between(random, 0.5, 0.97)
  let crowd = 0
  return shape.map((level) => {
    crowd = memory * crowd + Math.sqrt(1 - memory * memory) * gauss(random)
    const scatter = Math.min(share * level, threshold * 0.04) * crowd + Math.sqrt(Math.max(level, 0)) * gauss(random)
    return Math.max(0, Math.round(level + scatter))
  })
}

const gauss = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

function seen(truth: Float64Array, random: Random): readonly Reading[] {
  const every = [1, 2, 2, 2, 4, 6][Math.floor(random() * 6)] ?? 2
  const samples: Reading[] = []
  for (let i = 0; i * stepMs < watchedMs; i += every) {
    if (random() < 0.0008) i += Math.round(between(random, 2, 20) * perMinute)
    const depth = truth[i] ?? 0
    const isOdd = random() < 0.001
    samples.push({ atMs: i * stepMs, value: random() < 0.02 ? null : isOdd ? Math.round(depth * 4 * random()) : depth })
  }
  return samples.filter((sample) => sample.atMs < watchedMs)
}
