import { ApiError, errorBody } from '../http/api-error.ts'
import { uncached } from '../http/headers.ts'
import type { Asked, Resource, Told } from '../http/route.ts'
import { isFrom, type Version } from '../versions/version.ts'
import { callerRun, longestSyncMs, waitOf, type AskedRun } from '../world/functions/caller-run.ts'
import type { FunctionState } from '../world/functions/function.ts'
import type { Header } from '../world/functions/run.ts'
import type { World } from '../world/world.ts'
import { executionJson, keepsExecutions } from './executions-model.ts'
import { executionScope } from './executions.ts'
import { functionOf, functionsOf } from './functions-access.ts'
import { booleanField, refuseParam, textField } from './functions-body.ts'
import { runtimeGeneration } from './functions-model.ts'
import { isSupported } from './functions-runtimes.ts'

const longestBody = 10_485_760
const keptHeaders = ['content-type', 'agent', 'content-length', 'host']
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const minuteMs = 60_000
const noDeployment = 'Deployment not found. Create a deployment before trying to execute a function'
const badHeaders =
  'Invalid headers: Alphanumeric characters or hyphens only, cannot start with "x-appwrite", maximum 100 keys, and total size 16384.'
const tooSoon = 'Execution schedule must be a valid date, and at least 1 minute from now'
const tooSoonField =
  'Value must be valid date at least 60 seconds in the future and with minutes precision between 0000-01-01 00:00:00 and 9999-12-31 00:00:00.'
const notAsync = 'Scheduled executions must run asynchronously. Set scheduledAt to a future date, or set async to true.'

/** The headers a caller sends along; which names are refused, and how, differs. */
function headersOf({ body }: Asked, version: Version): readonly Header[] {
  const given = body.headers ?? {}
  if (typeof given !== 'object') {
    // Later versions take a text for an object without any.
    return isFrom(version, '1.6') ? [] : refuseParam('headers', 'Value must be a valid object.')
  }
  const headers = Object.entries(given).map(([name, value]) => ({ name: name.toLowerCase(), value: String(value) }))
  const isBad = headers.some(({ name }) => !/^[a-z0-9-]+$/.test(name) || name.startsWith('x-appwrite'))
  if (isBad && isFrom(version, '1.6')) throw ApiError.withoutType(badHeaders)
  return headers.filter(({ name }) => keptHeaders.includes(name))
}

function scheduleOf({ body }: Asked, isAsync: boolean, version: Version, nowMs: number): number | null {
  if (!isFrom(version, '1.6') || (body.scheduledAt ?? null) === null) return null
  const atMs = typeof body.scheduledAt === 'string' ? Date.parse(body.scheduledAt) : Number.NaN
  // Only the minute of it counts.
  const dueMs = Math.floor(atMs / minuteMs) * minuteMs
  const isFuture = dueMs >= nowMs + minuteMs
  if (!isFuture && !isFrom(version, '1.9')) return refuseParam('scheduledAt', tooSoonField)
  if (!isAsync) throw new ApiError('general_bad_request', notAsync)
  if (!isFuture) throw new ApiError('general_bad_request', tooSoon)
  return dueMs
}

/** What the body asks for, parameter by parameter as the server checks them. */
function readAsked(asked: Asked, version: Version, nowMs: number): AskedRun {
  const { body } = asked
  const text = textField(body, 'body', '', { least: 0, most: longestBody })
  const isAsync = booleanField(body, 'async', false)
  const path = textField(body, 'path', '/', { least: 1, most: 2048 })
  const known = isFrom(version, '1.8') ? [...methods, 'HEAD'] : methods
  const method = 'method' in body ? body.method : 'POST'
  if (typeof method !== 'string' || !known.includes(method)) {
    return refuseParam('method', `Value must be one of (${known.join(', ')})`)
  }
  const headers = headersOf(asked, version)
  return { method, path, headers, body: text, isAsync, scheduledAtMs: scheduleOf(asked, isAsync, version, nowMs) }
}

/** In the server's order: runtime, active deployment, its build, and who may run it. */
function requireRunnable(asked: Asked, state: FunctionState, version: Version): void {
  const { profile } = state
  if (!profile.isEnabled && !asked.access.hasKey) throw new ApiError('function_not_found')
  if (!isSupported(profile.runtime, runtimeGeneration(version))) {
    throw new ApiError('function_runtime_unsupported', `Runtime "${profile.runtime}" is not supported`)
  }
  const active = functionsOf(asked).findDeployment(state.activeId())
  if (active?.owner !== state) throw new ApiError('deployment_not_found', noDeployment)
  if (active.state.build.status !== 'ready') throw new ApiError('build_not_ready')
  if (!asked.access.hasKey && !profile.execute.includes('any')) throw new ApiError('user_unauthorized')
}

/** The refusal of a run that takes too long, after the wait for it. */
function timedOut({ publicCodes, told }: Version, delayMs: number): Told {
  const json = errorBody(new ApiError('function_synchronous_timeout'), publicCodes, told)
  return { status: json.code, json, headers: uncached, delayMs }
}

function execute(asked: Asked, world: World, version: Version, count: number): Told {
  const { clock } = world
  const { seed } = functionsOf(asked)
  const nowMs = clock.nowMs()
  const wanted = readAsked(asked, version, nowMs)
  const state = functionOf(asked)
  requireRunnable(asked, state, version)
  const run = callerRun(state.profile, wanted, { seed, nowMs, isFrozen: clock.state().isFrozen, count })
  const execution = state.addRun(run)
  if (!keepsExecutions(state, version)) state.deleteRun(run.id)
  const isLate = !run.isAsync && run.durationMs > longestSyncMs
  const delayMs = waitOf(run)
  if (isLate) return timedOut(version, delayMs)
  const look = { version, seed, nowMs, hasKey: asked.access.hasKey, isAnswer: true, isCandid: true }
  return { status: run.isAsync ? 202 : 201, json: executionJson(execution, state, look), delayMs }
}

/** Running a function. */
export const executionCreation: Resource = (version) => {
  let count = 0
  return [
    {
      method: 'POST',
      pattern: '/functions/{functionId}/executions',
      scope: executionScope('write', version),
      operation: 'functions.createExecution',
      model: 'execution',
      handle: (asked, world) => execute(asked, world, version, count++)
    }
  ]
}
