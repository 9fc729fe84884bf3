import { Failure } from '../core/failure.ts'
import { checkedId } from './api-ids.ts'
import { unsupportedBy } from './offers.ts'
import { timeText } from './api-time.ts'
import { isAtLeast, type ServerVersion } from './versions.ts'

/** When a message goes out. What is sent `now` cannot be called back. */
export type When = 'draft' | 'now' | { readonly atMs: number }

/** Whom a message is for; unless it is a draft, the server wants one of them. */
export interface MessageRecipients {
  readonly topics?: readonly string[]
  readonly users?: readonly string[]
  readonly targets?: readonly string[]
}

export interface NewEmail extends MessageRecipients {
  /** Absent: chosen by the server. One chosen by the caller makes a second sending of the same a `conflict`. */
  readonly id?: string
  /** Up to 998 characters. */
  readonly subject: string
  /** Up to 64,230 characters. */
  readonly content: string
  readonly isHtml?: boolean
  /** Ids of targets of type email. */
  readonly cc?: readonly string[]
  readonly bcc?: readonly string[]
  readonly attachments?: readonly FileRef[]
  readonly when: When
}

/** A file in Appwrite's storage. */
export interface FileRef {
  readonly bucketId: string
  readonly fileId: string
}

/** What is absent stays as it is. */
export type EmailChange = Partial<Omit<NewEmail, 'id'>>

export interface NewPush extends MessageRecipients {
  readonly id?: string
  /** Up to 256 characters, as are action, icon, sound, color and tag. */
  readonly title: string
  /** Up to 64,230 characters. */
  readonly body: string
  readonly data?: Readonly<Record<string, unknown>>
  readonly action?: string
  /** A png or jpeg. */
  readonly image?: FileRef
  readonly icon?: string
  readonly sound?: string
  readonly color?: string
  readonly tag?: string
  /** The number on the app's icon. */
  readonly badge?: number
  /** Since 1.6, as are the two that follow. */
  readonly priority?: 'normal' | 'high'
  readonly isContentAvailable?: boolean
  readonly isCritical?: boolean
  readonly when: When
}

export function emailBody(email: NewEmail): object {
  checkRecipients(email)
  return { messageId: newId(email.id), ...emailChangeBody(email) }
}

export function emailChangeBody(change: EmailChange): object {
  const { subject, content, isHtml, cc, bcc, attachments, when } = change
  return {
    ...recipients(change),
    ...given({ subject, content, html: isHtml, cc, bcc, attachments: attachments?.map(fileText) }),
    ...(when === undefined ? {} : timing(when))
  }
}

/** 1.5 takes the badge as text, all later versions as a number; the wrong one has the whole message refused. */
export function pushBody(push: NewPush, version: ServerVersion | null): object {
  const { title, body, data, action, image, icon, sound, color, tag, badge, when } = push
  checkRecipients(push)
  const since16 = { priority: push.priority, contentAvailable: push.isContentAvailable, critical: push.isCritical }
  if (!isAtLeast(version, '1.6.0') && Object.values(since16).some((value) => value !== undefined)) {
    throw new Failure(unsupportedBy(version, 'priority and delivery of a push message', { since: '1.6.0' }))
  }
  if (badge !== undefined && !Number.isSafeInteger(badge)) throw invalid('badge', 'The badge is no whole number.')
  if (badge !== undefined && version === null) throw new Failure(unsupportedBy(version, 'a badge it would surely take'))
  return {
    messageId: newId(push.id),
    ...recipients(push),
    ...given({ title, body, data, action, image: image && fileText(image), icon, sound, color, tag }),
    ...given({ badge: isAtLeast(version, '1.6.0') ? badge : badge?.toString(), ...since16 }),
    ...timing(when)
  }
}

/** Both are always said: a draft that is given a time alone would stay one. */
function timing(when: When): object {
  if (when === 'draft') return { draft: true }
  return when === 'now' ? { draft: false } : { draft: false, scheduledAt: timeText(when.atMs) }
}

function recipients({ topics, users, targets }: MessageRecipients): object {
  return given({ topics, users, targets })
}

function checkRecipients({
  topics = [],
  users = [],
  targets = [],
  when
}: MessageRecipients & { readonly when: When }): void {
  if (when === 'draft' || topics.length + users.length + targets.length > 0) return
  throw invalid('topics', 'The message has no recipient: choose a topic, a user or a target, or make it a draft.')
}

function newId(id: string | undefined): string {
  return id === undefined ? 'unique()' : checkedId(id, 'id')
}

function fileText({ bucketId, fileId }: FileRef): string {
  return `${checkedId(bucketId)}:${checkedId(fileId)}`
}

function given(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function invalid(field: string, message: string): Failure {
  return new Failure({ code: 'invalid', field, message: `${message} Nothing was sent.` })
}
