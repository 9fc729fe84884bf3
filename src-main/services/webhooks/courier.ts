import type { WebhookQueue, WebhookReceipt } from '../../contract/webhooks.ts'
import { isLoopback } from '../../core/endpoint.ts'
import { togetherMs } from '../../core/alerts/groups.ts'
import type { OutboxMessage } from '../../core/webhooks/message.ts'
import type { Outbox } from '../../core/webhooks/outbox.ts'
import { isTooOld, retryAfterMs } from '../../core/webhooks/retry.ts'
import type { Clock, Log, Network } from '../ports.ts'
import type { Receiver, Sender, Sent } from './sender.ts'

export interface CourierOptions {
  readonly webhookId: string
  readonly outbox: Outbox
  readonly sender: Sender
  /** `null` while its address cannot be read. */
  readonly receiver: () => Receiver | null
  readonly network: Network
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly log: Log
  /** To keep what changed in the outbox, with the receipt of a try where there is one. */
  readonly onTold: (receipt: WebhookReceipt | null) => void
  /** Its standing changed, and nothing that is kept. */
  readonly onStanding: () => void
}

/** How often an offline machine looks for a network: it says nothing by itself when it has one again. */
const lookMs = 5_000
/** One message that a receiver chokes on must not hold up the others, nor one that is down get them all. */
const failuresARound = 2

const tooOld = 'Given up: a message could not be handed over within 24 h.'

const final = (receipt: WebhookReceipt): WebhookReceipt => {
  return { ...receipt, sentence: `${receipt.sentence} This message is not sent again.` }
}

/** Hands the messages of one webhook over, oldest first and one at a time, until each has arrived or is given up. */
export class Courier {
  readonly #options: CourierOptions
  #standing: WebhookQueue['standing'] = 'idle'
  #failures = 0
  /** Until then only what is new may be tried, and that only if something arrived in the last round. */
  #heldBack: { readonly untilMs: number; readonly untilMonotonicMs: number; readonly isAlive: boolean } | null = null
  #givenUp = 0
  #round: AbortController | null = null
  #takeBack: () => void = () => undefined
  #isStopped = false

  constructor(options: CourierOptions) {
    this.#options = options
  }

  get queue(): WebhookQueue {
    const waiting = this.#options.outbox.of(this.#options.webhookId).length
    const nextTryMs = this.#standing === 'failing' ? (this.#heldBack?.untilMs ?? null) : null
    return { waiting, standing: this.#standing, nextTryMs, givenUp: this.#givenUp }
  }

  /** Looks for what is due. */
  go(): void {
    if (this.#isStopped || this.#round !== null) return
    this.#takeBack()
    const { webhookId, outbox, receiver, clock } = this.#options
    const waiting = outbox.of(webhookId)
    if (waiting.length === 0) return this.#stand('idle')
    const to = receiver()
    if (to === null) return this.#stand('no-address')
    if (this.#isOffline(to)) {
      this.#takeBack = clock.after(lookMs, () => this.go())
      return this.#stand('offline')
    }
    // What failed before this machine lost its network says nothing of now.
    if (this.#standing === 'offline') this.#letGo()
    const waitMs = Math.min(...waiting.map((message) => this.#waitOf(message)))
    if (waitMs > 0) {
      this.#takeBack = clock.after(waitMs, () => this.go())
      return this.#stand(this.#heldBack === null ? 'gathering' : 'failing')
    }
    this.#round = new AbortController()
    this.#stand('sending')
    void this.#send(this.#round.signal).finally(() => {
      this.#round = null
      this.go()
    })
  }

  /** Something is different now: whatever waits is tried at once. */
  wake(): void {
    this.#letGo()
    this.go()
  }

  stop(): void {
    this.#isStopped = true
    this.#takeBack()
    this.#round?.abort()
  }

  async #send(signal: AbortSignal): Promise<void> {
    try {
      await this.#rounds(signal)
    } catch (thrown) {
      this.#options.log(`defect in a webhook: ${thrown instanceof Error ? thrown.stack : String(thrown)}`)
      this.#holdBack(null, false)
    }
  }

  async #rounds(signal: AbortSignal): Promise<void> {
    const { webhookId, outbox } = this.#options
    const seen = new Set<string>()
    let [failed, arrived] = [0, 0]
    let askedMs: number | null = null
    while (failed < failuresARound && askedMs === null) {
      const message = outbox.of(webhookId).find((one) => !seen.has(one.messageId) && this.#waitOf(one) === 0)
      if (message === undefined) break
      seen.add(message.messageId)
      const sent = await this.#try(message, signal)
      if (signal.aborted) return
      if (sent === null) continue
      if (sent.receipt.isDelivered) arrived++
      else if (sent.isPassing) {
        failed++
        askedMs = sent.retryAfterMs
      }
    }
    if (failed > 0) this.#holdBack(askedMs, arrived > 0 && askedMs === null)
    else this.#freed()
  }

  /** `null` where nothing was tried. */
  async #try(message: OutboxMessage, signal: AbortSignal): Promise<Sent | null> {
    const { outbox, sender, receiver, clock, onTold } = this.#options
    const { messageId, atMs, attempts } = message
    const nowMs = clock.now()
    if (isTooOld(atMs, nowMs)) {
      this.#giveUp(messageId)
      const nothing = { isDelivered: false, status: null, tookMs: 0, isTest: false }
      onTold({ ...nothing, atMs: nowMs, sentence: tooOld, attempt: attempts })
      return null
    }
    const to = receiver()
    const tried = to === null ? null : outbox.tried(messageId)
    if (to === null || tried === null) return null
    // A receiver that knows this message must know it as it is, also after a crash.
    onTold(null)
    const sent = await sender.send(tried, to, signal)
    if (sent === null || this.#isStopped) return null
    if (sent.receipt.isDelivered) outbox.remove(messageId)
    else if (!sent.isPassing) this.#giveUp(messageId)
    onTold(sent.receipt.isDelivered || sent.isPassing ? sent.receipt : final(sent.receipt))
    return sent
  }

  #giveUp(messageId: string): void {
    this.#options.outbox.remove(messageId)
    this.#givenUp++
  }

  #holdBack(askedMs: number | null, isAlive: boolean): void {
    const { clock, random } = this.#options
    this.#failures++
    const waitMs = retryAfterMs(this.#failures, random(), askedMs)
    this.#heldBack = { untilMs: clock.now() + waitMs, untilMonotonicMs: clock.monotonicMs() + waitMs, isAlive }
  }

  #freed(): void {
    // What is held back was not tried in a round of new messages alone, and goes on waiting.
    if (this.#heldBack !== null && this.#options.clock.monotonicMs() < this.#heldBack.untilMonotonicMs) return
    this.#letGo()
  }

  #letGo(): void {
    this.#heldBack = null
    this.#failures = 0
  }

  /** How long until a message may be tried; 0 for now. */
  #waitOf({ attempts, dueMs }: OutboxMessage): number {
    const { clock } = this.#options
    const untilDueMs = dueMs - clock.now()
    // Longer can only be a clock that was set back.
    const gatherMs = untilDueMs > togetherMs ? 0 : Math.max(0, untilDueMs)
    const held = this.#heldBack
    if (held === null || (held.isAlive && attempts === 0)) return gatherMs
    return Math.max(gatherMs, held.untilMonotonicMs - clock.monotonicMs())
  }

  #isOffline({ target }: Receiver): boolean {
    const { network } = this.#options
    return !isLoopback(target) && !(network.hasInterface() && network.systemSaysOnline())
  }

  #stand(standing: WebhookQueue['standing']): void {
    if (standing === this.#standing) return
    this.#standing = standing
    this.#options.onStanding()
  }
}
