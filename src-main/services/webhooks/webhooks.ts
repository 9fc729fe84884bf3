import { randomUUID } from 'node:crypto'
import {
  webhookLimits,
  type WebhookDraft,
  type WebhookReceipt,
  type WebhookRef,
  type WebhooksView,
  type WebhookTest
} from '../../contract/webhooks.ts'
import { Failure } from '../../core/failure.ts'
import type { NamedServer, NotWatching } from '../../core/webhooks/message.ts'
import { Outbox, type Offer, type OutboxChange } from '../../core/webhooks/outbox.ts'
import { Topic, type LiveView } from '../live-view.ts'
import type { Clock, Log, Network, Poster, Vault } from '../ports.ts'
import { Courier } from './courier.ts'
import { receiverOf, refusal, webhookOf } from './draft.ts'
import type { KeptWebhook } from './kept.ts'
import { WebhookVault } from './secrets.ts'
import { Sender, type Receiver } from './sender.ts'
import type { WebhookStore } from './store.ts'

export interface WebhooksOptions {
  readonly store: WebhookStore
  readonly vault: Vault
  readonly poster: Poster
  readonly network: Network
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  /** Of Standby. */
  readonly version: string
  readonly log: Log
}

/** Where alerts go beside the desktop: who is sent what, and that it arrives, late rather than never. */
export class Webhooks {
  readonly #options: WebhooksOptions
  readonly #vault: WebhookVault
  readonly #outbox: Outbox
  readonly #sender: Sender
  readonly #couriers = new Map<string, Courier>()
  readonly #changed = new Topic<WebhooksView>()
  #webhooks: readonly KeptWebhook[]
  #isStarted = false
  /** Its own changes of the vault must not send anything before they are complete. */
  #isSaving = false
  #unlisten: () => void = () => undefined

  constructor(options: WebhooksOptions) {
    const { store, vault, poster, clock, version } = options
    this.#options = options
    this.#vault = new WebhookVault(vault)
    this.#sender = new Sender({ poster, clock, version })
    this.#webhooks = store.webhooks()
    const known = new Set(this.#webhooks.map(({ webhookId }) => webhookId))
    const waiting = store.outbox()
    this.#outbox = new Outbox(randomUUID, waiting)
    for (const { webhookId } of waiting) if (!known.has(webhookId)) this.#outbox.drop(webhookId)
    for (const { webhookId } of this.#webhooks) this.#hire(webhookId)
  }

  /** Goes on with what an earlier run of the app did not hand over. */
  start(): void {
    this.#isStarted = true
    this.#unlisten = this.#vault.onChange(() => {
      if (this.#isSaving) return
      for (const courier of this.#couriers.values()) courier.wake()
      this.#publish()
    })
    this.go()
  }

  stop(): void {
    this.#isStarted = false
    this.#unlisten()
    for (const courier of this.#couriers.values()) courier.stop()
  }

  watch(): LiveView<WebhooksView, WebhooksView> {
    return { snapshot: () => this.view(), subscribe: (push) => this.#changed.subscribe(push) }
  }

  view(): WebhooksView {
    return {
      webhooks: this.#webhooks.flatMap((webhook) => {
        const queue = this.#couriers.get(webhook.webhookId)?.queue
        const hasToken = (this.#vault.of(webhook.webhookId)?.token ?? '') !== ''
        return queue === undefined ? [] : { ...webhook, hasToken, queue }
      }),
      trouble: this.#trouble()
    }
  }

  /** Throws `invalid`, naming the field, and `missing` for one that was removed. */
  save(draft: WebhookDraft): WebhookRef {
    const known = draft.webhookId === null ? null : this.#find(draft.webhookId)
    if (known === null && this.#webhooks.length >= webhookLimits.webhooks)
      throw refusal('name', `There are ${webhookLimits.webhooks} webhooks already. Remove one first.`)
    const webhookId = known?.webhookId ?? randomUUID()
    const receiver = receiverOf(draft, this.#vault.of(webhookId))
    const webhook = webhookOf(draft, webhookId, receiver.target, known)
    this.#isSaving = true
    try {
      // The address first: a webhook without one would be there at the next start and send nothing.
      if (draft.url.trim() !== '') this.#vault.set(webhookId, receiver.secrets)
      else if (draft.token !== '') this.#vault.setToken(webhookId, receiver.secrets.token)
    } finally {
      this.#isSaving = false
    }
    if (!webhook.isEnabled) this.#outbox.drop(webhookId)
    this.#keep(
      known === null ? [...this.#webhooks, webhook] : this.#webhooks.map((one) => (one === known ? webhook : one))
    )
    this.#hire(webhookId).wake()
    this.#publish()
    return { webhookId }
  }

  /** Forgets a webhook with its address, its token and what waits for it. */
  delete({ webhookId }: WebhookRef): void {
    this.#couriers.get(webhookId)?.stop()
    this.#couriers.delete(webhookId)
    this.#outbox.drop(webhookId)
    this.#vault.delete(webhookId)
    this.#keep(this.#webhooks.filter((one) => one.webhookId !== webhookId))
    this.#publish()
  }

  /** Sends a test the whole way and tells what came of it. Throws as `save` does, and `cancelled`. */
  async test(args: WebhookTest, signal: AbortSignal): Promise<WebhookReceipt> {
    const receiver = args.kind === 'draft' ? this.#draftReceiver(args.draft) : this.#receiver(args.webhookId)
    if (receiver === null) throw noAddress
    const message = { messageId: randomUUID(), atMs: this.#options.clock.now(), attempts: 1, content } as const
    const sent = await this.#sender.send(message, receiver, signal)
    if (sent === null) throw new Failure({ code: 'cancelled', message: 'Cancelled.' })
    if (args.kind === 'saved') {
      this.#told(args.webhookId, sent.receipt)
      // Whoever answers again gets what waited.
      if (sent.receipt.isDelivered) this.#couriers.get(args.webhookId)?.wake()
    }
    return sent.receipt
  }

  /** Puts news of a server into the outbox: to be kept with `taken`, and sent after that with `go`. */
  offer(server: NamedServer, offers: readonly Offer[], nowMs: number): void {
    for (const webhook of this.#enabled()) this.#outbox.offer(webhook, server, offers, nowMs)
  }

  /** Nothing that was not tried yet is to say that these fire. */
  mute(isMuted: (alertId: string) => boolean): void {
    this.#outbox.mute(isMuted)
  }

  /** What changed in the outbox, for whoever keeps it together with what it tells. */
  taken(): OutboxChange {
    return this.#outbox.taken()
  }

  go(): void {
    if (!this.#isStarted) return
    for (const courier of this.#couriers.values()) courier.go()
  }

  /** Tells all webhooks what is not of an alert, kept before it is sent. */
  tell(content: NotWatching): void {
    const nowMs = this.#options.clock.now()
    for (const { webhookId } of this.#enabled()) this.#outbox.tell(webhookId, content, nowMs)
    this.#keep(this.#webhooks)
    this.go()
    this.#publish()
  }

  #trouble(): string | null {
    const { trouble } = this.#options.store
    const lost = this.#outbox.crowdedOut
    const most = webhookLimits.waiting
    const told = [
      trouble === null ? '' : `Webhooks lie in the file of the alerts. ${trouble}`,
      lost === 0
        ? ''
        : `More than ${most} messages waited: ${lost} of them, the oldest, were given up since Standby started.`
    ].filter((text) => text !== '')
    return told.length === 0 ? null : told.join(' ')
  }

  #enabled(): readonly KeptWebhook[] {
    return this.#webhooks.filter(({ isEnabled }) => isEnabled)
  }

  #hire(webhookId: string): Courier {
    const known = this.#couriers.get(webhookId)
    if (known !== undefined) return known
    const { network, clock, random, log } = this.#options
    const courier = new Courier({
      webhookId,
      outbox: this.#outbox,
      sender: this.#sender,
      receiver: () => this.#receiver(webhookId),
      network,
      clock,
      random,
      log,
      onTold: (receipt) => this.#told(webhookId, receipt),
      onStanding: () => this.#publish()
    })
    this.#couriers.set(webhookId, courier)
    return courier
  }

  #told(webhookId: string, receipt: WebhookReceipt | null): void {
    const withReceipt = (webhook: KeptWebhook): KeptWebhook =>
      webhook.webhookId === webhookId && receipt !== null ? { ...webhook, lastReceipt: receipt } : webhook
    this.#keep(this.#webhooks.map(withReceipt))
    if (receipt?.isDelivered === false)
      this.#options.log(`a webhook failed, try ${receipt.attempt}: ${receipt.sentence}`)
    this.#publish()
  }

  /** `null` while the address cannot be read. Throws `missing` for one that was removed. */
  #receiver(webhookId: string): Receiver | null {
    const { kind, target } = this.#find(webhookId)
    const secrets = this.#vault.of(webhookId)
    return secrets === null ? null : { kind, target, secrets }
  }

  #draftReceiver(draft: WebhookDraft): Receiver {
    const { webhookId } = draft
    return receiverOf(draft, webhookId === null ? null : this.#vault.of(this.#find(webhookId).webhookId))
  }

  #find(webhookId: string): KeptWebhook {
    const found = this.#webhooks.find((one) => one.webhookId === webhookId)
    if (found === undefined) throw new Failure({ code: 'missing', message: 'This webhook was removed.' })
    return found
  }

  #keep(webhooks: readonly KeptWebhook[]): void {
    this.#webhooks = webhooks
    this.#options.store.keep(webhooks, this.#outbox.taken())
  }

  #publish(): void {
    this.#changed.publish(this.view())
  }
}

const content = { kind: 'test' } as const

const noAddress = new Failure({
  code: 'invalid',
  field: 'url',
  message: 'The address of this webhook cannot be read from the key store of this machine. Edit it and enter it anew.'
})
