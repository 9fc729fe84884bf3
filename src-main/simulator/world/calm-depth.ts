import { activity } from './daily-shape.ts'
import { profiles, type Queue } from './queue-profiles.ts'
import { chance, saltOf, smoothNoise } from './random.ts'

const breathMs = 7 * 60_000
const trembleMs = 18_000
/** Which part of a tooth is filling; the rest is the emptying. */
const filling = 0.86

function tooth(seed: number, salt: number, atMs: number, periodMs: number): number {
  const position = atMs / periodMs
  const number = Math.floor(position)
  const part = position - number
  const top = 0.6 + 0.4 * chance(seed, salt, number)
  return part < filling ? top * (part / filling) : top * (1 - (part - filling) / (1 - filling))
}

function bursts(seed: number, salt: number, atMs: number, everyMs: number, fadeMs: number, likelihood: number): number {
  const newest = Math.floor(atMs / everyMs)
  const riseMs = fadeMs / 8
  let sum = 0
  // Five fades later a burst is less than a hundredth of itself.
  const remembered = Math.ceil((5 * fadeMs) / everyMs) + 1
  for (let slot = newest; slot > newest - remembered; slot--) {
    if (chance(seed, salt, 3 * slot) >= likelihood) continue
    const startMs = (slot + 0.5 * chance(seed, salt, 3 * slot + 1)) * everyMs
    const ageMs = atMs - startMs
    if (ageMs < 0) continue
    const height = 0.35 + 0.65 * chance(seed, salt, 3 * slot + 2)
    sum += height * (ageMs < riseMs ? ageMs / riseMs : Math.exp((riseMs - ageMs) / fadeMs))
  }
  return Math.min(sum, 1.3)
}

/** Waiting jobs of a queue without trouble, not rounded, at any time: nothing is played through up to it. */
export function calmDepth(seed: number, queue: Queue, atMs: number): number {
  const profile = profiles[queue]
  let depth = profile.calm + profile.breath * smoothNoise(seed, saltOf(`${queue} breath`), atMs, breathMs)
  depth += profile.tremble * smoothNoise(seed, saltOf(`${queue} tremble`), atMs, trembleMs)
  if (profile.tooth !== null) {
    depth += profile.tooth.height * tooth(seed, saltOf(`${queue} tooth`), atMs, profile.tooth.periodMs)
  }
  if (profile.burst !== null) {
    const { everyMs, height, fadeMs, likelihood } = profile.burst
    depth += height * bursts(seed, saltOf(`${queue} burst`), atMs, everyMs, fadeMs, likelihood)
  }
  return Math.max(0, depth) * activity(atMs, profile.peakHour)
}
