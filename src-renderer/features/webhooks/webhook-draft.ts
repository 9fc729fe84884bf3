import { severities, type Severity } from '../../../src-main/contract/alerts.ts'
import type { Fault } from '../../../src-main/contract/fault.ts'
import type { Webhook, WebhookDraft, WebhookKind } from '../../../src-main/contract/webhooks.ts'

/** A form before anything is typed. */
export const newWebhook: WebhookDraft = {
  webhookId: null,
  name: '',
  kind: 'slack',
  url: '',
  token: '',
  severities: ['critical'],
  sendsResolved: true,
  isEnabled: true
}

/** The form of a webhook that is there; its address and token stay in main. */
export function draftOf(webhook: Webhook): WebhookDraft {
  const { webhookId, name, kind, severities: sent, sendsResolved, isEnabled } = webhook
  return { webhookId, name, kind, url: '', token: '', severities: sent, sendsResolved, isEnabled }
}

const fields = ['name', 'url', 'token'] as const
export type WebhookField = (typeof fields)[number]

/** The box a fault is about, if it is one of the form. */
export function fieldOf(fault: Fault | null): WebhookField | null {
  return fields.find((field) => field === fault?.field) ?? null
}

/** Which alerts are sent, as one choice. */
export const sentOptions = [
  { value: 'critical', label: 'Critical' },
  { value: 'warning', label: 'Warnings' },
  { value: 'both', label: 'Both' }
] as const
export type SentChoice = (typeof sentOptions)[number]['value']

export function severitiesOf(choice: SentChoice): readonly Severity[] {
  return choice === 'both' ? severities : [choice]
}

export function choiceOf(sent: readonly Severity[]): SentChoice {
  return sent.length === 1 ? (sent[0] ?? 'both') : 'both'
}

/** Whether a test was of something else than the form holds now. */
export function isOutdated(tested: WebhookDraft, { kind, url, token }: WebhookDraft): boolean {
  return tested.kind !== kind || tested.url !== url || tested.token !== token
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** What to know about an address that is not encrypted; `null` for others and for half-typed ones. */
export function plainHttpWarning(typed: string): string | null {
  const text = typed.trim()
  if (!/^http:\/\//i.test(text) || !URL.canParse(text)) return null
  const { hostname, host } = new URL(text)
  if (loopback.test(hostname)) return null
  return `Plain http: anyone between here and ${host} can read the messages and this address. Use https:// if it is offered.`
}

/** Each kind: what it is called, where its address comes from, and what one looks like. */
export const kindWords: Readonly<
  Record<WebhookKind, { readonly label: string; readonly hint: string; readonly example: string }>
> = {
  slack: {
    label: 'Slack',
    hint: 'Of an incoming webhook of Slack, Mattermost, Rocket.Chat, or Discord (with /slack at the end).',
    example: 'https://hooks.slack.com/services/…'
  },
  ntfy: {
    label: 'ntfy',
    hint: 'Of the topic, on ntfy.sh or a server of your own.',
    example: 'https://ntfy.sh/your-topic'
  },
  json: {
    label: 'JSON',
    hint: 'Gets a POST with Standby’s own JSON; the README lists its fields.',
    example: 'https://hooks.example.com/standby'
  }
}

export const kindOptions = (['slack', 'ntfy', 'json'] as const).map((value) => ({
  value,
  label: kindWords[value].label
}))
