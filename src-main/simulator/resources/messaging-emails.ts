import { ok, type Asked, type Resource } from '../http/route.ts'
import type { MessagingWorld } from '../world/messaging/messaging-world.ts'
import { booleanField, newIdField, requireParam, textField } from './functions-body.ts'
import { fileNamesField, idListField, messagingOf, requireFile } from './messaging-fields.ts'
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

const subjectSize = { least: 1, most: 998 }
const contentSize = { least: 1, most: 64_230 }

function required(asked: Asked, name: string, size: { least: number; most: number }): string {
  requireParam(asked.body, name)
  return textField(asked.body, name, '', size)
}

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((text) => typeof text === 'string') : []

/** The mail itself; `before` stands where something is left out. */
function mailOf(
  { body }: Asked,
  before: Readonly<Record<string, unknown>>,
  { subject, content }: { readonly subject: unknown; readonly content: unknown },
  world: MessagingWorld
): Readonly<Record<string, unknown>> {
  const cc = idListField(body, 'cc', textsOf(before.cc))
  const bcc = idListField(body, 'bcc', textsOf(before.bcc))
  const files = fileNamesField(body, 'attachments')
  const isKept = (name: string) => (body[name] ?? null) === null && name in before
  const html = isKept('html') ? before.html : booleanField(body, 'html', false)
  requireTargets(world, [...cc, ...bcc], 'email')
  const attachments = files === null ? (before.attachments ?? []) : files.map((name) => requireFile(world, name))
  return { subject, content, html, cc, bcc, attachments }
}

/** Writing mail, and writing it again. */
export const emails: Resource = (version) => [
  {
    method: 'POST',
    pattern: '/messaging/messages/email',
    scope: 'messages.write',
    operation: 'messaging.createEmail',
    handle: (asked, { clock }) => {
      const { body } = asked
      const world = messagingOf(asked)
      requireParam(body, 'messageId')
      const id = newIdField(body, 'messageId')
      const subject = required(asked, 'subject', subjectSize)
      const content = required(asked, 'content', contentSize)
      const recipients = recipientsOf(asked, null)
      const timing = timingOf(asked, version, clock.nowMs())
      requireRecipients(recipients, timing.isDraft)
      requireTargets(world, recipients.targets, 'email')
      const data = mailOf(asked, {}, { subject, content }, world)
      requireFreeId(world, id, version)
      const made = world.write({ providerType: 'email', ...recipients, data, ...timing }, id)
      return { status: 201, json: messageJson(made) }
    }
  },
  {
    method: 'PATCH',
    pattern: '/messaging/messages/email/{messageId}',
    scope: 'messages.write',
    operation: 'messaging.updateEmail',
    handle: (asked, { clock }) => {
      const { body } = asked
      const nowMs = clock.nowMs()
      const world = messagingOf(asked)
      const isGiven = (name: string) => (body[name] ?? null) !== null
      const subject = isGiven('subject') ? textField(body, 'subject', '', subjectSize) : null
      const content = isGiven('content') ? textField(body, 'content', '', contentSize) : null
      const before = messageOf(asked)
      const recipients = recipientsOf(asked, before.message)
      const timing = changedTiming(asked, before, version, nowMs)
      requireChangeable(before, nowMs)
      requireRecipients(recipients, timing.isDraft)
      requireTargets(world, recipients.targets, 'email')
      const old = before.message.data
      const data = mailOf(asked, old, { subject: subject ?? old.subject, content: content ?? old.content }, world)
      const { id, providerType } = before.message
      return ok(messageJson(world.rewrite(id, { providerType, ...recipients, data, ...timing }) ?? before))
    }
  }
]
