import type { WebhookKind } from '../../contract/webhooks.ts'
import { assertNever } from '../assert-never.ts'
import { topicOf } from './address.ts'
import { jsonBody } from './json-body.ts'
import type { Outgoing } from './message.ts'
import { ntfyBody } from './ntfy-body.ts'
import { slackBody } from './slack-body.ts'

/** What is put on the wire. */
export interface Request {
  /** A secret. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface RequestOptions {
  readonly kind: WebhookKind
  readonly url: string
  /** Empty for none. */
  readonly token: string
  readonly version: string
}

/** A message in the words of its receiver. */
export function requestOf(message: Outgoing, { kind, url, token, version }: RequestOptions): Request {
  const headers = { 'Content-Type': 'application/json', 'User-Agent': `Standby/${version}` }
  switch (kind) {
    case 'json':
      return { url, headers, body: JSON.stringify(jsonBody(message)) }
    case 'slack':
      return { url, headers, body: JSON.stringify(slackBody(message)) }
    case 'ntfy': {
      const { root, topic } = topicOf(url) ?? { root: url, topic: '' }
      const authorised = token === '' ? headers : { ...headers, Authorization: `Bearer ${token}` }
      return { url: root, headers: authorised, body: JSON.stringify(ntfyBody(message, topic)) }
    }
    default:
      return assertNever(kind)
  }
}
