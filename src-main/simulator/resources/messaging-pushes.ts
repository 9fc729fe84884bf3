import { ok, type Asked, type Resource } from '../http/route.ts'
import { isFrom, type Version } from '../versions/version.ts'
import type { MessagingWorld } from '../world/messaging/messaging-world.ts'
import { booleanField, newIdField, refuseParam, requireParam, textField } from './functions-body.ts'
import { messagingOf, requireFile } from './messaging-fields.ts'
import { messageJson } from './messaging-model.ts'
import {
  changedTiming,
  recipientsOf,
  requireChangeable,
  requireFreeId,
  requireRecipients,
  requireTargets,
  timingOf
} from './messaging-write.ts'
import { messageOf } from './messaging.ts'

type Data = Readonly<Record<string, unknown>>

const shortText = { least: 0, most: 256 }
const sizes: Readonly<Record<string, { least: number; most: number }>> = {
  title: shortText,
  body: { least: 0, most: 64_230 },
  action: shortText,
  icon: shortText,
  sound: shortText,
  color: shortText,
  tag: shortText
}
const largestBadge = 2_147_483_647

/** Text in 1.5, a number later; which numbers are none is told of in other words from 1.9 on. */
function badgeOf({ body }: Asked, version: Version): string | number | null {
  const { badge = null } = body
  if (badge === null) return null
  if (!isFrom(version, '1.6')) return textField(body, 'badge', '', shortText)
  if (Number.isInteger(badge) && Math.abs(Number(badge)) <= largestBadge) return Number(badge)
  const rule = 'signed 32-bit integer between -2,147,483,648 and 2,147,483,647'
  return refuseParam('badge', `Value must be a valid ${isFrom(version, '1.9') ? rule : 'integer'}`)
}

function payloadOf({ body }: Asked): unknown {
  const { data = null } = body
  if (data === null || typeof data === 'object') return data
  try {
    if (typeof data === 'string') return JSON.parse(data) as unknown
  } catch {
    // Refused below, as whatever else is no text of JSON.
  }
  return refuseParam('data', 'Value must be a valid JSON string')
}

/** Only what is not empty is kept. */
const isKept = (value: unknown) => value !== null && value !== undefined && value !== ''

function laterFields({ body }: Asked, before: Data): Data {
  const flag = (name: string) => ((body[name] ?? null) === null ? before[name] : booleanField(body, name, false))
  const priority = body.priority ?? before.priority ?? 'high'
  if (priority !== 'normal' && priority !== 'high') {
    return refuseParam('priority', 'Value must be one of (normal, high)')
  }
  return {
    contentAvailable: flag('contentAvailable') === true ? true : null,
    critical: flag('critical') === true ? true : null,
    priority
  }
}

/** The notification itself, of the fields a version has; `before` stands where something is left out. */
function pushOf(asked: Asked, before: Data, version: Version, world: MessagingWorld): Data {
  const { body } = asked
  const text = (name: string) => {
    if ((body[name] ?? null) === null) return before[name]
    return textField(body, name, '', sizes[name] ?? shortText)
  }
  const [title, content, payload, action] = [text('title'), text('body'), payloadOf(asked), text('action')]
  const image = typeof body.image === 'string' && body.image !== '' ? requireFile(world, body.image) : before.image
  const badge = badgeOf(asked, version) ?? before.badge
  const all = {
    title,
    body: content,
    data: payload ?? before.data,
    action,
    image,
    icon: text('icon'),
    sound: text('sound'),
    color: text('color'),
    tag: text('tag'),
    badge: typeof badge === 'number' && badge < 0 ? null : badge,
    ...(isFrom(version, '1.6') ? laterFields(asked, before) : {})
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => isKept(value)))
}

/** Writing notifications, and writing them again. */
export const pushes: Resource = (version) => [
  {
    method: 'POST',
    pattern: '/messaging/messages/push',
    scope: 'messages.write',
    operation: 'messaging.createPush',
    handle: (asked, { clock }) => {
      const { body } = asked
      const world = messagingOf(asked)
      requireParam(body, 'messageId')
      const id = newIdField(body, 'messageId')
      if (!isFrom(version, '1.6')) for (const name of ['title', 'body']) requireParam(body, name)
      const recipients = recipientsOf(asked, null)
      const data = pushOf(asked, {}, version, world)
      const timing = timingOf(asked, version, clock.nowMs())
      requireRecipients(recipients, timing.isDraft)
      requireTargets(world, recipients.targets, 'push')
      requireFreeId(world, id, version)
      const made = world.write({ providerType: 'push', ...recipients, data, ...timing }, id)
      return { status: 201, json: messageJson(made) }
    }
  },
  {
    method: 'PATCH',
    pattern: '/messaging/messages/push/{messageId}',
    scope: 'messages.write',
    operation: 'messaging.updatePush',
    handle: (asked, { clock }) => {
      const nowMs = clock.nowMs()
      const world = messagingOf(asked)
      const before = messageOf(asked)
      const recipients = recipientsOf(asked, before.message)
      const data = pushOf(asked, before.message.data, version, world)
      const timing = changedTiming(asked, before, version, nowMs)
      requireChangeable(before, nowMs)
      requireRecipients(recipients, timing.isDraft)
      requireTargets(world, recipients.targets, 'push')
      const { id, providerType } = before.message
      return ok(messageJson(world.rewrite(id, { providerType, ...recipients, data, ...timing }) ?? before))
    }
  }
]
