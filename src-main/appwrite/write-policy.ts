import { Failure } from '../core/failure.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What a policy is shown of a request that may change the server. */
export interface WriteAttempt {
  readonly method: Method
  /** Below the endpoint, such as `/functions/hello/executions`. */
  readonly path: string
  readonly projectId: string | null
}

/** Decides whether a request that may change the server may be sent. It is never asked about plain reads. */
export interface WritePolicy {
  allows(attempt: WriteAttempt): boolean
}

/** Refuses every write: what a connection has until its user arms it. */
export const refuseWrites: WritePolicy = { allows: () => false }

/** Whether a request may change the server: all but GET, and GraphQL always, since `GET /graphql` runs mutations too. */
export function isWrite(method: Method, path: string): boolean {
  return method !== 'GET' || path.startsWith('/graphql')
}

/** Throws `readonly` for a write that the policy does not allow. */
export function checkWrite(policy: WritePolicy, attempt: WriteAttempt): void {
  if (!isWrite(attempt.method, attempt.path) || policy.allows(attempt)) return
  throw new Failure({
    code: 'readonly',
    message:
      'This connection is read-only, so nothing was sent. Allow changes on it first if you mean to change the server.',
    detail: `${attempt.method} ${attempt.path}`
  })
}
