import type { Severity } from './alerts.ts'

/** How a message is put: Standby's own JSON, what Slack and those like it take, or ntfy. */
export const webhookKinds = ['json', 'slack', 'ntfy'] as const
export type WebhookKind = (typeof webhookKinds)[number]

/** What came of one try to hand a message over. */
export interface WebhookReceipt {
  readonly atMs: number
  readonly isDelivered: boolean
  /** Of the answer; `null` where there was none. */
  readonly status: number | null
  /** What happened, and what to do where it failed. Never holds the address beyond its origin. */
  readonly sentence: string
  readonly tookMs: number
  /** Which try of its message it was, from 1. */
  readonly attempt: number
  /** Whether it was `Send test`. */
  readonly isTest: boolean
}

/** What waits to be handed over. */
export interface WebhookQueue {
  readonly waiting: number
  readonly standing:
    | 'idle'
    /** Messages of one server that came close together go as one. */
    | 'gathering'
    | 'sending'
    /** The last try failed; `nextTryMs` says when the next one is. */
    | 'failing'
    /** This machine has no network: tried at once when it is back. */
    | 'offline'
    /** The address cannot be read from the key store of this machine. */
    | 'no-address'
  readonly nextTryMs: number | null
  /** Messages that were given up since Standby started. */
  readonly givenUp: number
}

/** Where alerts are sent beside the desktop. The address is a secret: only its origin is ever told. */
export interface Webhook {
  readonly webhookId: string
  readonly name: string
  readonly kind: WebhookKind
  /** Alerts of which severities are sent. */
  readonly severities: readonly Severity[]
  readonly sendsResolved: boolean
  readonly isEnabled: boolean
  /** Scheme, host and port of its address. */
  readonly target: string
  readonly hasToken: boolean
  /** `null` before the first try. */
  readonly lastReceipt: WebhookReceipt | null
  readonly queue: WebhookQueue
}

/** A webhook as it is typed. */
export interface WebhookDraft {
  /** `null` for a new one. */
  readonly webhookId: string | null
  readonly name: string
  readonly kind: WebhookKind
  /** Of ntfy the address of the topic. Empty keeps the one there is, with its token. */
  readonly url: string
  /** Sent as `Authorization: Bearer`; only with ntfy. A new address needs its token anew. */
  readonly token: string
  readonly severities: readonly Severity[]
  readonly sendsResolved: boolean
  readonly isEnabled: boolean
}

export interface WebhookRef {
  readonly webhookId: string
}

export type WebhookTest =
  | { readonly kind: 'saved'; readonly webhookId: string }
  /** As it is typed, before it is saved. */
  | { readonly kind: 'draft'; readonly draft: WebhookDraft }

export interface WebhooksView {
  /** In the order they were made. */
  readonly webhooks: readonly Webhook[]
  /** What was lost or may be, in one sentence; `null` when nothing was. */
  readonly trouble: string | null
}

export const webhookLimits = {
  webhooks: 20,
  name: 100,
  url: 2000,
  token: 500,
  /** Messages that wait, of all webhooks together; beyond that the oldest are given up. */
  waiting: 1000,
  /** News of alerts in one message. */
  news: 50
} as const
