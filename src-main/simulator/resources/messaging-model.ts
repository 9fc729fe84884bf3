import { isFrom, type Version } from '../versions/version.ts'
import type { MessageState } from '../world/messaging/message.ts'
import type { Provider } from '../world/messaging/provider.ts'
import { totalOf, type Topic } from '../world/messaging/topic.ts'
import type { Target } from '../world/messaging/user.ts'
import { isoTime } from './functions-fields.ts'

const timeOrNull = (atMs: number | null) => (atMs === null ? null : isoTime(atMs))

/** A message in the model of every version (the API facts, §9). */
export function messageJson({ message, status, deliveredAtMs, updatedAtMs }: MessageState): Record<string, unknown> {
  const isOver = deliveredAtMs !== null
  return {
    $id: message.id,
    $createdAt: isoTime(message.createdAtMs),
    $updatedAt: isoTime(updatedAtMs),
    providerType: message.providerType,
    topics: message.topics,
    users: message.users,
    targets: message.targets,
    scheduledAt: timeOrNull(message.scheduledAtMs),
    deliveredAt: timeOrNull(deliveredAtMs),
    deliveryErrors: isOver ? message.delivery.errors : [],
    deliveredTotal: isOver ? message.delivery.delivered : 0,
    data: message.data,
    status
  }
}

export function targetJson(target: Target, version: Version): Record<string, unknown> {
  return {
    $id: target.id,
    $createdAt: isoTime(target.createdAtMs),
    $updatedAt: isoTime(target.createdAtMs),
    name: '',
    userId: target.userId,
    providerId: target.providerId,
    providerType: target.providerType,
    identifier: target.identifier,
    ...(isFrom(version, '1.6') ? { expired: target.isExpired } : {})
  }
}

export function topicJson(topic: Topic): Record<string, unknown> {
  return {
    $id: topic.id,
    $createdAt: isoTime(topic.createdAtMs),
    $updatedAt: isoTime(topic.createdAtMs),
    name: topic.name,
    emailTotal: totalOf(topic, 'email'),
    smsTotal: totalOf(topic, 'sms'),
    pushTotal: totalOf(topic, 'push'),
    subscribe: topic.subscribe
  }
}

/** With its credentials, as the real server tells them. */
export function providerJson(provider: Provider): Record<string, unknown> {
  return {
    $id: provider.id,
    $createdAt: isoTime(provider.createdAtMs),
    $updatedAt: isoTime(provider.createdAtMs),
    name: provider.name,
    provider: provider.provider,
    enabled: provider.isEnabled,
    type: provider.type,
    credentials: provider.credentials,
    options: provider.options
  }
}
