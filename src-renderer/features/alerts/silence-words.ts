import type { Rule, Silence } from '../../../src-main/contract/alerts.ts'
import { counted } from '../../parts/numbers.ts'
import { duration, momentTime } from '../../parts/times.ts'
import { clockHint } from './moments.ts'
import { scopeText, type NamedServer } from './rule-words.ts'
import type { About } from './silence-draft.ts'

/** How each kind is called, and what it means. */
export const silenceKinds: Readonly<Record<Silence['kind'], { readonly word: string; readonly means: string }>> = {
  silence: { word: 'Silence', means: 'What fires stays listed here, and nobody is told.' },
  maintenance: { word: 'Maintenance', means: 'What fires is expected: it stays listed here, and nobody is told.' }
}

/** What a silence is about: `everything, every server`, `Queue depth: functions on Shop`. */
export function aboutText({ scope, ruleIds }: About, rules: readonly Rule[], servers: readonly NamedServer[]): string {
  const about = scopeText(scope, servers)
  if (ruleIds.length === 0) return about
  const names = ruleIds.map((id) => rules.find(({ ruleId }) => ruleId === id)?.name ?? 'a rule that was deleted')
  return `${names.join(', ')}: ${about}`
}

/** How a silence stands to the present: `starts in 2 h`, `4 min left`; `ended` in the moment before it goes. */
export function standingText({ fromMs, untilMs }: Pick<Silence, 'fromMs' | 'untilMs'>, nowMs: number): string {
  if (nowMs < fromMs) return `starts in ${duration(fromMs - nowMs)}`
  return nowMs < untilMs ? `${duration(untilMs - nowMs)} left` : 'ended'
}

/** What stands above the alerts a silence is about; one that starts later mutes those that are still there by then. */
export function previewText(count: number, isLater: boolean): string {
  if (count === 0) return 'Mutes nothing that fires or is pending now'
  const alerts = counted(count, 'alert')
  return isLater ? `${alerts} of now, if still there by then` : `Mutes ${alerts}`
}

/** When a silence ends, or runs, as the hint below its times: `Until 25 Nov 08:00`. */
export function untilText(untilMs: number | null, nowMs: number, isUtc: boolean): string {
  return untilMs === null
    ? clockHint(nowMs, isUtc)
    : `Until ${momentTime(untilMs, nowMs, isUtc)}. ${clockHint(nowMs, isUtc)}`
}
