import type { WebhookDraft } from '../../contract/webhooks.ts'
import { Failure } from '../../core/failure.ts'
import { hostIn, webhookAddress } from '../../core/webhooks/address.ts'
import type { KeptWebhook } from './kept.ts'
import type { WebhookSecrets } from './secrets.ts'
import type { Receiver } from './sender.ts'

/** Where a draft leads, with what it keeps of the saved one. Throws `invalid`, naming the field. */
export function receiverOf({ kind, url, token }: WebhookDraft, saved: WebhookSecrets | null): Receiver {
  const isKept = url.trim() === '' && saved !== null
  const address = webhookAddress(kind, isKept ? saved.url : url)
  if (!address.ok) throw new Failure(address.fault)
  const typed = kind === 'ntfy' ? token.trim() : ''
  if (!/^[\x21-\x7e]*$/.test(typed)) throw refusal('token', 'A token has no spaces and no letters beyond plain ones.')
  const kept = isKept && typed === '' ? saved.token : typed
  return { kind, target: address.origin, secrets: { url: address.url, token: kept } }
}

/** What is kept of a draft. Throws `invalid`, naming the field. */
export function webhookOf(
  { name, kind, severities, sendsResolved, isEnabled }: WebhookDraft,
  webhookId: string,
  target: string,
  known: KeptWebhook | null
): KeptWebhook {
  if (severities.length === 0)
    throw refusal(
      'severities',
      'A webhook that is sent nothing is of no use. Choose warnings, critical alerts, or both.'
    )
  const called = name.trim() === '' ? hostIn(target) : name.trim()
  // What another receiver answered says nothing of this one.
  const lastReceipt = known?.target === target ? known.lastReceipt : null
  return { webhookId, name: called, kind, severities, sendsResolved, isEnabled, target, lastReceipt }
}

export const refusal = (field: string, message: string): Failure => new Failure({ code: 'invalid', field, message })
