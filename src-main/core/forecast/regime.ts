import type { Known } from './known.ts'
import { lineFrom, type Line } from './line.ts'
import { median } from './median.ts'

/** The stretch up to now in which the depth goes one way. */
export interface Regime extends Line {
  /** How long it has lasted, in minutes. */
  readonly age: number
  /** How far a single sample lies off the line, as a standard deviation. */
  readonly noise: number
}

const fewestSamples = 5
const shortestMinutes = 20 / 60
const growth = 1.4
/** How many errors apart two lines may be and still be the same one. */
const tolerance = 2.5

/**
 * The longest stretch up to now that one line fits: it grows until its line leaves the interval of a shorter one's slope
 * or level, and then back to the very sample where the depth left the line.
 */
export function regimeOf(known: Known, leastNoise: number): Regime | null {
  const { count, minutes, watchedFrom } = known
  const newest = minutes[count - 1] ?? 0
  let fitting: Line | null = null
  let slopeFrom = -Infinity
  let slopeTo = Infinity
  let levelFrom = -Infinity
  let levelTo = Infinity
  let length = shortestMinutes
  let from = count
  while (from > watchedFrom) {
    const previous = from
    while (from > watchedFrom && (newest - (minutes[from] ?? newest) < length || count - from < fewestSamples)) from--
    if (count - from < fewestSamples || newest - (minutes[from] ?? newest) < shortestMinutes) break
    length = Math.max(length, newest - (minutes[from] ?? newest)) * growth
    if (from === previous) continue
    const line = lineFrom(known, from, leastNoise)
    // By the errors of the shorter ones alone: a line through a bend fits so badly that its own would allow anything.
    if (line.perMinute < slopeFrom || line.perMinute > slopeTo || line.level < levelFrom || line.level > levelTo) break
    slopeFrom = Math.max(slopeFrom, line.perMinute - tolerance * line.perMinuteError)
    slopeTo = Math.min(slopeTo, line.perMinute + tolerance * line.perMinuteError)
    levelFrom = Math.max(levelFrom, line.level - tolerance * line.levelError)
    levelTo = Math.min(levelTo, line.level + tolerance * line.levelError)
    fitting = line
  }
  return fitting === null ? null : withBeginning(known, fitting, leastNoise)
}

let offs = new Float64Array(1024)

function withBeginning(known: Known, line: Line, leastNoise: number): Regime {
  const { count, minutes, depths, watchedFrom } = known
  const off = (i: number): number => Math.abs((depths[i] ?? 0) - line.level - line.perMinute * (minutes[i] ?? 0))
  if (offs.length < count) offs = new Float64Array(count * 2)
  for (let i = line.from; i < count; i++) offs[i - line.from] = off(i)
  const noise = Math.max(leastNoise, 1.4826 * median(offs, count - line.from))
  let from = line.from
  // Two in a row have left it; one alone may be odd.
  while (from > watchedFrom && (off(from - 1) <= 4 * noise || (from - 1 > watchedFrom && off(from - 2) <= 4 * noise)))
    from--
  return { ...line, from, noise, age: (minutes[count - 1] ?? 0) - (minutes[from] ?? 0) }
}
