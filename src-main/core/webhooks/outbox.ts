import type { Severity } from '../../contract/alerts.ts'
import { webhookLimits } from '../../contract/webhooks.ts'
import { isTogether, togetherMs } from '../alerts/groups.ts'
import type { AlertNews, Content, NamedServer, OutboxMessage } from './message.ts'

/** Who is sent what. */
export interface Taker {
  readonly webhookId: string
  readonly severities: readonly Severity[]
  readonly sendsResolved: boolean
}

/** News, and as what the alert was told so far: nobody hears of the end of what they were never told. */
export interface Offer {
  readonly news: AlertNews
  readonly toldAs: readonly Severity[]
}

/** What is new in the outbox; `null` for a message that is gone. */
export type OutboxChange = ReadonlyMap<string, OutboxMessage | null>

/**
 * All messages on their way, oldest first. News of one server go at once when they are the first in a while, else
 * together; what was tried once never changes again, so that its id stands for the same to its receiver. Whoever owns it
 * writes down what `taken` says has changed.
 */
export class Outbox {
  readonly #name: () => string
  #messages: readonly OutboxMessage[]
  #seq: number
  #changed = new Map<string, OutboxMessage | null>()
  readonly #opened = new Map<string, number>()
  #crowdedOut = 0

  /** `name` makes a new id. */
  constructor(name: () => string, kept: readonly OutboxMessage[] = []) {
    this.#name = name
    this.#messages = kept.toSorted((a, b) => a.seq - b.seq)
    this.#seq = this.#messages.at(-1)?.seq ?? 0
  }

  /** Messages that were given up since more waited than may. */
  get crowdedOut(): number {
    return this.#crowdedOut
  }

  of(webhookId: string): readonly OutboxMessage[] {
    return this.#messages.filter((message) => message.webhookId === webhookId)
  }

  offer(taker: Taker, server: NamedServer, offers: readonly Offer[], nowMs: number): void {
    const wanted = offers.filter(({ news, toldAs }) => {
      const isWanted = news.event !== 'resolved' || taker.sendsResolved
      return isWanted && toldAs.some((severity) => taker.severities.includes(severity))
    })
    for (const { news } of wanted) this.#add(taker.webhookId, server, news, nowMs)
  }

  tell(webhookId: string, content: Content, nowMs: number): void {
    this.#push({ webhookId, atMs: nowMs, dueMs: nowMs, content })
  }

  /** Leaves out of what was not tried yet that an alert fires which is muted meanwhile. */
  mute(isMuted: (alertId: string) => boolean): void {
    for (const message of this.#messages) {
      const { content } = message
      if (message.attempts > 0 || content.kind !== 'alerts') continue
      const news = content.news.filter(({ event, alertId }) => event === 'resolved' || !isMuted(alertId))
      if (news.length === content.news.length) continue
      if (news.length === 0) this.remove(message.messageId)
      else this.#put({ ...message, content: { ...content, news } })
    }
  }

  /** Counts one more try, before it is made; `null` for a message that is gone. */
  tried(messageId: string): OutboxMessage | null {
    const message = this.#messages.find((one) => one.messageId === messageId)
    if (message === undefined) return null
    const next = { ...message, attempts: message.attempts + 1 }
    this.#put(next)
    return next
  }

  /** It arrived, or is given up. */
  remove(messageId: string): void {
    const left = this.#messages.filter((message) => message.messageId !== messageId)
    if (left.length === this.#messages.length) return
    this.#messages = left
    this.#changed.set(messageId, null)
  }

  /** Drops all that waits for a webhook. */
  drop(webhookId: string): void {
    for (const { messageId } of this.of(webhookId)) this.remove(messageId)
  }

  /** What changed since this was asked last. */
  taken(): OutboxChange {
    const changed = this.#changed
    this.#changed = new Map()
    return changed
  }

  #add(webhookId: string, server: NamedServer, news: AlertNews, nowMs: number): void {
    const open = this.#messages.findLast(
      ({ webhookId: own, attempts, content }) =>
        own === webhookId &&
        attempts === 0 &&
        content.kind === 'alerts' &&
        content.server.serverId === server.serverId &&
        content.news.length < webhookLimits.news
    )
    if (open?.content.kind === 'alerts') {
      // One alert that is told again and again to nobody is one piece of news.
      const isRepeated = ({ event, alertId }: AlertNews): boolean => event === 'again' && alertId === news.alertId
      const others = news.event === 'again' ? open.content.news.filter((one) => !isRepeated(one)) : open.content.news
      this.#put({ ...open, content: { ...open.content, news: [...others, news] } })
      return
    }
    const key = `${webhookId}/${server.serverId}`
    const openedMs = this.#opened.get(key)
    const isFollowing = openedMs !== undefined && isTogether(openedMs, nowMs)
    if (!isFollowing) this.#opened.set(key, nowMs)
    const dueMs = isFollowing ? openedMs + togetherMs : nowMs
    this.#push({ webhookId, atMs: nowMs, dueMs, content: { kind: 'alerts', server, news: [news] } })
  }

  #push(message: Pick<OutboxMessage, 'webhookId' | 'atMs' | 'dueMs' | 'content'>): void {
    this.#put({ ...message, messageId: this.#name(), seq: ++this.#seq, attempts: 0 })
    const [oldest] = this.#messages
    if (this.#messages.length <= webhookLimits.waiting || oldest === undefined) return
    this.remove(oldest.messageId)
    this.#crowdedOut++
  }

  #put(message: OutboxMessage): void {
    const isKnown = this.#messages.some(({ messageId }) => messageId === message.messageId)
    this.#messages = isKnown
      ? this.#messages.map((one) => (one.messageId === message.messageId ? message : one))
      : [...this.#messages, message]
    this.#changed.set(message.messageId, message)
  }
}
