import { Failure } from '../core/failure.ts'
import { readAnswer, type Answer } from './answer.ts'
import type { Method } from './api-request.ts'
import type { Asked } from './asked.ts'
import { errorBodyOf } from './error-body.ts'
import { redirectFault, replyFault } from './faults.ts'
import { notAppwriteFault } from './proxy-faults.ts'
import { RequestFailure } from './request-failure.ts'
import { isPassingStatus } from './retry.ts'
import type { RawReply } from './whole-exchange.ts'

export interface Judge {
  readonly asked: Asked
  readonly method: Method
  readonly maxBodyBytes: number
  /** Error statuses that are answers. */
  readonly accept?: readonly number[]
}

/** The answer a reply holds. Throws a `RequestFailure` for every other reply. */
export async function judged(raw: RawReply, { asked, method, maxBodyBytes, accept = [] }: Judge): Promise<Answer> {
  const { status } = raw
  if (status >= 300 && status < 400) throw new RequestFailure(redirectFault(raw, asked), 'answered', status, false)
  const answer = await readAnswer(raw, asked, maxBodyBytes).catch((thrown: unknown) => {
    if (!(thrown instanceof Failure)) throw thrown
    // Told by the status alone: the reply that cannot be read may be to a write that was carried out.
    throw new RequestFailure(thrown.fault, status >= 400 && status < 500 ? 'answered' : 'unknown', status, false)
  })
  // Nothing else in such a reply is looked at, and the page of a proxy must not pass for a deletion.
  if (method === 'DELETE' && status < 300 && status !== 204) {
    throw new RequestFailure(notAppwriteFault(asked), 'unknown', status, false)
  }
  if (status < 400 || accept.includes(status)) return answer
  throw new RequestFailure(replyFault(answer, asked), outcomeOf(status), status, isPassing(answer))
}

/** A server that failed inside, and a proxy that lost it, may have done part of what was asked; 408 is a run that went on. */
function outcomeOf(status: number): 'answered' | 'unknown' {
  return status < 500 && status !== 408 ? 'answered' : 'unknown'
}

/** A queue over its threshold is told by a 503 as well, and will be over it in a second too. */
function isPassing({ status, body }: Answer): boolean {
  return isPassingStatus(status) && errorBodyOf(body)?.type !== 'health_queue_size_exceeded'
}
