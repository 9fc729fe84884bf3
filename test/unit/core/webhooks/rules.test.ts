import { describe, expect, it } from 'vitest'
import { redact } from '../../../../src-main/core/redact.ts'
import { topicOf, webhookAddress } from '../../../../src-main/core/webhooks/address.ts'
import { answerSentence } from '../../../../src-main/core/webhooks/receipt-words.ts'
import { isPassing, isTooOld, retryAfterMs } from '../../../../src-main/core/webhooks/retry.ts'

describe('a message that failed', () => {
  it('waits 5 s doubling to 5 min, give or take a fifth', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 50].map((failures) => retryAfterMs(failures, 0.5, null))).toEqual([
      5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000
    ])
    expect([0, 0.999999].map((random) => retryAfterMs(1, random, null))).toEqual([4_000, 6_000])
  })

  it('waits as long as it was asked to, an hour at most, and never shorter than it would', () => {
    expect([1_000, 30_000, 90 * 60_000].map((askedMs) => retryAfterMs(1, 0.5, askedMs))).toEqual([
      5_000, 30_000, 3_600_000
    ])
  })

  it('is tried again only where that may help, and for a day', () => {
    expect([null, 408, 425, 429, 500, 502, 503, 599].filter((status) => !isPassing(status))).toEqual([])
    expect([301, 302, 307, 400, 401, 403, 404, 405, 410, 413, 422].filter(isPassing)).toEqual([])
    expect([isTooOld(0, 24 * 3_600_000 - 1), isTooOld(0, 24 * 3_600_000)]).toEqual([false, true])
  })
})

describe('an address', () => {
  it.each([
    ['json', ' hooks.example.com/Path?token=1 ', 'https://hooks.example.com/Path?token=1', 'https://hooks.example.com'],
    [
      'slack',
      'HTTPS://Hooks.Slack.com:443/services/T0/B0/x',
      'https://hooks.slack.com/services/T0/B0/x',
      'https://hooks.slack.com'
    ],
    ['json', 'http://10.0.0.1:8080', 'http://10.0.0.1:8080/', 'http://10.0.0.1:8080'],
    ['ntfy', 'https://ntfy.sh/my_topic-1', 'https://ntfy.sh/my_topic-1', 'https://ntfy.sh']
  ] as const)('of %s, %s, is taken', (kind, typed, url, origin) => {
    expect(webhookAddress(kind, typed)).toEqual({ ok: true, url, origin })
  })

  it.each([
    ['json', ''],
    ['json', 'https://a b.example'],
    ['json', 'file:///etc/passwd'],
    ['json', 'javascript://x/%0aalert(1)'],
    ['json', 'https://'],
    ['json', 'https://user:secret-word@hooks.example.com/x'],
    ['json', 'https://hooks.example.com/x#secret-word'],
    ['ntfy', 'https://ntfy.sh/'],
    ['ntfy', 'https://ntfy.sh/a/secret-word'],
    ['ntfy', 'https://ntfy.sh/topic?auth=secret-word'],
    ['ntfy', `https://ntfy.sh/${'x'.repeat(65)}`]
  ] as const)('of %s, %s, is refused without repeating it', (kind, typed) => {
    const address = webhookAddress(kind, typed)
    expect(address).toMatchObject({ ok: false, fault: { code: 'invalid', field: 'url' } })
    expect(JSON.stringify(address)).not.toContain('secret-word')
  })

  it('of ntfy is a server and a topic', () => {
    expect(topicOf('https://ntfy.example.com:1/desk')).toEqual({ root: 'https://ntfy.example.com:1/', topic: 'desk' })
    expect(topicOf('https://ntfy.example.com/a/b')).toBe(null)
  })

  it('is removed from a log whole, and its path alone', () => {
    const url = 'https://hooks.slack.com/services/T0/B0/x'
    const line = `POST ${url} failed: Cannot POST /services/T0/B0/x`
    expect(redact(line, [url])).toBe('POST [key] failed: Cannot POST [key]')
    expect(redact('a /b/ c', ['https://hooks.slack.com/b/'])).toBe('a /b/ c')
  })
})

it.each([
  [200, 'Delivered in 84 ms: 200 OK'],
  [299, 'Delivered in 84 ms: 299'],
  [307, 'answered with a redirect (307) to https://new.example, and Standby follows none'],
  [403, 'refused the message: 403 Forbidden'],
  [404, 'has nothing at this address: 404 Not Found'],
  [400, 'did not take the message: 400 Bad Request. Check that it takes messages as Slack does'],
  [429, 'gets too many messages: 429 Too Many Requests'],
  [503, 'has trouble of its own: 503 Service Unavailable']
])('tells a %s in words', (status, words) => {
  const answered = { kind: 'slack', host: 'a.example', tookMs: 84.4, said: '' } as const
  expect(answerSentence({ ...answered, status, redirectOrigin: 'https://new.example' })).toContain(words)
})
