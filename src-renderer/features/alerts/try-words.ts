import type { Rule, Tried } from '../../../src-main/contract/alerts.ts'
import { clockTime, dayOf } from '../../parts/times.ts'

/** How far back a rule is tried, in days. */
export const tryDays = 7

/** What came of a try, in one sentence. */
export function triedText({ count, samples }: Pick<Tried, 'count' | 'samples'>): string {
  if (samples === 0) return 'Nothing is recorded to try it on'
  if (count === 0) return `Would not have fired in the last ${tryDays} days`
  return `Would have fired ${count === 1 ? 'once' : `${count} times`} in the last ${tryDays} days`
}

/** One firing of it: `functions on Shop, critical, 23 Nov 02:14 to 02:31`. */
export function firingText(firing: Tried['firings'][number], isUtc: boolean): string {
  const { subject, serverName, severity, fromMs, toMs } = firing
  const what = subject === 'server' ? serverName : `${subject} on ${serverName}`
  return `${what}, ${severity}, ${spanWords(fromMs, toMs, isUtc)}`
}

function spanWords(fromMs: number, toMs: number | null, isUtc: boolean): string {
  const day = dayOf(fromMs, isUtc)
  const from = `${day} ${clockTime(fromMs, isUtc)}`
  if (toMs === null) return `${from} until now`
  const end = dayOf(toMs, isUtc)
  return `${from} to ${end === day ? '' : `${end} `}${clockTime(toMs, isUtc)}`
}

/** Whether two rules would have fired alike: what they are called and whom they tell is beside the point. */
export function isSameWatch(a: Rule, b: Rule): boolean {
  const watch = ({ kind, scope, warning, critical, clearShare, keepFiringMs }: Rule): string =>
    JSON.stringify([kind, scope.serverIds, scope.subjects, warning, critical, clearShare, keepFiringMs])
  return watch(a) === watch(b)
}
