import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requestOf } from '../../../../src-main/core/webhooks/bodies.ts'
import { clip, clipBytes } from '../../../../src-main/core/webhooks/clip.ts'
import type { AlertNews, Content, Outgoing } from '../../../../src-main/core/webhooks/message.ts'

const atMs = Date.UTC(2026, 10, 24, 2, 14)
const minuteMs = 60_000

const news = (change: Partial<AlertNews> = {}): AlertNews => ({
  event: 'firing',
  atMs,
  alertId: 'depth/s1/mails',
  ruleId: 'depth',
  ruleName: 'Queue depth',
  ruleKind: 'depth',
  subject: 'mails',
  severity: 'critical',
  title: 'mails: 9,000 jobs waiting (limit 5,000)',
  value: 9000,
  limit: 5000,
  sinceMs: atMs - minuteMs,
  isFlapping: false,
  runbookUrl: 'https://wiki.example.com/queues?a=1&b=2',
  note: 'Scale the workers.',
  ...change
})
const server = { serverId: 's1', name: 'Shop', environment: 'production' } as const
const alerts = (...all: readonly AlertNews[]): Content => ({ kind: 'alerts', server, news: all })
const message = (content: Content, lateMs = 0): Outgoing => ({ messageId: 'm1', atMs, sentMs: atMs + lateMs, content })

/** Whether a text holds no half of a character. */
const isWhole = (text: string): boolean => Buffer.from(text).toString() === text

type Body = Readonly<Record<string, unknown>>
function sent(kind: 'json' | 'slack' | 'ntfy', outgoing: Outgoing, url = 'https://ntfy.sh/desk', token = '') {
  const request = requestOf(outgoing, { kind, url, token, version: '1.2.3' })
  return { ...request, body: JSON.parse(request.body) as Body }
}

it('tells a program everything, in fields that are documented', () => {
  const resolved = news({
    event: 'resolved',
    atMs: atMs + 20_000,
    alertId: 'check/s1/db',
    ruleId: 'check',
    ruleName: 'Check',
    ruleKind: 'check',
    subject: 'db',
    severity: 'warning',
    title: 'Check db warns',
    value: 0,
    limit: null,
    runbookUrl: '',
    note: ''
  })
  const { url, headers, body } = sent('json', message(alerts(news(), resolved), 13 * minuteMs))
  expect(url).toBe('https://ntfy.sh/desk')
  expect(headers).toEqual({ 'Content-Type': 'application/json', 'User-Agent': 'Standby/1.2.3' })
  expect(body).toEqual({
    format: 'standby-webhook',
    version: 1,
    id: 'm1',
    at: '2026-11-24T02:14:00.000Z',
    sentAt: '2026-11-24T02:27:00.000Z',
    lateMs: 780_000,
    title: 'Critical · Shop (sent 13 min late)',
    text: 'mails: 9,000 jobs waiting (limit 5,000)\nResolved after 1 min: Check db warns',
    kind: 'alerts',
    status: 'firing',
    severity: 'critical',
    server: { id: 's1', name: 'Shop', environment: 'production' },
    alerts: [
      {
        id: 'depth/s1/mails',
        event: 'firing',
        at: '2026-11-24T02:14:00.000Z',
        since: '2026-11-24T02:13:00.000Z',
        severity: 'critical',
        title: 'mails: 9,000 jobs waiting (limit 5,000)',
        subject: 'mails',
        value: 9000,
        limit: 5000,
        isFlapping: false,
        rule: { id: 'depth', name: 'Queue depth', kind: 'depth' },
        runbookUrl: 'https://wiki.example.com/queues?a=1&b=2',
        note: 'Scale the workers.'
      },
      {
        id: 'check/s1/db',
        event: 'resolved',
        at: '2026-11-24T02:14:20.000Z',
        since: '2026-11-24T02:13:00.000Z',
        severity: 'warning',
        title: 'Check db warns',
        subject: 'db',
        value: 0,
        limit: null,
        isFlapping: false,
        rule: { id: 'check', name: 'Check', kind: 'check' },
        runbookUrl: null,
        note: null
      }
    ]
  })
})

describe('for people, a message', () => {
  it('tells of an alert only the newest, and is resolved when nothing of it fires any more', () => {
    const both = alerts(news(), news({ event: 'resolved', atMs: atMs + 25 * minuteMs }))
    expect(sent('ntfy', message(both)).body).toMatchObject({
      title: 'Resolved · Shop',
      message: 'Resolved after 26 min: mails: 9,000 jobs waiting (limit 5,000)',
      priority: 2,
      tags: ['white_check_mark']
    })
    expect(sent('json', message(both)).body).toMatchObject({ status: 'resolved', alerts: { length: 2 } })
  })

  it.each([
    [0, 'Critical · Shop'],
    [60_000, 'Critical · Shop'],
    [60_001, 'Critical · Shop (sent 1 min late)'],
    [12 * minuteMs + 59_000, 'Critical · Shop (sent 12 min late)'],
    [185 * minuteMs, 'Critical · Shop (sent 3 h 5 min late)'],
    [-5000, 'Critical · Shop']
  ])('that is %s ms late is headed %s', (lateMs, title) => {
    expect(sent('slack', message(alerts(news()), lateMs)).body.text).toBe(title)
  })

  it('names fifteen alerts, the gravest first, and counts the rest', () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      news({ alertId: `a${index}`, title: `queue ${index}`, severity: index === 19 ? 'critical' : 'warning' })
    )
    const { body } = sent('ntfy', message(alerts(...many)))
    const lines = String(body.message).split('\n')
    expect(body.title).toBe('Critical · Shop · 20 alerts')
    expect([lines.length, lines[0], lines[15]]).toEqual([16, 'queue 19', 'and 5 more'])
  })

  it('says still when all of it was told before', () => {
    expect(sent('slack', message(alerts(news({ event: 'again' })))).body.text).toBe('Still critical · Shop')
  })

  it('says who did not watch, from when to when, and whether that is over', () => {
    const content = {
      kind: 'not-watching',
      fromMs: atMs,
      toMs: atMs + 12 * minuteMs,
      why: 'this machine had no network'
    }
    expect(sent('ntfy', message(content as Content)).body).toMatchObject({
      title: 'Standby did not watch',
      message: 'Not watched for 12 min, from 24 Nov 02:14 UTC to 24 Nov 02:26 UTC: this machine had no network.',
      priority: 4
    })
    expect(sent('json', message({ ...content, toMs: null } as Content)).body).toMatchObject({
      kind: 'not-watching',
      from: '2026-11-24T02:14:00.000Z',
      to: null,
      text: 'Not watching since 24 Nov 02:14 UTC: this machine had no network.'
    })
  })
})

it('puts nothing into Slack that means something there', () => {
  const hostile = news({
    title: '<!channel> & <https://evil.example|here>',
    runbookUrl: 'https://wiki.example.com/a|b>c?x=1&y'
  })
  const { body } = sent('slack', message({ kind: 'alerts', server: { ...server, name: '<@U1>' }, news: [hostile] }))
  expect(body.text).toBe('Critical · &lt;@U1&gt;')
  expect(body.attachments).toMatchObject([
    {
      color: '#c93616',
      fallback: 'Critical · &lt;@U1&gt;: &lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;',
      text: '&lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;\n<https://wiki.example.com/a%7Cb%3Ec?x=1&amp;y|Runbook>',
      footer: 'Standby · production',
      ts: atMs / 1000
    }
  ])
  const plain = (text: string): boolean => !/[<>]/.test(text)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (title, name) => {
      const own = news({ title, runbookUrl: '' })
      const all = sent('slack', message({ kind: 'alerts', server: { ...server, name }, news: [own] })).body
      const [attachment] = all.attachments as readonly { text: string; fallback: string }[]
      return [all.text as string, attachment?.text ?? '', attachment?.fallback ?? ''].every(plain)
    })
  )
})

it('gives ntfy its topic at the root, whatever a thing is called, and the token as it wants it', () => {
  const own = news({ title: 'очередь: 9,000 jobs waiting' })
  const { url, headers, body } = sent('ntfy', message(alerts(own)), 'https://ntfy.example.com:8443/desk_1', 'tk_secret')
  expect([url, headers.Authorization]).toEqual(['https://ntfy.example.com:8443/', 'Bearer tk_secret'])
  expect(body).toEqual({
    topic: 'desk_1',
    title: 'Critical · Shop',
    message: 'очередь: 9,000 jobs waiting',
    priority: 5,
    tags: ['rotating_light'],
    click: 'https://wiki.example.com/queues?a=1&b=2'
  })
  expect(sent('json', message(alerts(own)), 'https://a.example/x', 'tk_secret').headers).not.toHaveProperty(
    'Authorization'
  )
})

it('keeps every body within what its receiver takes, in whole characters', () => {
  const long = Array.from({ length: 50 }, (_, index) =>
    news({ alertId: `a${index}`, title: '漢😀'.repeat(2000), note: 'n'.repeat(2000) })
  )
  const ntfy = sent('ntfy', message(alerts(...long), minuteMs * 500)).body
  expect(Buffer.byteLength(String(ntfy.message))).toBeLessThanOrEqual(4096)
  expect(Buffer.byteLength(String(ntfy.title))).toBeLessThanOrEqual(250)
  const [attachment] = sent('slack', message(alerts(...long))).body.attachments as readonly { text: string }[]
  expect(attachment?.text.length).toBeLessThan(3100)
  expect(JSON.stringify(sent('json', message(alerts(...long))).body).length).toBeLessThan(100_000)
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 4, max: 80 }), (text, most) => {
      const bytes = clipBytes(text, most)
      expect(Buffer.byteLength(bytes)).toBeLessThanOrEqual(most)
      expect(bytes === text || bytes.endsWith('…')).toBe(true)
      expect(clip(text, most).length).toBeLessThanOrEqual(most)
      expect(isWhole(clip(text, most))).toBe(isWhole(text) || isWhole(clip(text, most)))
    })
  )
})
