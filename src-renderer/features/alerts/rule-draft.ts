import { alertLimits, type Rule, type RuleKind, type RuleLevel } from '../../../src-main/contract/alerts.ts'
import { kindWords } from './kinds.ts'
import { Refusals } from './refusals.ts'
import { parsedLevel, parsedName, parsedSpan, type LevelDraft, type RuleFaults, type RuleField } from './rule-fields.ts'
import { spanText } from './spans.ts'
import { namesOf, numberOf } from './typed.ts'

/** A rule as it is typed. */
export interface RuleDraft {
  readonly ruleId: string
  readonly isEnabled: boolean
  readonly name: string
  readonly kind: RuleKind
  readonly isEverywhere: boolean
  readonly serverIds: readonly string[]
  /** Parted by commas; nothing for all. */
  readonly subjects: string
  readonly warning: LevelDraft
  readonly critical: LevelDraft
  readonly clearPercent: string
  readonly keepFiring: string
  readonly isRenotified: boolean
  readonly renotify: string
  readonly runbookUrl: string
  readonly note: string
}

/** The rule, or what is wrong with it. */
export type ParsedRule =
  { readonly rule: Rule; readonly faults: null } | { readonly rule: null; readonly faults: RuleFaults }

function usualLevel(at: number | null, forMs: number): LevelDraft {
  return { isOn: at !== null, at: String(at ?? ''), for: spanText(forMs), samples: '1' }
}

/** A form before anything is typed. */
export function newRule(ruleId: string): RuleDraft {
  const blank = { ruleId, isEnabled: true, name: '', isEverywhere: true, serverIds: [], subjects: '' }
  const rest = {
    clearPercent: '80',
    keepFiring: '0 s',
    isRenotified: true,
    renotify: '30 min',
    runbookUrl: '',
    note: ''
  }
  return withKind(
    { ...blank, ...rest, kind: 'depth', warning: usualLevel(null, 0), critical: usualLevel(null, 0) },
    'depth'
  )
}

/** The draft of another kind. Its levels start anew: 5,000 jobs are no 5,000 days. */
export function withKind(draft: RuleDraft, kind: RuleKind): RuleDraft {
  const { usual, value } = kindWords[kind]
  const forMs = value === 'figure' ? 60_000 : 0
  return {
    ...draft,
    kind,
    warning: usualLevel(usual.warning, forMs),
    critical: usualLevel(usual.critical, forMs),
    clearPercent: value === 'figure' ? '80' : '100'
  }
}

function levelDraft(level: RuleLevel | null, usual: number | null): LevelDraft {
  if (level === null) return { ...usualLevel(usual, 0), isOn: false }
  return { isOn: true, at: String(level.at), for: spanText(level.forMs), samples: String(level.samples) }
}

/** The form of a rule that is there. */
export function draftOf(rule: Rule): RuleDraft {
  const { ruleId, isEnabled, name, kind, scope, renotifyMs, runbookUrl, note } = rule
  const { usual } = kindWords[kind]
  return {
    ruleId,
    isEnabled,
    name,
    kind,
    isEverywhere: scope.serverIds.length === 0,
    serverIds: scope.serverIds,
    subjects: scope.subjects.join(', '),
    warning: levelDraft(rule.warning, usual.warning),
    critical: levelDraft(rule.critical, usual.critical),
    clearPercent: String(Number((rule.clearShare * 100).toFixed(6))),
    keepFiring: spanText(rule.keepFiringMs),
    isRenotified: renotifyMs !== null,
    renotify: spanText(renotifyMs ?? 30 * 60_000),
    runbookUrl,
    note
  }
}

/** The rule that a draft means, or everything that is wrong with it at once. */
export function parsed(draft: RuleDraft): ParsedRule {
  const refusals = new Refusals<RuleField>()
  const words = kindWords[draft.kind]
  const name = parsedName(draft.name, refusals)
  const serverIds = draft.isEverywhere ? [] : draft.serverIds
  if (!draft.isEverywhere && serverIds.length === 0) refusals.add('servers', 'Choose a server, or all of them.')
  const subjects = words.subjects === null ? [] : namesOf(draft.subjects)
  if (subjects.length > alertLimits.subjects)
    refusals.add('subjects', `Name ${alertLimits.subjects} at most; * stands for anything.`)
  if (subjects.some((one) => one.length > 300)) refusals.add('subjects', 'A name may have 300 characters at most.')
  const warning = draft.warning.isOn ? parsedLevel('warning', draft.warning, words, refusals) : null
  const critical = draft.critical.isOn ? parsedLevel('critical', draft.critical, words, refusals) : null
  if (!draft.warning.isOn && !draft.critical.isOn)
    refusals.add('levels', 'A rule without a level never fires. Switch on the warning or the critical level.')
  const percent = words.value === 'flag' ? 100 : numberOf(draft.clearPercent.replace('%', ''))
  if (percent === null || percent <= 0 || percent > 100)
    refusals.add('clearPercent', 'Say how far back it must be in percent of the level: more than 0, 100 at most.')
  const keepFiringMs = parsedSpan('keepFiring', draft.keepFiring, 0, refusals)
  const renotifyMs = draft.isRenotified ? parsedSpan('renotify', draft.renotify, 60_000, refusals) : null
  const runbookUrl = draft.runbookUrl.trim()
  if (!/^(https?:\/\/\S+)?$/.test(runbookUrl) || runbookUrl.length > alertLimits.url)
    refusals.add('runbookUrl', 'A runbook is a link that starts with https:// or http:// and has no spaces.')
  if (draft.note.length > alertLimits.note)
    refusals.add('note', `A note may have ${alertLimits.note} characters at most.`)
  if (refusals.faults !== null) return { rule: null, faults: refusals.faults }
  const { ruleId, isEnabled, kind, note } = draft
  const levels = { warning, critical, clearShare: (percent ?? 100) / 100, keepFiringMs, renotifyMs }
  return {
    rule: { ruleId, name, isEnabled, kind, scope: { serverIds, subjects }, ...levels, runbookUrl, note },
    faults: null
  }
}

/** Whether the critical level of a draft is reached before its warning: allowed, and most often a slip. */
export function isMilder({ kind, warning, critical }: RuleDraft): boolean {
  const [mild, worst] = [numberOf(warning.at), numberOf(critical.at)]
  if (!warning.isOn || !critical.isOn || mild === null || worst === null) return false
  return kindWords[kind].isLowWorse ? worst > mild : worst < mild
}

/** What decides when a draft fires, to try it before it has a name; `null` while that makes no sense. */
export function toTry(draft: RuleDraft): Rule | null {
  const name = kindWords[draft.kind].label
  return parsed({ ...draft, name, isRenotified: false, runbookUrl: '', note: '' }).rule
}
