import { count } from '../numbers.ts'

interface Told {
  readonly queue: string
  readonly depth: number | null
  readonly changePerMinute: number | null
  readonly threshold: number
}

/** A queue's chart in words: `functions: 1,204 waiting, +6 per minute, threshold 5,000`. */
export function chartLabel({ queue, depth, changePerMinute, threshold }: Told): string {
  const waiting = depth === null ? 'depth unknown' : `${count(depth)} waiting`
  const trend = changePerMinute === null ? 'no trend yet' : `${signed(Math.round(changePerMinute))} per minute`
  return `${queue}: ${waiting}, ${trend}, threshold ${count(threshold)}`
}

function signed(value: number): string {
  if (value === 0) return '0'
  return value > 0 ? `+${count(value)}` : `−${count(-value)}`
}
