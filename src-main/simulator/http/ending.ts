import type { ErrorType } from './error-types.ts'

/** How a request ends while something the server needs is away, and after how long. */
export type Ending =
  /** The web server under Appwrite answers by itself. */
  | { readonly kind: 'crash'; readonly heldMs: number }
  /** Appwrite answers, with a page. */
  | { readonly kind: 'page'; readonly heldMs: number }
  /** `isEarly`: before most of Appwrite's own headers are set. */
  | { readonly kind: 'refused'; readonly type: ErrorType; readonly heldMs: number; readonly isEarly: boolean }
  /** The request is answered after all. */
  | { readonly kind: 'served'; readonly heldMs: number }
  /** It never is. */
  | { readonly kind: 'unanswered'; readonly heldMs: number }

/** Answered after all, and at once. */
export const served: Ending = { kind: 'served', heldMs: 0 }

/** Ended by the web server, after so long. */
export const crashed = (heldMs = 0): Ending => ({ kind: 'crash', heldMs })
/** Refused by Appwrite with a type, after so long. */
export const refusedAs = (type: ErrorType, heldMs = 0): Ending => ({ kind: 'refused', type, heldMs, isEarly: false })

/** The ending of a request for a path under `/v1`, such as `health/db`. */
export type Outage = (path: string) => Ending

/** What each loss does to a version. */
export interface Outages {
  readonly database: Outage
  readonly redis: Outage
  /** Redis is back and Appwrite was not restarted. */
  readonly restartOwed: Outage
}
