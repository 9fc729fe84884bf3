import { alertLimits, type SilenceDraft } from '../../../src-main/contract/alerts.ts'
import { momentOf, nextAt } from './moments.ts'
import { Refusals } from './refusals.ts'
import { namesOf } from './typed.ts'

/** For how long, as it is chosen. */
export const silenceSpans = [
  { value: '1h', label: '1 h', spanMs: 3_600_000 },
  { value: '4h', label: '4 h', spanMs: 4 * 3_600_000 },
  { value: '8:00', label: 'Until 8:00', spanMs: null },
  { value: '1d', label: '1 day', spanMs: 86_400_000 },
  { value: 'moment', label: 'Until…', spanMs: null }
] as const

export type SilenceSpan = (typeof silenceSpans)[number]['value']

/** A silence as it is typed. */
export interface SilenceForm {
  readonly kind: SilenceDraft['kind']
  readonly isEverywhere: boolean
  readonly serverIds: readonly string[]
  /** Parted by commas; nothing for all. */
  readonly subjects: string
  readonly hasAllRules: boolean
  readonly ruleIds: readonly string[]
  readonly comment: string
  readonly start: 'now' | 'moment'
  /** As the field for a date and a time holds it; so is `endAt`. */
  readonly startAt: string
  readonly span: SilenceSpan
  readonly endAt: string
}

/** Where a refusal of a silence stands, in the order of the form. */
export type SilenceField = 'servers' | 'subjects' | 'rules' | 'comment' | 'start' | 'end'

export type SilenceFaults = Readonly<Partial<Record<SilenceField, string>>>

/** What a form is about, whatever its times are. */
export type About = Pick<SilenceDraft, 'scope' | 'ruleIds'>

/** The silence, or what is wrong with it. */
export type ParsedSilence =
  { readonly draft: SilenceDraft; readonly faults: null } | { readonly draft: null; readonly faults: SilenceFaults }

/** A form before anything is typed. */
export function newSilence(kind: SilenceDraft['kind'], startAt: string, endAt: string): SilenceForm {
  const all = { isEverywhere: true, serverIds: [], subjects: '', hasAllRules: true, ruleIds: [] }
  return { kind, ...all, comment: '', start: 'now', startAt, span: '1h', endAt }
}

/** What a form is about; `null` while that is not chosen. */
export function aboutOf(form: SilenceForm): About | null {
  const refusals = new Refusals<SilenceField>()
  const about = parsedAbout(form, refusals)
  return refusals.faults === null ? about : null
}

function parsedAbout(form: SilenceForm, refusals: Refusals<SilenceField>): About {
  const serverIds = form.isEverywhere ? [] : form.serverIds
  const ruleIds = form.hasAllRules ? [] : form.ruleIds
  const subjects = namesOf(form.subjects)
  // An empty list means all: nothing chosen must not silence everything.
  if (!form.isEverywhere && serverIds.length === 0) refusals.add('servers', 'Choose a server, or all of them.')
  if (!form.hasAllRules && ruleIds.length === 0) refusals.add('rules', 'Choose a rule, or all of them.')
  if (subjects.length > alertLimits.subjects)
    refusals.add('subjects', `Name ${alertLimits.subjects} at most; * stands for anything.`)
  if (subjects.some((one) => one.length > 300)) refusals.add('subjects', 'A name may have 300 characters at most.')
  return { scope: { serverIds, subjects }, ruleIds }
}

/** When a form starts, read on the shown clock; `null` while that is not filled in. */
export function startOf(form: SilenceForm, nowMs: number, isUtc: boolean): number | null {
  return form.start === 'now' ? nowMs : momentOf(form.startAt, isUtc)
}

/** When a form that starts at `fromMs` ends; `null` while that is not filled in. */
export function endOf(form: SilenceForm, fromMs: number, isUtc: boolean): number | null {
  if (form.span === 'moment') return momentOf(form.endAt, isUtc)
  if (form.span === '8:00') return nextAt('08:00', fromMs, isUtc)
  return fromMs + (silenceSpans.find(({ value }) => value === form.span)?.spanMs ?? 0)
}

/** The silence that a form means at `nowMs`, or everything that is wrong with it at once. */
export function parsedSilence(form: SilenceForm, nowMs: number, isUtc: boolean): ParsedSilence {
  const refusals = new Refusals<SilenceField>()
  const about = parsedAbout(form, refusals)
  const comment = form.comment.trim()
  if (comment.length > alertLimits.comment)
    refusals.add('comment', `A comment may have ${alertLimits.comment} characters at most.`)
  const fromMs = startOf(form, nowMs, isUtc)
  if (fromMs === null) refusals.add('start', 'Say when it starts: a date and a time.')
  const untilMs = fromMs === null ? null : endOf(form, fromMs, isUtc)
  if (fromMs !== null) {
    if (untilMs === null) refusals.add('end', 'Say when it ends: a date and a time.')
    else if (untilMs <= fromMs) refusals.add('end', 'It must end after it starts.')
    else if (untilMs <= nowMs) refusals.add(form.span === 'moment' ? 'end' : 'start', 'It would be over already.')
    else if (untilMs - Math.max(fromMs, nowMs) > alertLimits.silenceMs)
      refusals.add('end', `It may last ${alertLimits.silenceMs / 86_400_000} days at most.`)
  }
  if (refusals.faults !== null) return { draft: null, faults: refusals.faults }
  const times = { fromMs: fromMs ?? nowMs, untilMs: untilMs ?? nowMs }
  return { draft: { kind: form.kind, ...about, comment, ...times }, faults: null }
}
