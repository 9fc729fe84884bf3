import { ApiError } from '../http/api-error.ts'
import { textParam } from '../http/params.ts'
import { ok, type Resource } from '../http/route.ts'
import { countsTotal, listPage, readList } from '../lists/list-request.ts'
import type { RowValue } from '../lists/match.ts'
import { matchesSearch } from '../lists/search.ts'
import { totalOf, type Topic } from '../world/messaging/topic.ts'
import { longestSearch } from './functions.ts'
import { messagingOf } from './messaging-fields.ts'
import { topicJson } from './messaging-model.ts'

function valueOf(topic: Topic, attribute: string): RowValue {
  switch (attribute) {
    case '$id':
      return topic.id
    case '$createdAt':
    case '$updatedAt':
      return topic.createdAtMs
    case 'name':
      return topic.name
    case 'emailTotal':
      return totalOf(topic, 'email')
    case 'smsTotal':
      return totalOf(topic, 'sms')
    case 'pushTotal':
      return totalOf(topic, 'push')
    default:
      return undefined
  }
}

/** What people subscribe to. */
export const topics: Resource = (version) => [
  {
    method: 'GET',
    pattern: '/messaging/topics',
    scope: 'topics.read',
    operation: 'messaging.listTopics',
    handle: (asked) => {
      const { query } = asked.request
      const list = readList(query, 'topics', version)
      const search = textParam(query, 'search', '', longestSearch)
      const rows = messagingOf(asked)
        .audience.topics()
        .filter(({ id, name }) => search === '' || matchesSearch(`${id} ${name}`, search))
      const page = listPage({ rows, idOf: ({ id }) => id, read: valueOf }, list, 'Topic')
      return ok({ total: countsTotal(query, version) ? page.total : 0, topics: page.rows.map(topicJson) })
    }
  },
  {
    method: 'GET',
    pattern: '/messaging/topics/{topicId}',
    scope: 'topics.read',
    operation: 'messaging.getTopic',
    handle: (asked) => {
      const found = messagingOf(asked)
        .audience.topics()
        .find(({ id }) => id === asked.path.topicId)
      if (found === undefined) throw new ApiError('topic_not_found')
      return ok(topicJson(found))
    }
  }
]
