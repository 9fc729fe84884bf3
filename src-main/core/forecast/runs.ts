import type { Known } from './known.ts'

/** How the runs of the last hour ended that came as far as the present one. */
export interface Runs {
  readonly reached: number
  /** They turned round before. */
  readonly stopped: number
  /** How far the present one has come. */
  readonly rise: number
}

/**
 * The runs towards `target` before the present one; a run ends when the depth goes back by `turn`. `sign` is 1 for
 * upwards and -1 for downwards.
 */
export function runsTo(known: Known, target: number, turn: number, sign: 1 | -1): Runs {
  const { count, depths } = known
  const level = (i: number): number => sign * (depths[i] ?? 0)
  let low = level(0)
  let high = low
  let isUp = false
  const past: { rise: number; top: number }[] = []
  for (let i = 1; i < count; i++) {
    const now = level(i)
    if (isUp) {
      if (now > high) high = now
      else if (now <= high - turn) {
        past.push({ rise: high - low, top: high })
        isUp = false
        low = now
      }
    } else if (now < low) low = now
    else if (now >= low + turn) {
      isUp = true
      high = now
    }
  }
  const rise = level(count - 1) - low
  let reached = 0
  let stopped = 0
  for (const run of past) {
    if (run.rise < comparable * rise) continue
    if (run.top >= sign * target) reached++
    else stopped++
  }
  return { reached, stopped, rise }
}

/** A run counts from this share of the present one on: the next tooth of a saw may be somewhat higher than the last. */
const comparable = 0.75
