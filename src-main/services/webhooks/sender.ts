import { plainLine } from '../../appwrite/plain-text.ts'
import type { WebhookKind, WebhookReceipt } from '../../contract/webhooks.ts'
import { faultOf } from '../../core/failure.ts'
import { hostIn, topicOf } from '../../core/webhooks/address.ts'
import { requestOf } from '../../core/webhooks/bodies.ts'
import type { Content } from '../../core/webhooks/message.ts'
import { answerSentence } from '../../core/webhooks/receipt-words.ts'
import { isPassing } from '../../core/webhooks/retry.ts'
import type { Clock, Posted, Poster } from '../ports.ts'
import type { WebhookSecrets } from './secrets.ts'

export interface SenderOptions {
  readonly poster: Poster
  readonly clock: Clock
  /** Of Standby, which names itself by it. */
  readonly version: string
}

/** Where to, and how it is put there. */
export interface Receiver {
  readonly kind: WebhookKind
  readonly target: string
  readonly secrets: WebhookSecrets
}

export interface Sent {
  readonly receipt: WebhookReceipt
  /** Whether another try may do better; says nothing of what was delivered. */
  readonly isPassing: boolean
  /** What the receiver asks for; `null` where it does not. */
  readonly retryAfterMs: number | null
}

interface Message {
  readonly messageId: string
  readonly atMs: number
  readonly attempts: number
  readonly content: Content
}

/** Makes one try to hand a message over, and tells what came of it in words that hold no secret. */
export class Sender {
  readonly #options: SenderOptions

  constructor(options: SenderOptions) {
    this.#options = options
  }

  /** `null` when `signal` was aborted before anything came of it. */
  async send(message: Message, receiver: Receiver, signal: AbortSignal): Promise<Sent | null> {
    const { poster, clock, version } = this.#options
    const { kind, target, secrets } = receiver
    const { messageId, atMs, attempts, content } = message
    const sentMs = clock.now()
    const begunMs = clock.monotonicMs()
    const request = requestOf({ messageId, atMs, sentMs, content }, { kind, ...secrets, version })
    const told = { atMs: sentMs, attempt: attempts, isTest: content.kind === 'test' }
    try {
      const posted = await poster.post(request, signal)
      if (signal.aborted) return null
      const tookMs = clock.monotonicMs() - begunMs
      const { status, redirectOrigin, retryAfterMs } = posted
      const said = status >= 400 ? saidIn(posted, secrets) : ''
      const sentence = answerSentence({ kind, host: hostIn(target), status, tookMs, redirectOrigin, said })
      const isDelivered = status >= 200 && status < 300
      return { receipt: { ...told, isDelivered, status, sentence, tookMs }, isPassing: isPassing(status), retryAfterMs }
    } catch (thrown) {
      if (signal.aborted) return null
      const { message: sentence } = faultOf(thrown)
      const tookMs = clock.monotonicMs() - begunMs
      return {
        receipt: { ...told, isDelivered: false, status: null, sentence, tookMs },
        isPassing: true,
        retryAfterMs: null
      }
    }
  }
}

const mostSaid = 120

/** What a receiver says in a few words; a page of HTML says nothing. Many repeat the address they were asked for. */
function saidIn({ bodyStart }: Posted, { url, token }: WebhookSecrets): string {
  if (bodyStart.trimStart().startsWith('<')) return ''
  const path = url.replace(/^https?:\/\/[^/]+\/?/, '')
  const secrets = [url, path, topicOf(url)?.topic ?? '', token].filter((secret) => secret !== '')
  return plainLine(bodyStart, null, mostSaid, secrets).replace(/\.$/, '')
}
