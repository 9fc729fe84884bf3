import { ApiError } from '../http/api-error.ts'
import { textParam } from '../http/params.ts'
import { ok, type Asked, type Resource, type Told } from '../http/route.ts'
import type { Filter } from '../lists/asked-list.ts'
import { countsTotal, listPage, readList } from '../lists/list-request.ts'
import type { RowValue } from '../lists/match.ts'
import { matchesSearch } from '../lists/search.ts'
import { isFrom, type Version } from '../versions/version.ts'
import type { Execution } from '../world/functions/execution.ts'
import type { FunctionState } from '../world/functions/function.ts'
import type { World } from '../world/world.ts'
import { codeOf, executionJson, isGivenUp, keepsExecutions, secondsOf, statusOf } from './executions-model.ts'
import { functionOf, functionsOf } from './functions-access.ts'
import { longestSearch } from './functions.ts'

/** The names a scope has had; from 1.9.5 on either will do. */
export function executionScope(verb: 'read' | 'write', version: Version): string | readonly string[] {
  return isFrom(version, '1.9.5') ? [`executions.${verb}`, `execution.${verb}`] : `execution.${verb}`
}

/** Whether a list is asked for waiting or running executions by name: then those given up are shown as what they were. */
function asksForUnfinished(filters: readonly Filter[]): boolean {
  return filters.some((filter) =>
    filter.kind === 'logical'
      ? asksForUnfinished(filter.filters)
      : filter.attribute === 'status' && filter.values.some((value) => value === 'waiting' || value === 'processing')
  )
}

function readerOf(state: FunctionState, version: Version, nowMs: number, isCandid: boolean) {
  return (execution: Execution, attribute: string): RowValue => {
    const { run, deploymentId, updatedAtMs } = execution
    switch (attribute) {
      case '$id':
        return run.id
      case '$createdAt':
        return run.createdAtMs
      case '$updatedAt':
        return updatedAtMs
      case 'trigger':
        return run.trigger
      case 'status':
        return !isCandid && isGivenUp(execution, state, version, nowMs) ? 'failed' : statusOf(execution, version)
      case 'responseStatusCode':
        return codeOf(execution)
      case 'duration':
        return secondsOf(execution)
      case 'requestMethod':
        return run.method
      case 'requestPath':
        return run.path
      case 'deploymentId':
        return deploymentId
      default:
        return undefined
    }
  }
}

function listExecutions(asked: Asked, { clock }: World, version: Version): Told {
  const { request, access } = asked
  const { query } = request
  const list = readList(query, 'executions', version)
  // 1.7 and later take no notice of it.
  const search = isFrom(version, '1.7') ? '' : textParam(query, 'search', '', longestSearch)
  const state = functionOf(asked)
  const nowMs = clock.nowMs()
  const isCandid = asksForUnfinished(list.filters)
  const all = keepsExecutions(state, version) ? state.executions() : []
  const { functionId } = state.profile
  const rows = search === '' ? all : all.filter(({ run }) => matchesSearch(`${run.id} ${functionId}`, search))
  const read = readerOf(state, version, nowMs, isCandid)
  const page = listPage({ rows, idOf: ({ run }) => run.id, read }, list, 'Execution')
  const look = { version, seed: functionsOf(asked).seed, nowMs, hasKey: access.hasKey, isAnswer: false, isCandid }
  return ok({
    total: countsTotal(query, version) ? page.total : 0,
    executions: page.rows.map((execution) => executionJson(execution, state, look))
  })
}

/** The execution a path names, or the refusal of one that is not there or not kept. */
function executionOf(asked: Asked, state: FunctionState, version: Version): Execution {
  const found = keepsExecutions(state, version) ? state.execution(asked.path.executionId ?? '') : null
  if (found === null) throw new ApiError('execution_not_found')
  return found
}

/** The executions of a function: looking, deleting. */
export const executions: Resource = (version) => {
  const pattern = '/functions/{functionId}/executions'
  const one = `${pattern}/{executionId}`
  return [
    {
      method: 'GET',
      pattern,
      scope: executionScope('read', version),
      operation: 'functions.listExecutions',
      model: 'executionList',
      handle: (asked, world) => listExecutions(asked, world, version)
    },
    {
      method: 'GET',
      pattern: one,
      scope: executionScope('read', version),
      operation: 'functions.getExecution',
      model: 'execution',
      handle: (asked, { clock }) => {
        const state = functionOf(asked)
        const { seed } = functionsOf(asked)
        const { hasKey } = asked.access
        const look = { version, seed, nowMs: clock.nowMs(), hasKey, isAnswer: false, isCandid: false }
        return ok(executionJson(executionOf(asked, state, version), state, look))
      }
    },
    ...(isFrom(version, '1.6')
      ? [
          {
            method: 'DELETE' as const,
            pattern: one,
            scope: executionScope('write', version),
            operation: 'functions.deleteExecution',
            handle: (asked: Asked): Told => {
              const state = functionOf(asked)
              const { run, phase } = executionOf(asked, state, version)
              if (phase === 'waiting' || phase === 'processing') throw new ApiError('execution_in_progress')
              state.deleteRun(run.id)
              return { status: 204 }
            }
          }
        ]
      : [])
  ]
}
