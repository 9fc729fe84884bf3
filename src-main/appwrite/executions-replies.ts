import { z } from 'zod'
import { count } from './decode.ts'
import { headers, id, line, maybeId, maybeTime, oneOf, secondsAsMs, text, time, type HttpHeader } from './fields.ts'
import { pageReply } from './page-reply.ts'

/** `scheduled` since 1.6. */
export const executionStatuses = ['scheduled', 'waiting', 'processing', 'completed', 'failed'] as const
export const executionTriggers = ['http', 'schedule', 'event'] as const

/** `unknown` is a status of a version newer than this client. */
export type ExecutionStatus = (typeof executionStatuses)[number] | 'unknown'

/** One run of a function. */
export interface Execution {
  readonly id: string
  /** `functionId`, or `resourceId` on the versions after 1.9.6. */
  readonly functionId: string
  /** Which deployment ran; `null` before 1.8, which does not say. */
  readonly deploymentId: string | null
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly trigger: (typeof executionTriggers)[number] | 'unknown'
  /** As the server says; it may leave one `processing` after its worker died. */
  readonly status: ExecutionStatus
  readonly requestMethod: string
  readonly requestPath: string
  /** Of those sent, the few the server keeps. */
  readonly requestHeaders: readonly HttpHeader[]
  /** 0 until it has run. */
  readonly responseStatusCode: number
  /** Only in the reply to a synchronous `create`: the server stores none. */
  readonly responseBody: string
  readonly responseHeaders: readonly HttpHeader[]
  /** Up to a million characters; empty for callers without a key. */
  readonly logs: string
  readonly errors: string
  readonly durationMs: number
  /** Since 1.6; `null` for a run that was not put off. */
  readonly scheduledAtMs: number | null
}

export const executionReply = z
  .object({
    $id: id,
    $createdAt: time,
    $updatedAt: time,
    functionId: id.optional(),
    resourceId: id.optional(),
    deploymentId: maybeId,
    trigger: oneOf(executionTriggers),
    status: oneOf(executionStatuses),
    requestMethod: line,
    requestPath: text,
    requestHeaders: headers,
    responseStatusCode: count,
    responseBody: text,
    responseHeaders: headers,
    logs: text,
    errors: text,
    duration: secondsAsMs,
    scheduledAt: maybeTime
  })
  .transform((reply, context): Execution => {
    const functionId = reply.functionId ?? reply.resourceId
    if (functionId === undefined) {
      context.addIssue({ code: 'custom', path: ['functionId'], message: 'missing' })
      return z.NEVER
    }
    return {
      id: reply.$id,
      functionId,
      deploymentId: reply.deploymentId,
      createdAtMs: reply.$createdAt,
      updatedAtMs: reply.$updatedAt,
      trigger: reply.trigger,
      status: reply.status,
      requestMethod: reply.requestMethod,
      requestPath: reply.requestPath,
      requestHeaders: reply.requestHeaders,
      responseStatusCode: reply.responseStatusCode,
      responseBody: reply.responseBody,
      responseHeaders: reply.responseHeaders,
      logs: reply.logs,
      errors: reply.errors,
      durationMs: reply.duration,
      scheduledAtMs: reply.scheduledAt
    }
  })

export const executionsReply = pageReply('executions', executionReply)
