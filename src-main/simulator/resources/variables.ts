import { ApiError } from '../http/api-error.ts'
import { ok, type Asked, type Resource } from '../http/route.ts'
import { countsTotal, listPage, readList } from '../lists/list-request.ts'
import type { RowValue } from '../lists/match.ts'
import { isFrom } from '../versions/version.ts'
import type { FunctionState } from '../world/functions/function.ts'
import type { Variable } from '../world/functions/variables.ts'
import { booleanField, newIdField, requireParam, textField } from './functions-body.ts'
import { functionOf } from './functions-access.ts'
import { variableJson } from './variables-model.ts'

const keySize = { least: 1, most: 255 }
const valueSize = { least: 0, most: 8192 }
/** Without paging a list ends here. */
const mostUnpaged = 1000
const nothingGiven = 'The request contains one or more invalid arguments. Please refer to the endpoint documentation.'

function variableOf(asked: Asked, state: FunctionState): Variable {
  const found = state.variables.all().find(({ id }) => id === asked.path.variableId)
  if (found === undefined) throw new ApiError('variable_not_found')
  return found
}

/** A key is one of a kind in its function; the refusal speaks of an id all the same. */
function requireFreeKey(state: FunctionState, key: string, ownId: string): void {
  if (state.variables.all().some((other) => other.key === key && other.id !== ownId)) {
    throw new ApiError('variable_already_exists')
  }
}

const readerOf =
  (functionId: string) =>
  (variable: Variable, attribute: string): RowValue => {
    switch (attribute) {
      case '$id':
        return variable.id
      case '$createdAt':
        return variable.createdAtMs
      case '$updatedAt':
        return variable.updatedAtMs
      case 'key':
        return variable.key
      case 'secret':
        return variable.isSecret
      case 'resourceType':
        return 'function'
      case 'resourceId':
        return functionId
      default:
        return undefined
    }
  }

/** The variables of a function. */
export const variables: Resource = (version) => {
  const knowsSecrets = isFrom(version, '1.7')
  const isPaged = isFrom(version, '1.9.5')
  const pattern = '/functions/{functionId}/variables'
  const one = `${pattern}/{variableId}`
  const json = (variable: Variable, state: FunctionState) => variableJson(variable, state.profile.functionId, version)
  return [
    {
      method: 'GET',
      pattern,
      scope: 'functions.read',
      operation: 'functions.listVariables',
      model: 'variableList',
      handle: (asked) => {
        const { query } = asked.request
        const state = functionOf(asked)
        const rows = state.variables.all()
        if (!isPaged) {
          const kept = rows.slice(0, mostUnpaged)
          return ok({ total: kept.length, variables: kept.map((variable) => json(variable, state)) })
        }
        const read = readerOf(state.profile.functionId)
        const list = readList(query, 'variables', version)
        const page = listPage({ rows, idOf: ({ id }) => id, read }, list, 'Variable')
        return ok({
          total: countsTotal(query, version) ? page.total : 0,
          variables: page.rows.map((variable) => json(variable, state))
        })
      }
    },
    {
      method: 'POST',
      pattern,
      scope: 'functions.write',
      operation: 'functions.createVariable',
      model: 'variable',
      handle: (asked) => {
        const { body } = asked
        if (isPaged) requireParam(body, 'variableId')
        const id = isPaged ? newIdField(body, 'variableId') : null
        requireParam(body, 'key')
        const key = textField(body, 'key', '', keySize)
        requireParam(body, 'value')
        const value = textField(body, 'value', '', valueSize)
        const isSecret = knowsSecrets && booleanField(body, 'secret', true)
        const state = functionOf(asked)
        requireFreeKey(state, key, '')
        if (state.variables.all().some((other) => other.id === id)) throw new ApiError('variable_already_exists')
        return { status: 201, json: json(state.variables.create({ key, value, isSecret }, id), state) }
      }
    },
    {
      method: 'GET',
      pattern: one,
      scope: 'functions.read',
      operation: 'functions.getVariable',
      model: 'variable',
      handle: (asked) => {
        const state = functionOf(asked)
        return ok(json(variableOf(asked, state), state))
      }
    },
    {
      method: 'PUT',
      pattern: one,
      scope: 'functions.write',
      operation: 'functions.updateVariable',
      model: 'variable',
      handle: (asked) => {
        const { body } = asked
        if (!isPaged) requireParam(body, 'key')
        const key = 'key' in body ? textField(body, 'key', '', keySize) : null
        const value = 'value' in body && body.value !== null ? textField(body, 'value', '', valueSize) : null
        const isSecret =
          knowsSecrets && 'secret' in body && body.secret !== null ? booleanField(body, 'secret', true) : null
        const state = functionOf(asked)
        const before = variableOf(asked, state)
        if (key === null && value === null && isSecret === null) {
          throw new ApiError('general_argument_invalid', nothingGiven)
        }
        if (before.isSecret && isSecret === false) throw new ApiError('variable_cannot_unset_secret')
        if (key !== null) requireFreeKey(state, key, before.id)
        state.variables.update(before.id, {
          ...(key === null ? {} : { key }),
          ...(value === null ? {} : { value }),
          ...(isSecret === null ? {} : { isSecret })
        })
        const after = variableOf(asked, state)
        // Before 1.9 the answer still has the time of the change before this one.
        const updatedAtMs = isFrom(version, '1.9') ? after.updatedAtMs : before.updatedAtMs
        return ok(json({ ...after, updatedAtMs }, state))
      }
    },
    {
      method: 'DELETE',
      pattern: one,
      scope: 'functions.write',
      operation: 'functions.deleteVariable',
      handle: (asked) => {
        const state = functionOf(asked)
        state.variables.delete(variableOf(asked, state).id)
        return { status: 204 }
      }
    }
  ]
}
