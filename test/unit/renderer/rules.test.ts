import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alertLimits, ruleKinds, type Rule } from '../../../src-main/contract/alerts.ts'
import { rule as ruleSchema } from '../../../src-main/contract/schemas/alerts.ts'
import { defaultRules } from '../../../src-main/core/alerts/default-rules.ts'
import { clearAtOf, isLowWorse } from '../../../src-main/core/alerts/level.ts'
import { kindWords } from '../../../src-renderer/features/alerts/kinds.ts'
import {
  draftOf,
  isMilder,
  newRule,
  parsed,
  toTry,
  withKind,
  type RuleDraft
} from '../../../src-renderer/features/alerts/rule-draft.ts'
import {
  clearText,
  importedText,
  levelText,
  renotifyText,
  replacingText,
  ruleScopeText,
  scopeText,
  serverOptions
} from '../../../src-renderer/features/alerts/rule-words.ts'
import { spanOf, spanText } from '../../../src-renderer/features/alerts/spans.ts'
import { firingText, isSameWatch, triedText } from '../../../src-renderer/features/alerts/try-words.ts'
import { namesOf, numberOf } from '../../../src-renderer/features/alerts/typed.ts'

const isSoak = process.env.STANDBY_SOAK === '1'
const runs = isSoak ? { numRuns: 1000 } : { numRuns: 100, seed: 2026 }

const servers = [
  { serverId: 's1', name: 'Shop' },
  { serverId: 's2', name: 'Pay' }
]
const named: RuleDraft = { ...newRule('r1'), name: 'Orders' }
const faultsOf = (change: Partial<RuleDraft>) => parsed({ ...named, ...change }).faults
const byId = (ruleId: string): Rule => {
  const found = defaultRules.find((rule) => rule.ruleId === ruleId)
  if (found === undefined) throw new Error(`There is no rule ${ruleId}`)
  return found
}

describe('what is typed', () => {
  it('is a span with its unit, or none at all', () => {
    expect(['90 s', '5min', '1 h 30 m', '0.5 s', '1 d', '250 ms', '', '0'].map(spanOf)).toEqual([
      90_000, 300_000, 5_400_000, 500, 86_400_000, 250, 0, 0
    ])
    expect(['5', 'soon', '-5 min', '5 min 3', '1,5 h', 'min'].map(spanOf)).toEqual(Array(6).fill(null))
  })

  it('comes back as the span it was written from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: alertLimits.forMs }), (ms) => spanOf(spanText(ms)) === ms),
      runs
    )
    expect([0, 90_000, 5_400_000, alertLimits.forMs].map(spanText)).toEqual(['0 s', '1 min 30 s', '1 h 30 min', '1 d'])
  })

  it('is a number only where it can mean but one', () => {
    expect(['5000', ' 5,000 ', '2.5', '-3', '1 250 000'].map(numberOf)).toEqual([5000, 5000, 2.5, -3, 1_250_000])
    expect(['', '5,5', '5.000,5', '1e3', '0x10', 'Infinity', '5 jobs'].map(numberOf)).toEqual(Array(7).fill(null))
  })

  it('is a list of names, each once', () => {
    expect(namesOf(' functions, v1-* ,,functions\nmails ')).toEqual(['functions', 'v1-*', 'mails'])
    expect(namesOf(' , ')).toEqual([])
  })
})

describe('a draft of a rule', () => {
  it.each(defaultRules)('gives back the rule $name unchanged', (rule) => {
    expect(parsed(draftOf(rule))).toEqual({ rule, faults: null })
  })

  it.each(ruleKinds)('of the kind %s starts as a rule that main takes', (kind) => {
    const { rule } = parsed(withKind(named, kind))
    expect(ruleSchema.safeParse(rule).error).toBeUndefined()
    expect(rule?.critical?.at).toBe(kindWords[kind].usual.critical)
  })

  it('gives back any scope, share and span', () => {
    const level = fc.record({
      at: fc.integer({ min: 1, max: 1_000_000 }),
      forMs: fc.integer({ min: 0, max: alertLimits.forMs }),
      samples: fc.integer({ min: 1, max: 100 })
    })
    const rules = fc.record({
      warning: level,
      critical: fc.option(level),
      clearShare: fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100),
      keepFiringMs: fc.integer({ min: 0, max: alertLimits.forMs }),
      renotifyMs: fc.option(fc.integer({ min: 60_000, max: alertLimits.forMs })),
      scope: fc.constantFrom(
        { serverIds: [], subjects: [] },
        { serverIds: ['s2', 'gone'], subjects: ['v1-*', 'functions'] }
      )
    })
    fc.assert(
      fc.property(rules, (part) => {
        const rule: Rule = { ...byId('depth'), ...part, runbookUrl: 'https://wiki.example.com/q', note: 'a\nb ' }
        expect(parsed(draftOf(rule))).toEqual({ rule, faults: null })
      }),
      runs
    )
  })

  it('says everything that is wrong with it at once, each beside its field', () => {
    const faults = faultsOf({
      name: ' ',
      isEverywhere: false,
      subjects: Array.from({ length: 51 }, (_, index) => `q${index}`).join(','),
      warning: { isOn: true, at: 'many', for: '5', samples: '0' },
      critical: { isOn: true, at: '0', for: '25 h', samples: '1.5' },
      clearPercent: '120',
      keepFiring: 'a while',
      renotify: '30 s',
      runbookUrl: 'javascript:alert(1)',
      note: 'x'.repeat(2001)
    })
    expect(faults).toEqual({
      name: 'Give the rule a name: it stands in every alert.',
      servers: 'Choose a server, or all of them.',
      subjects: 'Name 50 at most; * stands for anything.',
      'warning.at': 'Say from where on, as a number such as 5,000 or 2.5.',
      'warning.for': 'Say how long with a unit, such as 90 s, 5 min or 1 h.',
      'warning.samples': 'Say how many samples in a row: 1 to 100.',
      'critical.at': 'It must be more than 0, or it would always be reached.',
      'critical.for': 'It may be 24 h at most.',
      'critical.samples': 'Say how many samples in a row: 1 to 100.',
      clearPercent: 'Say how far back it must be in percent of the level: more than 0, 100 at most.',
      keepFiring: 'Say how long with a unit, such as 90 s, 5 min or 1 h.',
      renotify: 'It must be 1 min at least.',
      runbookUrl: 'A runbook is a link that starts with https:// or http:// and has no spaces.',
      note: 'A note may have 2000 characters at most.'
    })
  })

  it('is no rule without a level, and keeps what was typed into one that is off', () => {
    const off = { ...named.critical, isOn: false, at: 'typed' }
    expect(faultsOf({ critical: off, warning: { ...named.warning, isOn: false } })?.levels).toContain('never fires')
    expect(parsed({ ...named, critical: off }).rule?.critical).toBeNull()
  })

  it('never means everything where nothing was chosen', () => {
    expect(parsed({ ...named, isEverywhere: false, serverIds: [] }).rule).toBeNull()
    expect(parsed({ ...named, isEverywhere: true, serverIds: ['s1'] }).rule?.scope.serverIds).toEqual([])
  })

  it('may warn of a certificate on the day it ends', () => {
    const draft = withKind(named, 'certificate')
    expect(parsed({ ...draft, critical: { ...draft.critical, at: '0' } }).rule?.critical?.at).toBe(0)
    expect(parsed({ ...draft, critical: { ...draft.critical, at: '-1' } }).faults).toEqual({
      'critical.at': 'It must be 0 at least.'
    })
  })

  it('can be tried before it has a name, and not while its levels make no sense', () => {
    expect(toTry({ ...named, name: '', runbookUrl: 'wiki' })?.critical?.at).toBe(5000)
    expect(toTry({ ...named, critical: { ...named.critical, at: '' } })).toBeNull()
  })

  it('tells a critical level that comes before its warning, whichever way is worse', () => {
    const at = (draft: RuleDraft, warning: string, critical: string): boolean =>
      isMilder({ ...draft, warning: { ...draft.warning, at: warning }, critical: { ...draft.critical, at: critical } })
    expect([at(named, '2,500', '5,000'), at(named, '2,500', '500'), at(named, '100', '100')]).toEqual([
      false,
      true,
      false
    ])
    const certificate = withKind(named, 'certificate')
    expect([at(certificate, '14', '2'), at(certificate, '14', '30')]).toEqual([false, true])
  })
})

describe('a rule in words', () => {
  it('says from where on each level fires, and for how long', () => {
    const words = defaultRules.flatMap(({ kind, warning, critical }) =>
      [warning, critical].flatMap((level) => (level === null ? [] : [levelText(kind, level)]))
    )
    expect(words).toEqual([
      'when it does not answer',
      'when the key is refused',
      'at 2,500 for 5 min',
      'at 5,000 for 1 min',
      'at 15 min or less for 1 min',
      'at 10',
      'at 100',
      'when it fails, 2 samples in a row',
      'at 30 days or less',
      'at 7 days or less',
      'at 14 days or less',
      'at 2 days or less',
      'at 2 s',
      'at 30 s',
      'at 5 min'
    ])
    expect(levelText('certificate', { at: 1, forMs: 0, samples: 1 })).toBe('at 1 day or less')
  })

  it('says where it clears', () => {
    const ids = ['depth', 'forecast', 'failed', 'check', 'certificate', 'server-down', 'key']
    expect(ids.map((id) => clearText(byId(id)))).toEqual([
      'below 4,000 (critical), below 2,000 (warning)',
      'above 30 min, kept for 2 min',
      'below 100 (critical), below 10 (warning)',
      'once it no longer fails',
      'above 2 days (critical), above 14 days (warning)',
      'once it answers',
      'once the key is taken'
    ])
  })

  it.each(ruleKinds)('agrees with the engine on which values of %s are the worse ones', (kind) => {
    expect(kindWords[kind].isLowWorse).toBe(isLowWorse(kind))
    const level = { at: 8, forMs: 0, samples: 1 }
    const rule = { kind, warning: null, critical: level, clearShare: 0.5, keepFiringMs: 0 }
    if (kindWords[kind].value === 'figure') expect(clearText(rule)).toContain(` ${clearAtOf(rule, level)}`)
  })

  it('says what it is about', () => {
    expect(ruleScopeText(byId('depth'), servers)).toBe('all queues, every server')
    expect(ruleScopeText(byId('drift'), servers)).toBe('every server')
    const scope = { serverIds: ['s1', 'gone'], subjects: ['functions', 'v1-*'] }
    expect(ruleScopeText({ kind: 'depth', scope }, servers)).toBe('functions, v1-* on Shop, a server that was removed')
    expect(ruleScopeText({ kind: 'drift', scope }, servers)).toBe('Shop, a server that was removed')
    expect(scopeText({ serverIds: [], subjects: [] }, servers)).toBe('everything, every server')
  })

  it('keeps a removed server among the choices, so that it can be taken out', () => {
    expect(serverOptions(servers, ['s1', 'gone'])).toEqual([
      { value: 's1', label: 'Shop' },
      { value: 's2', label: 'Pay' },
      { value: 'gone', label: 'A server that was removed' }
    ])
  })

  it('says how often it is told, and what an import does', () => {
    expect([renotifyText(null), renotifyText(1_800_000)]).toEqual(['told once', 'told again every 30 min'])
    expect([0, 1, 12].map((rules) => replacingText(rules).split(/ replaced|:/)[0])).toEqual([
      'There are no rules here yet',
      'The rule here is',
      'All 12 rules here are'
    ])
    expect([0, 1, 3].map(importedText)).toEqual([
      'Imported a file without rules: nothing is watched.',
      'Imported 1 rule.',
      'Imported 3 rules.'
    ])
  })
})

describe('a try', () => {
  const at = (text: string): number => Date.parse(`2026-11-${text}Z`)
  const firing = { serverId: 's1', serverName: 'Shop', subject: 'functions', severity: 'critical' } as const

  it('says how often the rule would have fired, or that nobody can know', () => {
    expect(triedText({ count: 3, samples: 9 })).toBe('Would have fired 3 times in the last 7 days')
    expect(triedText({ count: 1, samples: 9 })).toBe('Would have fired once in the last 7 days')
    expect(triedText({ count: 0, samples: 9 })).toBe('Would not have fired in the last 7 days')
    expect(triedText({ count: 0, samples: 0 })).toBe('Nothing is recorded to try it on')
  })

  it('says when, with the day of the end only where it is another', () => {
    const span = (from: string, to: string | null): string =>
      firingText({ ...firing, fromMs: at(from), toMs: to === null ? null : at(to) }, true)
    expect(span('23T02:14', '23T02:31')).toBe('functions on Shop, critical, 23 Nov 02:14 to 02:31')
    expect(span('23T23:50', '24T00:10')).toBe('functions on Shop, critical, 23 Nov 23:50 to 24 Nov 00:10')
    expect(span('23T02:14', null)).toBe('functions on Shop, critical, 23 Nov 02:14 until now')
    const server = { ...firing, subject: 'server', fromMs: at('23T02:14'), toMs: at('23T02:31') }
    expect(firingText(server, true)).toBe('Shop, critical, 23 Nov 02:14 to 02:31')
  })

  it('is out of date once the rule would fire otherwise, and not by another name', () => {
    const rule = byId('depth')
    expect(isSameWatch(rule, { ...rule, name: 'Other', note: 'new', renotifyMs: null })).toBe(true)
    expect(isSameWatch(rule, { ...rule, clearShare: 0.9 })).toBe(false)
    expect(isSameWatch(rule, { ...rule, scope: { serverIds: [], subjects: ['mails'] } })).toBe(false)
  })
})
