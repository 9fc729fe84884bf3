import { alertLimits, type RuleLevel, type Severity } from '../../../src-main/contract/alerts.ts'
import type { KindWords } from './kinds.ts'
import type { Refusals } from './refusals.ts'
import { spanOf, spanText } from './spans.ts'
import { numberOf } from './typed.ts'

/** A level as it is typed; what was typed stays when the level is switched off and on. */
export interface LevelDraft {
  readonly isOn: boolean
  readonly at: string
  readonly for: string
  readonly samples: string
}

/** Where a refusal of a rule stands, in the order of the form. */
export type RuleField =
  | 'name'
  | 'servers'
  | 'subjects'
  | 'levels'
  | `${Severity}.${'at' | 'for' | 'samples'}`
  | 'clearPercent'
  | 'keepFiring'
  | 'renotify'
  | 'runbookUrl'
  | 'note'

/** What is wrong with a draft: a sentence for each field that is. */
export type RuleFaults = Readonly<Partial<Record<RuleField, string>>>

/** A name that says something. */
export function parsedName(typed: string, refusals: Refusals<RuleField>): string {
  const name = typed.trim()
  if (name === '') refusals.add('name', 'Give the rule a name: it stands in every alert.')
  if (name.length > alertLimits.name) refusals.add('name', `A name may have ${alertLimits.name} characters at most.`)
  return name
}

/** A span that lies between `leastMs` and a day. */
export function parsedSpan(field: RuleField, typed: string, leastMs: number, refusals: Refusals<RuleField>): number {
  const spanMs = spanOf(typed)
  if (spanMs === null) refusals.add(field, 'Say how long with a unit, such as 90 s, 5 min or 1 h.')
  else if (spanMs < leastMs) refusals.add(field, `It must be ${spanText(leastMs)} at least.`)
  else if (spanMs > alertLimits.forMs) refusals.add(field, 'It may be 24 h at most.')
  return spanMs ?? 0
}

/** A level of a rule of this kind. */
export function parsedLevel(
  severity: Severity,
  draft: LevelDraft,
  words: KindWords,
  refusals: Refusals<RuleField>
): RuleLevel {
  const at = words.value === 'flag' ? 1 : numberOf(draft.at)
  if (at === null) refusals.add(`${severity}.at`, 'Say from where on, as a number such as 5,000 or 2.5.')
  else if (at < 0 || (at === 0 && !words.isLowWorse)) refusals.add(`${severity}.at`, least(words))
  else if (at > 1e12) refusals.add(`${severity}.at`, 'This is more than can be counted here.')
  const forMs = parsedSpan(`${severity}.for`, draft.for, 0, refusals)
  const samples = numberOf(draft.samples)
  if (samples === null || !Number.isInteger(samples) || samples < 1 || samples > 100)
    refusals.add(`${severity}.samples`, 'Say how many samples in a row: 1 to 100.')
  return { at: at ?? 0, forMs, samples: samples ?? 1 }
}

// At or above nothing is always; at or below nothing is a certificate that ended.
const least = ({ isLowWorse }: KindWords): string =>
  isLowWorse ? 'It must be 0 at least.' : 'It must be more than 0, or it would always be reached.'
