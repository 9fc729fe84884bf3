import { ApiError } from '../http/api-error.ts'
import type { Asked } from '../http/route.ts'
import { isFrom, type Version } from '../versions/version.ts'
import type { MessageState } from '../world/messaging/message.ts'
import type { Writing } from '../world/messaging/message-book.ts'
import type { MessagingWorld } from '../world/messaging/messaging-world.ts'
import type { ProviderType } from '../world/messaging/user.ts'
import { booleanField } from './functions-body.ts'
import { futureField, idListField } from './messaging-fields.ts'

/** Whom a message goes to. */
export type Recipients = Pick<Writing, 'topics' | 'users' | 'targets'>

export function recipientsOf({ body }: Asked, before: Recipients | null): Recipients {
  return {
    topics: idListField(body, 'topics', before?.topics ?? []),
    users: idListField(body, 'users', before?.users ?? []),
    targets: idListField(body, 'targets', before?.targets ?? [])
  }
}

/** Refuses a message that would go to nobody; a draft may. */
export function requireRecipients({ topics, users, targets }: Recipients, isDraft: boolean): void {
  if (isDraft || topics.length + users.length + targets.length > 0) return
  throw new ApiError('message_missing_target')
}

/** Refuses targets that are not there or not of the kind. */
export function requireTargets(world: MessagingWorld, ids: readonly string[], type: ProviderType): void {
  if (ids.every((id) => world.audience.target(id)?.providerType === type)) return
  throw new ApiError(type === 'email' ? 'message_target_not_email' : 'message_target_not_push')
}

/** What of a message decides when it goes out. */
export type Timing = Pick<Writing, 'isDraft' | 'scheduledAtMs'>

/** When a new message goes out, if at all. */
export function timingOf({ body }: Asked, version: Version, nowMs: number): Timing {
  return {
    isDraft: booleanField(body, 'draft', false),
    scheduledAtMs: futureField(body, 'scheduledAt', version, nowMs)
  }
}

/** When a changed message goes out: as before, unless the sender says something about it. */
export function changedTiming({ body }: Asked, before: MessageState, version: Version, nowMs: number): Timing {
  const scheduledAtMs = futureField(body, 'scheduledAt', version, nowMs)
  const isDraft = (body.draft ?? null) === null ? null : booleanField(body, 'draft', false)
  if (isDraft === null && scheduledAtMs === null) {
    const { isDraft: wasDraft, scheduledAtMs: oldMs } = before.message
    return { isDraft: wasDraft, scheduledAtMs: oldMs }
  }
  if (isDraft === true) return { isDraft, scheduledAtMs }
  return { isDraft: false, scheduledAtMs: scheduledAtMs ?? before.message.scheduledAtMs }
}

/** Refuses to change what is on its way or over. */
export function requireChangeable({ status, message }: MessageState, nowMs: number): void {
  if (status === 'processing') throw new ApiError('message_already_processing')
  if (status === 'sent') throw new ApiError('message_already_sent')
  if (status === 'failed') throw new ApiError('message_already_failed')
  if (message.scheduledAtMs !== null && message.scheduledAtMs < nowMs) throw new ApiError('message_already_scheduled')
}

/** Refuses an id that a message has: 1.7 and 1.8 break on it. */
export function requireFreeId(world: MessagingWorld, id: string | null, version: Version): void {
  if (id === null || world.message(id) === null) return
  if (isFrom(version, '1.9')) throw new ApiError('message_already_exists')
  throw new ApiError(isFrom(version, '1.7') ? 'general_unknown' : 'document_already_exists')
}
