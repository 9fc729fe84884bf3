import { api } from './api-ids.ts'
import type { providerAttributes, targetAttributes, topicAttributes, userAttributes } from './attributes.ts'
import type { Caller } from './caller.ts'
import { listQuery, type ListOptions } from './list-options.ts'
import { targetsReply, type Target } from './messages-replies.ts'
import type { Page } from './page-reply.ts'
import { providersReply, topicsReply, usersReply, type Provider, type Topic, type User } from './recipients-replies.ts'

/** Whom messages can go to, and by what. Every method throws a `Failure`. */
export class Recipients {
  readonly #caller: Caller

  constructor(caller: Caller) {
    this.#caller = caller
  }

  async topics(options: ListOptions<typeof topicAttributes>, signal: AbortSignal): Promise<Page<Topic>> {
    const call = { path: '/messaging/topics', query: listQuery(options, this.#caller.version) }
    return this.#caller.ask('GET /messaging/topics', topicsReply, call, signal)
  }

  async providers(options: ListOptions<typeof providerAttributes>, signal: AbortSignal): Promise<Page<Provider>> {
    const call = { path: '/messaging/providers', query: listQuery(options, this.#caller.version) }
    return this.#caller.ask('GET /messaging/providers', providersReply, call, signal)
  }

  /** `search` looks in names, addresses, phone numbers and ids. */
  async users(options: ListOptions<typeof userAttributes>, signal: AbortSignal): Promise<Page<User>> {
    const call = { path: '/users', query: listQuery(options, this.#caller.version) }
    return this.#caller.ask('GET /users', usersReply, call, signal)
  }

  async targets(
    userId: string,
    options: ListOptions<typeof targetAttributes>,
    signal: AbortSignal
  ): Promise<Page<Target>> {
    const call = { path: api`/users/${userId}/targets`, query: listQuery(options, this.#caller.version) }
    return this.#caller.ask('GET /users/{userId}/targets', targetsReply, call, signal)
  }
}
