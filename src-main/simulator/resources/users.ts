import { ApiError } from '../http/api-error.ts'
import { textParam } from '../http/params.ts'
import { ok, type Asked, type Resource } from '../http/route.ts'
import { countsTotal, listPage, readList } from '../lists/list-request.ts'
import type { RowValue } from '../lists/match.ts'
import { matchesSearch } from '../lists/search.ts'
import type { User } from '../world/messaging/user.ts'
import { longestSearch } from './functions.ts'
import { messagingOf } from './messaging-fields.ts'
import { targetJson } from './messaging-model.ts'
import { targetValue } from './messaging.ts'
import { userJson } from './users-model.ts'

function valueOf(user: User, attribute: string): RowValue {
  switch (attribute) {
    case '$id':
      return user.id
    case '$createdAt':
    case 'registration':
    case 'passwordUpdate':
      return user.createdAtMs
    case '$updatedAt':
      return user.updatedAtMs
    case 'name':
      return user.name
    case 'email':
      return user.email
    case 'phone':
      return user.phone
    case 'status':
      return user.isActive
    case 'emailVerification':
      return user.isEmailVerified
    case 'phoneVerification':
      return user.isPhoneVerified
    case 'labels':
      return user.labels
    default:
      return undefined
  }
}

function userOf(asked: Asked): User {
  const found = messagingOf(asked)
    .audience.users()
    .find(({ id }) => id === asked.path.userId)
  if (found === undefined) throw new ApiError('user_not_found')
  return found
}

/** The people who have an account, and where they can be reached. */
export const users: Resource = (version) => [
  {
    method: 'GET',
    pattern: '/users',
    scope: 'users.read',
    operation: 'users.list',
    handle: (asked) => {
      const { query } = asked.request
      const list = readList(query, 'users', version)
      const search = textParam(query, 'search', '', longestSearch)
      const rows = messagingOf(asked)
        .audience.users()
        .filter(
          ({ id, name, email, phone }) => search === '' || matchesSearch([id, name, email, phone].join(' '), search)
        )
      const page = listPage({ rows, idOf: ({ id }) => id, read: valueOf }, list, 'User')
      return ok({
        total: countsTotal(query, version) ? page.total : 0,
        users: page.rows.map((user) => userJson(user, version))
      })
    }
  },
  {
    method: 'GET',
    pattern: '/users/{userId}',
    scope: 'users.read',
    operation: 'users.get',
    handle: (asked) => ok(userJson(userOf(asked), version))
  },
  {
    method: 'GET',
    pattern: '/users/{userId}/targets',
    scope: 'targets.read',
    operation: 'users.listTargets',
    handle: (asked) => {
      const { query } = asked.request
      const list = readList(query, 'targets', version)
      const rows = userOf(asked).targets
      const page = listPage({ rows, idOf: ({ id }) => id, read: targetValue }, list, 'Target')
      return ok({
        total: countsTotal(query, version) ? page.total : 0,
        targets: page.rows.map((target) => targetJson(target, version))
      })
    }
  }
]
