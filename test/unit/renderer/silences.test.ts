import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silenceDraft } from '../../../src-main/contract/schemas/alerts.ts'
import { fieldOf, momentOf, nextAt } from '../../../src-renderer/features/alerts/moments.ts'
import {
  aboutOf,
  newSilence,
  parsedSilence,
  type SilenceForm
} from '../../../src-renderer/features/alerts/silence-draft.ts'
import { aboutText, previewText, standingText, untilText } from '../../../src-renderer/features/alerts/silence-words.ts'

const nowMs = Date.parse('2026-11-24T02:14:30Z')
const hourMs = 3_600_000
const blank = newSilence('silence', '2026-11-24T02:14', '2026-11-24T03:14')
const parsedAs = (change: Partial<SilenceForm>) => parsedSilence({ ...blank, ...change }, nowMs, true)
const untilOf = (change: Partial<SilenceForm>): string | null => {
  const { draft } = parsedAs(change)
  return draft === null ? null : new Date(draft.untilMs).toISOString().slice(0, 16)
}

describe('a silence as it is typed', () => {
  it('starts now and lasts as long as was chosen', () => {
    expect(parsedAs({ comment: ' Upgrade ', subjects: 'functions, v1-*' })).toEqual({
      draft: {
        kind: 'silence',
        scope: { serverIds: [], subjects: ['functions', 'v1-*'] },
        ruleIds: [],
        comment: 'Upgrade',
        fromMs: nowMs,
        untilMs: nowMs + hourMs
      },
      faults: null
    })
    expect((['4h', '8:00', '1d'] as const).map((span) => untilOf({ span }))).toEqual([
      '2026-11-24T06:14',
      '2026-11-24T08:00',
      '2026-11-25T02:14'
    ])
    expect(untilOf({ span: 'moment', endAt: '2026-11-24T05:30' })).toBe('2026-11-24T05:30')
    expect(silenceDraft.safeParse(parsedAs({}).draft).error).toBeUndefined()
  })

  it('counts from its start rather than from now', () => {
    const later = { start: 'moment', startAt: '2026-11-24T09:00' } as const
    expect([untilOf({ ...later, span: '1h' }), untilOf({ ...later, span: '8:00' })]).toEqual([
      '2026-11-24T10:00',
      '2026-11-25T08:00'
    ])
  })

  it('never mutes everything where nothing was chosen', () => {
    const nothing = { isEverywhere: false, hasAllRules: false }
    expect(parsedAs(nothing)).toEqual({
      draft: null,
      faults: { servers: 'Choose a server, or all of them.', rules: 'Choose a rule, or all of them.' }
    })
    expect(aboutOf({ ...blank, ...nothing })).toBeNull()
    expect(aboutOf({ ...blank, span: 'moment', endAt: '' })).toEqual({
      scope: { serverIds: [], subjects: [] },
      ruleIds: []
    })
  })

  it('is refused beside the time that makes no sense', () => {
    const start = { start: 'moment', startAt: '2026-11-24T01:00' } as const
    expect(parsedAs({ start: 'moment', startAt: '' }).faults).toEqual({
      start: 'Say when it starts: a date and a time.'
    })
    expect(parsedAs({ span: 'moment', endAt: '' }).faults).toEqual({ end: 'Say when it ends: a date and a time.' })
    expect(parsedAs({ span: 'moment', endAt: '2026-11-24T02:00' }).faults).toEqual({
      end: 'It must end after it starts.'
    })
    expect(parsedAs({ ...start, span: '1h' }).faults).toEqual({ start: 'It would be over already.' })
    expect(parsedAs({ span: 'moment', endAt: '2027-11-24T02:00' }).faults).toEqual({
      end: 'It may last 90 days at most.'
    })
    expect(parsedAs({ comment: 'x'.repeat(501) }).faults).toEqual({
      comment: 'A comment may have 500 characters at most.'
    })
  })
})

describe('a time on the clock that is shown', () => {
  const zone = process.env.TZ
  beforeAll(() => {
    process.env.TZ = 'Europe/Berlin'
  })
  afterAll(() => {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  })

  it('reads back as it was written, on either clock', () => {
    expect([fieldOf(nowMs, true), fieldOf(nowMs, false)]).toEqual(['2026-11-24T02:14', '2026-11-24T03:14'])
    for (const isUtc of [true, false]) expect(momentOf(fieldOf(nowMs, isUtc), isUtc)).toBe(nowMs - 30_000)
    expect(['', '2026-11-24', '2026-13-40T02:14', '+12026-11-24T02:14'].map((text) => momentOf(text, true))).toEqual(
      Array(4).fill(null)
    )
  })

  it('finds the next 8:00 through the nights that have an hour more or less', () => {
    const next = (after: string): string => new Date(nextAt('08:00', Date.parse(after), false)).toISOString()
    expect(next('2026-10-24T20:00:00Z')).toBe('2026-10-25T07:00:00.000Z')
    expect(next('2026-03-28T20:00:00Z')).toBe('2026-03-29T06:00:00.000Z')
    expect(next('2026-11-24T07:00:00Z')).toBe('2026-11-25T07:00:00.000Z')
    expect(next('2026-12-31T23:30:00Z')).toBe('2027-01-01T07:00:00.000Z')
  })
})

describe('a silence in words', () => {
  const everywhere = { serverIds: [], subjects: [] }

  it('says what it is about', () => {
    const servers = [{ serverId: 's1', name: 'Shop' }]
    expect(aboutText({ scope: everywhere, ruleIds: [] }, [], servers)).toBe('everything, every server')
    expect(aboutText({ scope: { serverIds: ['s1'], subjects: ['v1-*'] }, ruleIds: ['r9'] }, [], servers)).toBe(
      'a rule that was deleted: v1-* on Shop'
    )
  })

  it('says how it stands to the present', () => {
    const silence = { fromMs: nowMs, untilMs: nowMs + hourMs }
    expect(
      [nowMs - 2 * hourMs, nowMs, nowMs + 30 * 60_000, nowMs + hourMs].map((at) => standingText(silence, at))
    ).toEqual(['starts in 2 h', '1 h left', '30 min left', 'ended'])
  })

  it('says what it mutes, and promises nothing of what is still to come', () => {
    expect([previewText(0, false), previewText(1, false), previewText(3, true)]).toEqual([
      'Mutes nothing that fires or is pending now',
      'Mutes 1 alert',
      '3 alerts of now, if still there by then'
    ])
    expect(untilText(nowMs + 24 * hourMs, nowMs, true)).toBe('Until 25 Nov 02:14. On the clock of UTC.')
  })
})
