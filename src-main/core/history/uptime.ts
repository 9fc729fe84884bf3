import type { Uptime } from '../../contract/history.ts'
import type { Buckets } from './buckets.ts'

/** One check's uptime out of the minute buckets of its level: a minute in which it failed once is a failed minute. */
export function uptimeOf(
  check: string,
  { atMs, count, max }: Buckets,
  fromMs: number,
  toMs: number,
  cells: number
): Uptime {
  const worst = new Array<0 | 1 | 2 | 3>(cells).fill(3)
  let watched = 0
  let failed = 0
  for (let i = 0; i < atMs.length; i++) {
    if ((count[i] ?? 0) === 0) continue
    const level = (max[i] ?? 0) >= 2 ? 2 : (max[i] ?? 0) >= 1 ? 1 : 0
    watched++
    if (level === 2) failed++
    const cell = Math.floor((((atMs[i] ?? fromMs) - fromMs) / (toMs - fromMs)) * cells)
    const before = worst[Math.max(0, cell)]
    if (before !== undefined && (before === 3 || level > before)) worst[Math.max(0, cell)] = level
  }
  return { check, share: watched === 0 ? null : (watched - failed) / watched, cells: worst }
}
