import type { Reading } from '../reading.ts'

/** How many jobs failed within these counts, oldest first: one that falls was retried or emptied, and takes nothing off. */
export function increase(failures: readonly Reading[]): number | null {
  let sum = 0
  let before: number | null = null
  for (const { value } of failures) {
    if (value === null) continue
    if (before !== null && value > before) sum += value - before
    before = value
  }
  return before === null ? null : sum
}
