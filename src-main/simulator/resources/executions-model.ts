import { isFrom, type Version } from '../versions/version.ts'
import type { Execution } from '../world/functions/execution.ts'
import type { FunctionState } from '../world/functions/function.ts'
import { sceneOf, type Header } from '../world/functions/run.ts'
import { isoTime } from './functions-fields.ts'

const executorMark = '\\nError Code: '
/** A log of the newest versions keeps its end. */
const longestLog = 1_000_000
const truncatedLine = '[WARNING] Logs truncated. The output exceeded 1000000 characters.\n'

/** Whether the function keeps a document of its runs: before 1.7 one without logging keeps none. */
export function keepsExecutions({ profile }: FunctionState, version: Version): boolean {
  return profile.isLogging || isFrom(version, '1.7')
}

/** Whether a run waits so long that the newest versions show it as failed, though it may still end well. */
export function isGivenUp({ phase, run }: Execution, state: FunctionState, version: Version, nowMs: number): boolean {
  if (!isFrom(version, '1.9.5') || (phase !== 'waiting' && phase !== 'processing')) return false
  return nowMs - (run.scheduledAtMs ?? run.createdAtMs) > state.profile.timeoutS * 1000
}

/** `failed` begins at 400 in 1.5, at 500 later. */
export function statusOf(execution: Execution, version: Version): string {
  const { phase, ending } = execution
  if (phase !== 'done') return phase
  return ending.code >= (isFrom(version, '1.6') ? 500 : 400) ? 'failed' : 'completed'
}

export const codeOf = ({ phase, ending }: Execution) => (phase === 'done' ? ending.code : 0)

/** Seconds; 0 until it is over. */
export function secondsOf({ phase, durationMs }: Execution): number {
  return phase === 'done' ? Number((durationMs / 1000).toPrecision(14)) : 0
}

interface Words {
  readonly logs: string
  readonly errors: string
  readonly response: string
}

function responseOf(code: number, errors: string): string {
  if (errors.includes(executorMark) || code === 204) return ''
  if (code >= 400) return JSON.stringify({ error: errors.split('\n')[0] ?? '', code })
  return JSON.stringify({ ok: true })
}

/** What a run had written when it broke in the middle: not its last lines. */
function brokenOff(logs: string): string {
  const lines = logs.split('\n').slice(0, -1)
  return lines
    .slice(0, Math.floor((2 / 3) * lines.length))
    .map((line) => `${line}\n`)
    .join('')
}

/** What a finished run wrote and answered. */
function wordsOf(execution: Execution, state: FunctionState, seed: number): Words {
  const { run, ending, startedAtMs, durationMs, deploymentId } = execution
  const scene = () => sceneOf(seed, state.profile, run, { atMs: startedAtMs, durationMs, deploymentId })
  const errors = ending.errors?.(scene()) ?? ''
  const told = (ending.logs ?? run.task.logs)(scene())
  const logs = ending.logs === undefined && errors !== '' ? brokenOff(told) : told
  const isCrash = errors.includes(executorMark)
  const response = isCrash ? '' : (run.task.response?.(scene()) ?? responseOf(ending.code, errors))
  return { logs, errors, response }
}

function requestHeaders({ run }: Execution, version: Version): readonly Header[] {
  if (!isFrom(version, '1.8')) return run.headers
  const isFromOutside = run.index < 0 || run.trigger === 'http'
  if (!isFromOutside) return run.headers
  const value = run.index < 0 ? '127.0.0.1' : `203.0.113.${1 + (run.index % 254)}`
  return [...run.headers, { name: 'x-appwrite-client-ip', value }]
}

function responseHeaders({ phase, ending }: Execution, errors: string): readonly Header[] {
  if (phase !== 'done' || ending.code === 204 || errors.includes(executorMark)) return []
  return [{ name: 'content-type', value: 'application/json' }]
}

const kept = (text: string) =>
  text.length <= longestLog ? text : truncatedLine + text.slice(text.length - longestLog + truncatedLine.length)

export interface ExecutionLook {
  readonly version: Version
  readonly seed: number
  readonly nowMs: number
  /** Guests see no logs. */
  readonly hasKey: boolean
  /** Only the answer to who waited for it has the response. */
  readonly isAnswer: boolean
  /** Shows one that is given up as what it was. */
  readonly isCandid: boolean
}

/** An execution in a version's own model (the API facts, §5). */
export function executionJson(
  execution: Execution,
  state: FunctionState,
  look: ExecutionLook
): Record<string, unknown> {
  const { version, nowMs } = look
  const { run, deploymentId, updatedAtMs } = execution
  const { functionId, isLogging } = state.profile
  const isDone = execution.phase === 'done'
  const words = isDone ? wordsOf(execution, state, look.seed) : { logs: '', errors: '', response: '' }
  const tellsLogs = look.hasKey && isLogging
  const isFailed = !look.isCandid && isGivenUp(execution, state, version, nowMs)
  return {
    $id: run.id,
    $createdAt: isoTime(run.createdAtMs),
    $updatedAt: isoTime(updatedAtMs),
    $permissions: [],
    ...(version.name === 'main' ? { resourceId: functionId, resourceType: 'functions' } : { functionId }),
    ...(isFrom(version, '1.8') ? { deploymentId } : {}),
    trigger: run.trigger,
    status: isFailed ? 'failed' : statusOf(execution, version),
    requestMethod: run.method,
    requestPath: run.path,
    requestHeaders: requestHeaders(execution, version),
    responseStatusCode: codeOf(execution),
    responseBody: look.isAnswer ? words.response : '',
    responseHeaders: responseHeaders(execution, words.errors),
    logs: tellsLogs ? kept(words.logs) : '',
    errors: tellsLogs ? kept(words.errors) : '',
    duration: secondsOf(execution),
    ...(isFrom(version, '1.6') ? { scheduledAt: run.scheduledAtMs === null ? null : isoTime(run.scheduledAtMs) } : {})
  }
}
