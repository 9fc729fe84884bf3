import type { Level } from '../../src-main/contract/health.ts'

/** The word that stands with a level's colour and shape. */
export const levelWords: Readonly<Record<Level, string>> = {
  ok: 'Pass',
  warning: 'Warning',
  critical: 'Critical',
  unauthorised: 'Unauthorised',
  unknown: 'Unknown',
  'not-offered': 'Not offered'
}

const gravest: readonly Level[] = ['critical', 'unauthorised', 'warning', 'unknown', 'ok', 'not-offered']

/** Sorts the gravest level first. */
export function byGravity(a: Level, b: Level): number {
  return gravest.indexOf(a) - gravest.indexOf(b)
}

/** The gravest of some levels; `ok` for none. */
export function worstOf(levels: readonly Level[]): Level {
  return levels.toSorted(byGravity)[0] ?? 'ok'
}

/** Whether someone should look: a level that is neither fine nor merely absent. */
export function isFailing(level: Level): boolean {
  return level === 'critical' || level === 'unauthorised' || level === 'warning'
}

/** `7 pass · 1 critical · 2 warnings`: how many of each level, leaving out what there is none of. */
export function tally(levels: readonly Level[]): string {
  const of = (level: Level): number => levels.filter((each) => each === level).length
  const warnings = of('warning')
  const parts: readonly (readonly [number, string])[] = [
    [of('ok'), 'pass'],
    [of('critical'), 'critical'],
    [of('unauthorised'), 'unauthorised'],
    [warnings, warnings === 1 ? 'warning' : 'warnings'],
    [of('unknown'), 'unknown'],
    [of('not-offered'), 'not offered']
  ]
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, word]) => `${amount} ${word}`)
    .join(' · ')
}
