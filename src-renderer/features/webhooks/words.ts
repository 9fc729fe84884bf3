import type { VaultKind } from '../../../src-main/contract/vault.ts'
import type { Webhook, WebhookQueue } from '../../../src-main/contract/webhooks.ts'
import { counted } from '../../parts/numbers.ts'
import { duration } from '../../parts/times.ts'
import { choiceOf } from './webhook-draft.ts'

const sent = { critical: 'Critical alerts', warning: 'Warnings', both: 'Warnings and critical alerts' } as const

/** What a webhook is sent: `Critical alerts, and their ends`. */
export function sentText({ severities, sendsResolved }: Pick<Webhook, 'severities' | 'sendsResolved'>): string {
  return `${sent[choiceOf(severities)]}${sendsResolved ? ', and their ends' : ''}`
}

/** What waits for a webhook and why; empty where nothing does and nothing was lost. */
export function queueText({ waiting, standing, nextTryMs, givenUp }: WebhookQueue, nowMs: number): string {
  const lost = givenUp === 0 ? '' : `${counted(givenUp, 'message')} given up since Standby started.`
  const texts = [waiting === 0 ? '' : `${counted(waiting, 'message')} ${waitingFor(standing, nextTryMs, nowMs)}.`, lost]
  return texts.filter((text) => text !== '').join(' ')
}

function waitingFor(standing: WebhookQueue['standing'], nextTryMs: number | null, nowMs: number): string {
  switch (standing) {
    case 'gathering':
      return 'about to be sent as one'
    case 'sending':
      return 'being sent'
    case 'offline':
      return 'waiting: this machine has no network'
    case 'no-address':
      return 'waiting: the address cannot be read from the key store. Edit the webhook and enter it anew'
    case 'failing': {
      const soon = nextTryMs === null || nextTryMs <= nowMs
      return soon ? 'waiting, next try now' : `waiting, next try in ${duration(nextTryMs - nowMs)}`
    }
    case 'idle':
      return 'waiting'
  }
}

/** What stands below the box of the address. */
export function addressHint(hint: string, edited: Webhook | null, vault: VaultKind | null): string {
  if (edited !== null) return `Leave empty to keep the address at ${edited.target}. It is a secret and is not shown.`
  const isForgotten = vault === 'memory' || vault === 'locked'
  return `${hint} ${isForgotten ? 'Kept in memory: forgotten when Standby closes.' : 'Kept as a secret, never shown again.'}`
}

/** What stands below the box of the token. */
export function tokenHint(edited: Webhook | null): string {
  if (edited?.hasToken === true) return 'Leave empty to keep the saved one; a new address needs it anew.'
  return 'Only for a topic that is protected.'
}
