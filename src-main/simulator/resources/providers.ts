import { ApiError } from '../http/api-error.ts'
import { textParam } from '../http/params.ts'
import { ok, type Resource } from '../http/route.ts'
import { countsTotal, listPage, readList } from '../lists/list-request.ts'
import type { RowValue } from '../lists/match.ts'
import { matchesSearch } from '../lists/search.ts'
import type { Provider } from '../world/messaging/provider.ts'
import { longestSearch } from './functions.ts'
import { messagingOf } from './messaging-fields.ts'
import { providerJson } from './messaging-model.ts'

function valueOf(provider: Provider, attribute: string): RowValue {
  switch (attribute) {
    case '$id':
      return provider.id
    case '$createdAt':
    case '$updatedAt':
      return provider.createdAtMs
    case 'name':
      return provider.name
    case 'provider':
      return provider.provider
    case 'type':
      return provider.type
    case 'enabled':
      return provider.isEnabled
    default:
      return undefined
  }
}

/** The services that deliver messages. */
export const providers: Resource = (version) => [
  {
    method: 'GET',
    pattern: '/messaging/providers',
    scope: 'providers.read',
    operation: 'messaging.listProviders',
    handle: (asked) => {
      const { query } = asked.request
      const list = readList(query, 'providers', version)
      const search = textParam(query, 'search', '', longestSearch)
      const rows = messagingOf(asked)
        .audience.providers()
        .filter(({ id, name, provider }) => search === '' || matchesSearch(`${id} ${name} ${provider}`, search))
      const page = listPage({ rows, idOf: ({ id }) => id, read: valueOf }, list, 'Provider')
      return ok({ total: countsTotal(query, version) ? page.total : 0, providers: page.rows.map(providerJson) })
    }
  },
  {
    method: 'GET',
    pattern: '/messaging/providers/{providerId}',
    scope: 'providers.read',
    operation: 'messaging.getProvider',
    handle: (asked) => {
      const found = messagingOf(asked)
        .audience.providers()
        .find(({ id }) => id === asked.path.providerId)
      if (found === undefined) throw new ApiError('provider_not_found')
      return ok(providerJson(found))
    }
  }
]
