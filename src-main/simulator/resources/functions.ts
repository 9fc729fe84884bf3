import { textParam } from '../http/params.ts'
import { ok, type Resource } from '../http/route.ts'
import { countsTotal, listPage, readList } from '../lists/list-request.ts'
import type { RowValue } from '../lists/match.ts'
import { matchesSearch } from '../lists/search.ts'
import type { FunctionState } from '../world/functions/function.ts'
import { functionOf, functionsOf } from './functions-access.ts'
import { functionJson } from './functions-model.ts'

/** The longest text to search for. */
export const longestSearch = 256

function valueOf(state: FunctionState, attribute: string): RowValue {
  const { profile, createdAtMs } = state
  switch (attribute) {
    case '$id':
      return profile.functionId
    case '$createdAt':
      return createdAtMs
    case '$updatedAt':
      return state.updatedAtMs()
    case 'name':
      return profile.name
    case 'enabled':
      return profile.isEnabled
    case 'runtime':
      return profile.runtime
    case 'deployment':
    case 'deploymentId':
      return state.activeId()
    case 'schedule':
      return profile.schedule
    case 'timeout':
      return profile.timeoutS
    case 'entrypoint':
      return profile.entrypoint
    case 'commands':
      return profile.commands
    default:
      return undefined
  }
}

/** The functions of a project. */
export const functions: Resource = (version) => [
  {
    method: 'GET',
    pattern: '/functions',
    scope: 'functions.read',
    operation: 'functions.list',
    model: 'functionList',
    handle: (asked) => {
      const { query } = asked.request
      const world = functionsOf(asked)
      const list = readList(query, 'functions', version)
      const search = textParam(query, 'search', '', longestSearch)
      const rows = world.all().filter(({ profile: { functionId, name, runtime } }) => {
        return search === '' || matchesSearch(`${functionId} ${name} ${runtime}`, search)
      })
      const idOf = ({ profile }: FunctionState) => profile.functionId
      const page = listPage({ rows, idOf, read: valueOf }, list, 'Function')
      return ok({
        total: countsTotal(query, version) ? page.total : 0,
        functions: page.rows.map((state) => functionJson(state, world, version))
      })
    }
  },
  {
    method: 'GET',
    pattern: '/functions/{functionId}',
    scope: 'functions.read',
    operation: 'functions.get',
    model: 'function',
    handle: (asked) => ok(functionJson(functionOf(asked), functionsOf(asked), version))
  }
]
