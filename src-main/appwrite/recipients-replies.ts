import { z } from 'zod'
import { count } from './decode.ts'
import { id, line, list, oneOf, time } from './fields.ts'
import { providerTypes, targetReply, type ProviderType, type Target } from './messages-replies.ts'
import { pageReply } from './page-reply.ts'

/** A list of recipients that users subscribe to. */
export interface Topic {
  readonly id: string
  readonly createdAtMs: number
  readonly name: string
  readonly emailTotal: number
  readonly smsTotal: number
  readonly pushTotal: number
  /** Roles that may subscribe. */
  readonly subscribe: readonly string[]
}

export const topicReply = z
  .object({
    $id: id,
    $createdAt: time,
    name: line,
    emailTotal: count,
    smsTotal: count,
    pushTotal: count,
    subscribe: list(line)
  })
  .transform(({ $id, $createdAt, ...rest }): Topic => ({ id: $id, createdAtMs: $createdAt, ...rest }))

export const topicsReply = pageReply('topics', topicReply)

/** A service that delivers messages. The server sends its credentials along in clear: they are dropped here. */
export interface Provider {
  readonly id: string
  readonly createdAtMs: number
  readonly name: string
  /** Such as `mailgun` or `fcm`. */
  readonly provider: string
  readonly type: ProviderType
  readonly isEnabled: boolean
}

export const providerReply = z
  .object({
    $id: id,
    $createdAt: time,
    name: line,
    provider: line,
    type: oneOf(providerTypes),
    enabled: z.boolean()
  })
  .transform(({ $id, $createdAt, name, provider, type, enabled }): Provider => ({
    id: $id,
    createdAtMs: $createdAt,
    name,
    provider,
    type,
    isEnabled: enabled
  }))

export const providersReply = pageReply('providers', providerReply)

/** A user, as far as a recipient goes: the hash of the password, which the server sends too, is dropped here. */
export interface User {
  readonly id: string
  readonly createdAtMs: number
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly isActive: boolean
  readonly labels: readonly string[]
  readonly targets: readonly Target[]
}

export const userReply = z
  .object({
    $id: id,
    $createdAt: time,
    name: line,
    email: line,
    phone: line,
    status: z.boolean(),
    labels: list(line),
    targets: list(targetReply)
  })
  .transform(({ $id, $createdAt, status, ...rest }): User => ({
    id: $id,
    createdAtMs: $createdAt,
    isActive: status,
    ...rest
  }))

export const usersReply = pageReply('users', userReply)
