import { chance } from '../random.ts'

/** At least one of something to choose from. */
export type Some<T> = readonly [T, ...T[]]

/** A stream of chance that is the same for the same beginning. */
export interface Dice {
  /** In [0, 1). */
  readonly next: () => number
  /** A whole number, both ends included. */
  readonly int: (least: number, most: number) => number
  readonly pick: <T>(list: Some<T>) => T
  readonly isHit: (likelihood: number) => boolean
  readonly hex: (length: number) => string
  /** Around `median`, never below a tenth of it, with a long tail to the right; `spread` 0.3 is steady, 1 is wild. */
  readonly around: (median: number, spread: number) => number
}

/** A stream that begins with a number of the seeded world; streams of neighbours have nothing in common. */
export function createDice(seed: number, salt: number, index: number): Dice {
  const base = Math.floor(chance(seed, salt, index) * 0x1_0000_0000)
  let at = 0
  const next = () => chance(base, salt, at++)
  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    int,
    pick: (list) => list[int(0, list.length - 1)] ?? list[0],
    isHit: (likelihood) => next() < likelihood,
    hex: (length) => Array.from({ length }, () => int(0, 15).toString(16)).join(''),
    around: (median, spread) => {
      // Two draws make a bell (Box and Muller); the exponent gives it its tail.
      const bell = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return Math.max(median / 10, median * Math.exp(spread * bell))
    }
  }
}

/** One of several with their weights. */
export function pickWeighted<T extends { readonly weight: number }>(dice: Dice, list: Some<T>): T {
  const sum = list.reduce((total, { weight }) => total + weight, 0)
  let left = dice.next() * sum
  for (const item of list) {
    left -= item.weight
    if (left < 0) return item
  }
  return list[0]
}
