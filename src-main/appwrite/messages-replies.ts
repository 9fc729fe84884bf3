import { z } from 'zod'
import { count } from './decode.ts'
import { id, line, list, map, maybeTime, oneOf, text, time } from './fields.ts'
import { pageReply } from './page-reply.ts'

export const messageStatuses = ['draft', 'scheduled', 'processing', 'sent', 'failed'] as const

/** `unknown` is a status of a version newer than this client. */
export type MessageStatus = (typeof messageStatuses)[number] | 'unknown'

export const providerTypes = ['email', 'sms', 'push'] as const
export type ProviderType = (typeof providerTypes)[number] | 'unknown'

/** A message to topics, users and targets. */
export interface Message {
  readonly id: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly topics: readonly string[]
  readonly users: readonly string[]
  readonly targets: readonly string[]
  readonly scheduledAtMs: number | null
  readonly deliveredAtMs: number | null
  /** One for each recipient who was not reached. */
  readonly deliveryErrors: readonly string[]
  /** May be above 0 though the message failed: one recipient not reached makes it so. */
  readonly deliveredTotal: number
  readonly status: MessageStatus
  readonly content: MessageContent
}

export type MessageContent =
  | {
      readonly kind: 'email'
      readonly subject: string
      readonly text: string
      readonly isHtml: boolean
      readonly cc: readonly string[]
      readonly bcc: readonly string[]
      readonly attachmentCount: number
    }
  | {
      readonly kind: 'push'
      readonly title: string
      readonly text: string
      readonly action: string
      readonly icon: string
      readonly sound: string
      readonly color: string
      readonly tag: string
      /** Text in 1.5, a whole number since, here always text; empty for none. */
      readonly badge: string
      /** `normal` or `high`; empty before 1.6. */
      readonly priority: string
      readonly data: Readonly<Record<string, unknown>>
    }
  | { readonly kind: 'sms' | 'unknown'; readonly text: string }

const emailContent = z
  .object({
    subject: text,
    content: text,
    html: z.boolean().nullish(),
    cc: list(z.string()),
    bcc: list(z.string()),
    attachments: list(z.unknown())
  })
  .transform(({ subject, content, html, cc, bcc, attachments }): MessageContent => ({
    kind: 'email',
    subject,
    text: content,
    isHtml: html ?? false,
    cc,
    bcc,
    attachmentCount: attachments.length
  }))

const badge = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === undefined || value === null || value === -1 ? '' : String(value)))

const pushContent = z
  .object({
    title: text,
    body: text,
    action: text,
    icon: text,
    sound: text,
    color: text,
    tag: text,
    badge,
    priority: text,
    data: map(z.unknown()).nullish()
  })
  .transform(({ body, data, ...rest }): MessageContent => ({ kind: 'push', ...rest, text: body, data: data ?? {} }))

const otherContent = z.object({ content: text })

export const messageReply = z
  .object({
    $id: id,
    $createdAt: time,
    $updatedAt: time,
    providerType: oneOf(providerTypes),
    topics: list(z.string()),
    users: list(z.string()),
    targets: list(z.string()),
    scheduledAt: maybeTime,
    deliveredAt: maybeTime,
    deliveryErrors: list(text),
    deliveredTotal: count,
    data: map(z.unknown()),
    status: oneOf(messageStatuses)
  })
  .transform((reply, context): Message => {
    const content = contentOf(reply.providerType, reply.data)
    if (!content.success) {
      for (const { path, message } of content.error.issues) {
        context.addIssue({ code: 'custom', path: ['data', ...path], message })
      }
      return z.NEVER
    }
    return {
      id: reply.$id,
      createdAtMs: reply.$createdAt,
      updatedAtMs: reply.$updatedAt,
      topics: reply.topics,
      users: reply.users,
      targets: reply.targets,
      scheduledAtMs: reply.scheduledAt,
      deliveredAtMs: reply.deliveredAt,
      deliveryErrors: reply.deliveryErrors,
      deliveredTotal: reply.deliveredTotal,
      status: reply.status,
      content: content.data
    }
  })

export const messagesReply = pageReply('messages', messageReply)

/** Where a user can be reached. */
export interface Target {
  readonly id: string
  readonly createdAtMs: number
  readonly userId: string
  readonly name: string
  readonly providerType: ProviderType
  /** The address, number or token of the device. */
  readonly identifier: string
  /** Since 1.6: the device refused it. */
  readonly isExpired: boolean
}

export const targetReply = z
  .object({
    $id: id,
    $createdAt: time,
    userId: line,
    name: line,
    providerType: oneOf(providerTypes),
    identifier: line,
    expired: z.boolean().nullish()
  })
  .transform(({ $id, $createdAt, userId, name, providerType, identifier, expired }): Target => ({
    id: $id,
    createdAtMs: $createdAt,
    userId,
    name,
    providerType,
    identifier,
    isExpired: expired ?? false
  }))

export const targetsReply = pageReply('targets', targetReply)

function contentOf(type: ProviderType, data: Readonly<Record<string, unknown>>) {
  switch (type) {
    case 'email':
      return emailContent.safeParse(data)
    case 'push':
      return pushContent.safeParse(data)
    case 'sms':
    case 'unknown':
      return otherContent.transform(({ content }): MessageContent => ({ kind: type, text: content })).safeParse(data)
  }
}
