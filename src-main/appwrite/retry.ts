import type { RequestFailure } from './request-failure.ts'

const firstPauseMs = 250

/** How long nobody is kept waiting inside a call: beyond it the caller is told when to come back. */
const longestWaitMs = 10_000

export interface Try {
  /** How often the request was sent by now. */
  readonly tries: number
  /** How often it may be sent again. */
  readonly retries: number
  /** Of the deadline. */
  readonly leftMs: number
  /** In [0, 1). */
  readonly random: number
}

/**
 * How long to pause before a read is sent again; `null` when it is not: the failure is no passing one, the tries are used
 * up, or too little time would be left. What the server asks for by `Retry-After` is kept, never shortened.
 */
export function pauseBeforeRetry(failure: RequestFailure, { tries, retries, leftMs, random }: Try): number | null {
  if (!failure.isTransient || tries > retries) return null
  const backoffMs = Math.round(firstPauseMs * 2 ** (tries - 1) * (0.5 + random))
  const pauseMs = Math.max(failure.fault.retryAfterMs ?? 0, backoffMs)
  return pauseMs < leftMs && pauseMs <= longestWaitMs ? pauseMs : null
}

/** Replies of a proxy while Appwrite restarts, and of one that has enough of requests for the moment. */
export function isPassingStatus(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504
}

const passing = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETRESET',
  'UND_ERR_SOCKET',
  'HPE_INVALID_EOF_STATE',
  'PROXY_502',
  'PROXY_503',
  'PROXY_504'
])

/** Whether an error of a connection, by its code, is one that a restart or a bad line makes. */
export function isPassingError(code: string): boolean {
  return passing.has(code)
}
