import { api } from './api-ids.ts'
import type { messageAttributes, targetAttributes } from './attributes.ts'
import type { Caller } from './caller.ts'
import { listQuery, type ListOptions } from './list-options.ts'
import {
  emailBody,
  emailChangeBody,
  pushBody,
  type EmailChange,
  type NewEmail,
  type NewPush
} from './messages-bodies.ts'
import { messageReply, messagesReply, targetsReply, type Message, type Target } from './messages-replies.ts'
import { pages, type Walk } from './pages.ts'
import type { Page } from './page-reply.ts'

type List = typeof messageAttributes

/** The messages of a project. Every method throws a `Failure`. */
export class Messages {
  readonly #caller: Caller

  constructor(caller: Caller) {
    this.#caller = caller
  }

  async list(options: ListOptions<List>, signal: AbortSignal): Promise<Page<Message>> {
    const call = { path: '/messaging/messages', query: listQuery(options, this.#caller.version) }
    return this.#caller.ask('GET /messaging/messages', messagesReply, call, signal)
  }

  /** All that match, page by page. */
  pages(walk: Walk<List>, signal: AbortSignal): AsyncGenerator<readonly Message[], void, undefined> {
    return pages((query, signal) => this.list({ query }, signal), walk, signal)
  }

  async get(messageId: string, signal: AbortSignal): Promise<Message> {
    const call = { path: api`/messaging/messages/${messageId}` }
    return this.#caller.ask('GET /messaging/messages/{messageId}', messageReply, call, signal)
  }

  /** The targets it names itself; those of its topics and users are not among them. */
  async targets(
    messageId: string,
    options: ListOptions<typeof targetAttributes>,
    signal: AbortSignal
  ): Promise<Page<Target>> {
    const path = api`/messaging/messages/${messageId}/targets`
    const call = { path, query: listQuery(options, this.#caller.version) }
    return this.#caller.ask('GET /messaging/messages/{messageId}/targets', targetsReply, call, signal)
  }

  /** Refused as `invalid` while it is being sent or its time has passed. */
  async delete(messageId: string, signal: AbortSignal): Promise<void> {
    const path = api`/messaging/messages/${messageId}`
    await this.#caller.answer('DELETE /messaging/messages/{messageId}', { method: 'DELETE', path }, signal)
  }

  /** Sends at once, and for good, unless it is a draft or has a time. */
  async createEmail(email: NewEmail, signal: AbortSignal): Promise<Message> {
    const call = { method: 'POST', path: '/messaging/messages/email', body: emailBody(email) } as const
    return this.#caller.ask('POST /messaging/messages/email', messageReply, call, signal)
  }

  /** Changes only what is given. `when: 'now'` sends it. One that is sent, or being sent, is refused as `invalid`. */
  async updateEmail(messageId: string, change: EmailChange, signal: AbortSignal): Promise<Message> {
    const path = api`/messaging/messages/email/${messageId}`
    const call = { method: 'PATCH', path, body: emailChangeBody(change) } as const
    return this.#caller.ask('PATCH /messaging/messages/email/{messageId}', messageReply, call, signal)
  }

  /** Sends at once, and for good, unless it is a draft or has a time. */
  async createPush(push: NewPush, signal: AbortSignal): Promise<Message> {
    const body = pushBody(push, this.#caller.version)
    const call = { method: 'POST', path: '/messaging/messages/push', body } as const
    return this.#caller.ask('POST /messaging/messages/push', messageReply, call, signal)
  }
}
