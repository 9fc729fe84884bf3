import { describe, expect, it } from 'vitest'
import type { Webhook, WebhookQueue } from '../../../src-main/contract/webhooks.ts'
import {
  choiceOf,
  draftOf,
  fieldOf,
  isOutdated,
  newWebhook,
  plainHttpWarning,
  severitiesOf
} from '../../../src-renderer/features/webhooks/webhook-draft.ts'
import { addressHint, queueText, sentText, tokenHint } from '../../../src-renderer/features/webhooks/words.ts'

const idle: WebhookQueue = { waiting: 0, standing: 'idle', nextTryMs: null, givenUp: 0 }
const webhook: Webhook = {
  webhookId: 'w1',
  name: 'Ops',
  kind: 'ntfy',
  severities: ['critical'],
  sendsResolved: true,
  isEnabled: false,
  target: 'https://ntfy.sh',
  hasToken: true,
  lastReceipt: null,
  queue: idle
}

it('edits a webhook without its secrets, as it is otherwise', () => {
  const rest = { severities: ['critical'], sendsResolved: true, isEnabled: false }
  expect(draftOf(webhook)).toEqual({ webhookId: 'w1', name: 'Ops', kind: 'ntfy', url: '', token: '', ...rest })
})

it('puts severities into one choice and back', () => {
  for (const choice of ['critical', 'warning', 'both'] as const) expect(choiceOf(severitiesOf(choice))).toBe(choice)
  expect(sentText({ severities: ['warning', 'critical'], sendsResolved: false })).toBe('Warnings and critical alerts')
  expect(sentText(webhook)).toBe('Critical alerts, and their ends')
})

describe('what waits', () => {
  it.each([
    [{}, ''],
    [{ waiting: 1, standing: 'failing', nextTryMs: 81_000 }, '1 message waiting, next try in 1 min.'],
    [{ waiting: 2, standing: 'failing', nextTryMs: 1000 }, '2 messages waiting, next try now.'],
    [{ waiting: 2, standing: 'offline' }, '2 messages waiting: this machine has no network.'],
    [{ waiting: 1, standing: 'gathering' }, '1 message about to be sent as one.'],
    [{ givenUp: 3 }, '3 messages given up since Standby started.'],
    [{ waiting: 1, standing: 'sending', givenUp: 1 }, '1 message being sent. 1 message given up since Standby started.']
  ] as const)('%o is said as: %s', (change, text) => {
    expect(queueText({ ...idle, ...change }, 1000)).toBe(text)
  })
})

it('warns of an address that is not encrypted, and of no other', () => {
  expect(plainHttpWarning('http://hooks.example.com:81/x')).toContain('between here and hooks.example.com:81')
  for (const typed of ['', 'http:/', 'https://a.example', 'http://localhost:1/x', 'http://127.0.0.1/x', 'a.example'])
    expect([typed, plainHttpWarning(typed)]).toEqual([typed, null])
})

it('says where secrets are kept, and what an edit keeps', () => {
  expect(addressHint('Of the topic.', null, 'keyring')).toBe('Of the topic. Kept as a secret, never shown again.')
  expect(addressHint('Of the topic.', null, 'memory')).toContain('forgotten when Standby closes')
  expect(addressHint('Of the topic.', webhook, 'keyring')).toContain('keep the address at https://ntfy.sh')
  expect([tokenHint(webhook), tokenHint(null)]).toEqual([
    'Leave empty to keep the saved one; a new address needs it anew.',
    'Only for a topic that is protected.'
  ])
})

it('knows which box a fault is about, and which test is of another form', () => {
  expect(fieldOf({ code: 'invalid', field: 'url', message: '' })).toBe('url')
  expect(fieldOf({ code: 'invalid', field: 'severities', message: '' })).toBe(null)
  expect(isOutdated(newWebhook, { ...newWebhook, name: 'Other' })).toBe(false)
  expect(isOutdated(newWebhook, { ...newWebhook, url: 'https://a.example' })).toBe(true)
})
