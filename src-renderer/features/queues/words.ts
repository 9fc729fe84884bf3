import type { QueuesSnapshot, QueueState } from '../../../src-main/contract/queues.ts'
import type { Point } from '../../parts/chart/points.ts'
import { lastKnown } from '../../parts/chart/points.ts'
import { counted } from '../../parts/numbers.ts'
import { clockTimeWithSeconds, clockTime, dayOf, duration, offsetMs } from '../../parts/times.ts'
import type { Window } from './window.ts'

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

/** An instant as the time axis writes it: the day at midnight, seconds where it is not on a minute. */
export function axisTime(atMs: number, isUtc: boolean): string {
  if ((atMs + offsetMs(atMs, isUtc)) % 86_400_000 === 0) return dayOf(atMs, isUtc)
  return atMs % 60_000 === 0 ? clockTime(atMs, isUtc) : clockTimeWithSeconds(atMs, isUtc)
}

/** `01:10–01:24`, with the days where there are two or more. */
export function windowWords({ fromMs, toMs }: Window, isUtc: boolean): string {
  const isOneDay = dayOf(fromMs, isUtc) === dayOf(toMs, isUtc)
  const named = (atMs: number): string => `${isOneDay ? '' : `${dayOf(atMs, isUtc)} `}${clockTime(atMs, isUtc)}`
  return `${named(fromMs)}–${named(toMs)}`
}
