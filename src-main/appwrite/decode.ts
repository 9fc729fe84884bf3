import { z } from 'zod'
import type { Fault } from '../contract/fault.ts'
import { Failure } from '../core/failure.ts'
import type { Answer } from './answer.ts'
import { detailOf, toldOf, type Asked } from './asked.ts'
import { errorBodyOf, type ErrorBody } from './error-body.ts'
import { firstOddity } from './oddity.ts'
import { withoutKey } from './masking.ts'
import { plainLine } from './plain-text.ts'
import { notAppwriteFault } from './proxy-faults.ts'

/** A count: a whole number from 0 to 2^53 − 1, above which JSON has already lost digits. */
export const count = z.int().min(0)

/** A short text of the server, shown as one line without control characters. */
export const label = z
  .string()
  .max(256)
  .transform((text) => plainLine(text, null, 256))

/**
 * The reply as the schema has it, the key masked in every text. Throws a `server` fault that names what does not fit,
 * also for a number beyond 2^53 anywhere in the result, since JSON has lost its last digits by then, and for a nesting
 * deeper than could be passed on.
 */
export function decode<Schema extends z.ZodType>(schema: Schema, answer: Answer, asked: Asked): z.output<Schema> {
  if (!answer.isJson) throw new Failure(notJsonFault(answer, asked))
  const error = errorBodyOf(answer.body)
  if (error !== null) throw new Failure(errorAsAnswerFault(error, answer, asked))
  const result = schema.safeParse(answer.body)
  if (!result.success) {
    const issue = result.error.issues[0]
    throw new Failure(misfitFault(issue?.path ?? [], issue?.message ?? '', answer, asked))
  }
  const oddity = firstOddity(result.data)
  if (oddity !== null) throw new Failure(misfitFault(oddity.path, oddity.message, answer, asked))
  return withoutKey(result.data, asked.apiKey)
}

function notJsonFault(answer: Answer, asked: Asked): Fault {
  const text = typeof answer.body === 'string' ? answer.body : ''
  const detail = detailOf(`HTTP ${answer.status} ${asked.path}: ${text === '' ? 'empty reply' : text}`, asked)
  if (text.trim() === '') {
    return { code: 'server', message: `${asked.host} sent an empty reply to ${asked.path}. Try again.`, detail }
  }
  if (/^\s*[{[]/.test(text)) {
    return {
      code: 'server',
      message: `${asked.host} sent a reply to ${asked.path} that is cut off or broken. Try again; if it stays, look at the proxy.`,
      detail
    }
  }
  return { ...notAppwriteFault(asked), detail }
}

/** An error body has a version as well, and would pass for the answer of `/health/version`. */
function errorAsAnswerFault(error: ErrorBody, answer: Answer, asked: Asked): Fault {
  return {
    code: 'server',
    message: `${asked.host} answers ${asked.path} with an error under the status of a success. Look at the proxy in front of Appwrite.`,
    detail: detailOf(`HTTP ${answer.status} ${error.type}: ${error.message}`, asked)
  }
}

function misfitFault(at: readonly PropertyKey[], says: string, answer: Answer, asked: Asked): Fault {
  const path = toldOf(pathText(at), asked, 80)
  return {
    code: 'server',
    message: `The reply of ${asked.host} to ${asked.path} does not fit: “${path}” is missing or not what Appwrite sends there. Standby does not guess; check the Appwrite version and the proxy.`,
    detail: detailOf(`HTTP ${answer.status} ${asked.path}: ${path}: ${says}`, asked)
  }
}

/** Such as `statuses[1].ping`; `reply` for the whole. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return text === '' ? 'reply' : text.replace(/^\./, '')
}
