import type { Fault } from '../../contract/fault.ts'
import type { WebhookKind } from '../../contract/webhooks.ts'
import { parseUrl, shorten } from '../endpoint.ts'

export type WebhookAddress =
  | {
      readonly ok: true
      /** As it is kept: a secret. */
      readonly url: string
      /** What may be told of it. */
      readonly origin: string
    }
  | { readonly ok: false; readonly fault: Fault }

const refuse = (message: string): WebhookAddress => ({ ok: false, fault: { code: 'invalid', field: 'url', message } })

const examples: Readonly<Record<WebhookKind, string>> = {
  json: 'https://hooks.example.com/standby',
  slack: 'https://hooks.slack.com/services/…',
  ntfy: 'https://ntfy.sh/your-topic'
}

/** The address of a webhook as it was typed, or what is wrong with it; no sentence tells more of it than its scheme. */
export function webhookAddress(kind: WebhookKind, typed: string): WebhookAddress {
  const text = typed.trim()
  const example = `Enter it as ${examples[kind]}.`
  if (text === '') return refuse(`Enter the address to send to. ${example}`)
  if (/\s/.test(text)) return refuse(`An address has no spaces in it. ${example}`)
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]
  if (scheme !== undefined && !/^https?$/i.test(scheme))
    return refuse(`Messages are sent to https:// and http:// only, not to ${shorten(scheme)}://. ${example}`)
  const parsed = parseUrl(scheme === undefined ? `https://${text}` : text)
  if (parsed === null || parsed.hostname === '') return refuse(`This is no address. ${example}`)
  if (parsed.username !== '' || parsed.password !== '')
    return refuse('Leave out the user name and password before the @: they would stand in the logs of the receiver.')
  if (parsed.hash !== '') return refuse('Leave out everything from the # on: it is never sent.')
  if (kind === 'ntfy' && topicOf(`${parsed.origin}${parsed.pathname}`) === null)
    return refuse(
      'The address of ntfy ends in the topic, of letters, digits, _ and -: one like https://ntfy.sh/your-topic.'
    )
  if (kind === 'ntfy' && parsed.search !== '')
    return refuse('Leave out everything from the ? on: it ends in the topic.')
  return { ok: true, url: `${parsed.origin}${parsed.pathname}${parsed.search}`, origin: parsed.origin }
}

/** The topic that an address of ntfy names, and where its server takes messages; `null` for one that names none. */
export function topicOf(url: string): { readonly root: string; readonly topic: string } | null {
  const parts = /^(https?:\/\/[^/]+\/)([-_A-Za-z0-9]{1,64})\/?$/.exec(url)
  const [, root, topic] = parts ?? []
  return root === undefined || topic === undefined ? null : { root, topic }
}

/** The host and port of an origin, for people. */
export const hostIn = (origin: string): string => origin.replace(/^https?:\/\//, '')
