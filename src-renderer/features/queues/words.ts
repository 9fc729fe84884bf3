import type { QueuesSnapshot, QueueState } from '../../../src-main/contract/queues.ts'
import type { Point } from '../../parts/chart/points.ts'
import { lastKnown } from '../../parts/chart/points.ts'
import { counted } from '../../parts/numbers.ts'
import { duration } from '../../parts/times.ts'

/** `12 depths · 12 failed counters · every 10 s`: what is watched, and how often. */
export function headline(known: QueuesSnapshot): string {
  const depths = known.queues.filter(({ level }) => level !== 'not-offered').length
  const failed = known.queues.filter(({ failed }) => failed !== null).length
  return [
    counted(depths, 'depth'),
    ...(failed > 0 ? [counted(failed, 'failed counter')] : []),
    `every ${duration(known.intervalMs)}`
  ].join(' · ')
}

/** Why a depth is not known: `no answer 3 min`, `no answer yet`; `null` when it is known. */
export function silence(state: QueueState, points: readonly Point[], nowMs: number): string | null {
  if (state.level === 'not-offered') return 'not offered'
  if (state.depth !== null) return null
  const known = lastKnown(points)
  return known === null ? 'no answer yet' : `no answer ${duration(nowMs - known.x)}`
}
