import { ApiError } from '../http/api-error.ts'
import { textParam } from '../http/params.ts'
import { ok, type Asked, type Resource } from '../http/route.ts'
import { countsTotal, listPage, readList } from '../lists/list-request.ts'
import type { RowValue } from '../lists/match.ts'
import { matchesSearch } from '../lists/search.ts'
import type { MessageState } from '../world/messaging/message.ts'
import type { Target } from '../world/messaging/user.ts'
import { longestSearch } from './functions.ts'
import { messagingOf } from './messaging-fields.ts'
import { messageJson, targetJson } from './messaging-model.ts'

function valueOf({ message, status, deliveredAtMs, updatedAtMs }: MessageState, attribute: string): RowValue {
  switch (attribute) {
    case '$id':
      return message.id
    case '$createdAt':
      return message.createdAtMs
    case '$updatedAt':
      return updatedAtMs
    case 'scheduledAt':
      return message.scheduledAtMs ?? undefined
    case 'deliveredAt':
      return deliveredAtMs ?? undefined
    case 'deliveredTotal':
      return deliveredAtMs === null ? 0 : message.delivery.delivered
    case 'status':
      return status
    case 'providerType':
      return message.providerType
    default:
      return undefined
  }
}

/** What a list of targets is queried by. */
export function targetValue(target: Target, attribute: string): RowValue {
  switch (attribute) {
    case '$id':
      return target.id
    case '$createdAt':
    case '$updatedAt':
      return target.createdAtMs
    case 'userId':
      return target.userId
    case 'providerId':
      return target.providerId ?? undefined
    case 'identifier':
      return target.identifier
    case 'providerType':
      return target.providerType
    default:
      return undefined
  }
}

function searched({ message: { id, providerType, data } }: MessageState): string {
  const words = ['subject', 'content', 'title', 'body'].map((name) => data[name])
  return [id, providerType, ...words.filter((word) => typeof word === 'string')].join(' ')
}

/** The message a path names, or the refusal of one that is not there. */
export function messageOf(asked: Asked): MessageState {
  const found = messagingOf(asked).message(asked.path.messageId ?? '')
  if (found === null) throw new ApiError('message_not_found')
  return found
}

/** The messages of a project: looking, deleting. */
export const messages: Resource = (version) => {
  const one = '/messaging/messages/{messageId}'
  return [
    {
      method: 'GET',
      pattern: '/messaging/messages',
      scope: 'messages.read',
      operation: 'messaging.listMessages',
      handle: (asked) => {
        const { query } = asked.request
        const list = readList(query, 'messages', version)
        const search = textParam(query, 'search', '', longestSearch)
        // The database has no column of this name, whatever the list says it takes.
        const asks = [...list.filters, ...list.orders].some(
          (part) => 'attribute' in part && part.attribute === 'description'
        )
        if (asks) throw new ApiError('general_unknown')
        const rows = messagingOf(asked)
          .messages()
          .filter((state) => search === '' || matchesSearch(searched(state), search))
        const page = listPage({ rows, idOf: ({ message }) => message.id, read: valueOf }, list, 'Message')
        return ok({ total: countsTotal(query, version) ? page.total : 0, messages: page.rows.map(messageJson) })
      }
    },
    {
      method: 'GET',
      pattern: one,
      scope: 'messages.read',
      operation: 'messaging.getMessage',
      handle: (asked) => ok(messageJson(messageOf(asked)))
    },
    {
      method: 'DELETE',
      pattern: one,
      scope: 'messages.write',
      operation: 'messaging.delete',
      handle: (asked) => {
        const { message, status } = messageOf(asked)
        if (status === 'processing') throw new ApiError('message_already_scheduled')
        messagingOf(asked).deleteMessage(message.id)
        return { status: 204 }
      }
    },
    {
      method: 'GET',
      pattern: `${one}/targets`,
      scope: 'messages.read',
      operation: 'messaging.listTargets',
      handle: (asked) => {
        const { query } = asked.request
        const list = readList(query, 'targets', version)
        const world = messagingOf(asked)
        // Only those it names itself: whom topics and users stand for is not told.
        const rows = messageOf(asked).message.targets.flatMap((id) => world.audience.target(id) ?? [])
        const page = listPage({ rows, idOf: ({ id }) => id, read: targetValue }, list, 'Target')
        return ok({ total: page.total, targets: page.rows.map((target) => targetJson(target, version)) })
      }
    },
    ...(version.name === 'main'
      ? []
      : [
          {
            method: 'GET' as const,
            pattern: `${one}/logs`,
            scope: 'messages.read',
            operation: 'messaging.listMessageLogs',
            handle: (asked: Asked) => {
              messageOf(asked)
              // Only what people did in the console is in it, and nobody did anything.
              return ok({ total: 0, logs: [] })
            }
          }
        ])
  ]
}
