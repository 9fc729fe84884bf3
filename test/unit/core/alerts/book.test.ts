import { describe, expect, it } from 'vitest'
import { AlertBook } from '../../../../src-main/core/alerts/book.ts'
import { defaultRules } from '../../../../src-main/core/alerts/default-rules.ts'
import { grouped, type Group } from '../../../../src-main/core/alerts/groups.ts'
import { fits } from '../../../../src-main/core/alerts/pattern.ts'
import { noticeBody, noticeTitle, titleOf } from '../../../../src-main/core/alerts/words.ts'

const minuteMs = 60_000
const [depth] = defaultRules.filter(({ ruleId }) => ruleId === 'depth')
if (depth === undefined) throw new Error('there is no rule of depth')
const at = (minutes: number, value: number | null, subject = 'functions') => ({
  kind: 'depth' as const,
  subject,
  value,
  atMs: minutes * minuteMs
})
const severityOf = (book: AlertBook, subject = 'functions') => book.get(`depth/s/${subject}`)?.severity ?? null

describe('the rules of a new installation', () => {
  it('fire at 5,000 for a minute, and clear below 4,000', () => {
    const book = new AlertBook(defaultRules)
    const seen = [5000, 5000, 4000, 3999].map((value, minute) => {
      book.observe('s', [at(minute, value)])
      return severityOf(book)
    })
    expect(seen).toEqual([null, 'critical', 'critical', null])
  })

  it('warn at 2,500 for five minutes', () => {
    const book = new AlertBook(defaultRules)
    for (let minute = 0; minute <= 4; minute++) book.observe('s', [at(minute, 2500)])
    expect(severityOf(book)).toBe(null)
    book.observe('s', [at(5, 2500)])
    expect(severityOf(book)).toBe('warning')
  })

  it('take a gap for no answer: nothing fires by it, and nothing resolves', () => {
    const book = new AlertBook(defaultRules)
    book.observe('s', [at(0, 9000)])
    book.observe('s', [at(2, null)])
    expect(severityOf(book)).toBe(null)
    book.observe('s', [at(3, 9000)])
    book.observe('s', [at(60, null)])
    expect(severityOf(book)).toBe('critical')
    expect(book.get('depth/s/functions')?.value).toBe(null)
  })

  it('keep what lasts over a clock that is set back by six hours', () => {
    const book = new AlertBook(defaultRules)
    book.observe('s', [at(600, 9000)])
    book.observe('s', [at(240.5, 9000)])
    expect(severityOf(book)).toBe(null)
    book.observe('s', [at(241.5, 9000)])
    expect(severityOf(book)).toBe('critical')
  })
})

describe('a book of alerts', () => {
  it('forgets the alerts of a rule that is off, and of one that looks elsewhere', () => {
    const book = new AlertBook([depth])
    book.observe('s', [at(0, 9000), at(0, 9000, 'mails')])
    book.observe('s', [at(1, 9000), at(1, 9000, 'mails')])
    expect([severityOf(book), severityOf(book, 'mails')]).toEqual(['critical', 'critical'])
    book.rule([{ ...depth, scope: { serverIds: [], subjects: ['mail*'] } }])
    expect([severityOf(book), severityOf(book, 'mails')]).toEqual([null, 'critical'])
    book.rule([{ ...depth, isEnabled: false }])
    expect(severityOf(book, 'mails')).toBe(null)
  })

  it('forgets what a server is not asked for any more, and begins anew when it is again', () => {
    const book = new AlertBook([depth])
    book.observe('s', [at(0, 9000), at(0, 9000, 'mails')])
    book.observe('s', [at(1, 9000), at(1, 9000, 'mails')])
    book.retain('s', (_kind, subject) => subject !== 'mails')
    book.retain('other', () => false)
    expect([severityOf(book), severityOf(book, 'mails')]).toEqual(['critical', null])
    expect(book.taken().get('depth/s/mails')).toBe(null)
    book.observe('s', [at(2, 9000, 'mails')])
    expect(severityOf(book, 'mails')).toBe(null)
  })

  it('goes on where the last process stopped', () => {
    const first = new AlertBook([depth])
    first.observe('s', [at(0, 9000)])
    const kept = [...first.taken().values()].filter((one) => one !== null)
    const second = new AlertBook([depth], kept)
    second.observe('s', [at(1, 9000)])
    expect(severityOf(second)).toBe('critical')
  })

  it('counts what comes and goes as one, told three times and no more', () => {
    const book = new AlertBook([{ ...depth, critical: { at: 5000, forMs: 0, samples: 1 } }])
    let told = 0
    for (let minute = 0; minute < 20; minute++) {
      book.observe('s', [at(minute, minute % 2 === 0 ? 9000 : 10)])
      for (const { instance } of book.due(minute * minuteMs)) {
        told++
        book.tell(instance.alertId, minute * minuteMs)
      }
    }
    expect(told).toBe(3)
    expect(severityOf(book)).toBe('critical')
    for (let minute = 20; minute < 32; minute++) book.observe('s', [at(minute, 10)])
    expect(severityOf(book)).toBe(null)
  })
})

describe('names and patterns', () => {
  it.each([
    ['functions', 'functions', true],
    ['functions', 'function', false],
    ['*', '', true],
    ['v1-*', 'v1-executions', true],
    ['*-usage', 'stats-usage', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'acb', false],
    ['ab*ba', 'aba', false]
  ])('%s fits %s: %s', (pattern, name, isSo) => {
    expect(fits(pattern, name)).toBe(isSo)
  })
})

describe('notices', () => {
  const page = (alertId: string, serverId = 's') => ({ alertId, serverId, severity: 'warning', reason: 'new' }) as const
  let names = 0
  const name = (): string => `n${names++}`

  it('tell the first of a server at once, and put what comes within half a minute in its place', () => {
    names = 0
    let groups: readonly Group[] = []
    groups = grouped(groups, page('a'), 0, name)
    groups = grouped(groups, page('b'), 29_999, name)
    groups = grouped(groups, page('x', 'other'), 29_999, name)
    groups = grouped(groups, page('c'), 30_000, name)
    expect(groups.map(({ noticeId, alertIds }) => [noticeId, alertIds])).toEqual(
      [
        ['n1', ['x']],
        ['n0', ['a', 'b']],
        ['n2', ['c']]
      ].sort()
    )
  })

  it('say how many there are, the gravest first', () => {
    const one = (severity: 'warning' | 'critical', title: string) =>
      ({ severity, title, serverName: 'Shop', isFlapping: false }) as const
    const alerts = [one('warning', 'a'), one('critical', 'b'), ...['c', 'd', 'e', 'f'].map((t) => one('warning', t))]
    expect(noticeTitle(alerts, 'new')).toBe('Critical · Shop · 6 alerts')
    expect(noticeTitle(alerts.slice(0, 1), 'again')).toBe('Still warning · Shop')
    expect(noticeBody(alerts)).toBe('b\na\nc\nd\ne\nand 1 more')
  })

  it.each([
    ['depth', 5012, 'functions: 5,012 jobs waiting (limit 5,000)'],
    ['failed-increase', 1, 'functions: 1 job failed in 15 min (limit 5,000)'],
    ['certificate', -1, 'The certificate of functions has ended'],
    ['check', 2, 'Check functions fails'],
    ['depth', null, 'functions: nobody knows at the moment']
  ] as const)('%s at %s reads as a sentence', (kind, value, title) => {
    expect(titleOf(kind, 'functions', value, { at: 5000, forMs: 0, samples: 1 })).toBe(title)
  })
})
