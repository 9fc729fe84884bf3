import { Failure } from '../core/failure.ts'
import { isGraphQL } from './api-path.ts'
import type { Method, Outgoing } from './api-request.ts'
import { isQueryOnly } from './graphql-document.ts'

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

/**
 * Whether a request is known not to change the server: a GET without a body, or GraphQL whose documents hold nothing but
 * queries. `GET /graphql` runs mutations on servers up to 1.9. `documents` must be exactly what the request carries.
 */
export function isRead(outgoing: Outgoing, documents: readonly string[] = []): boolean {
  if (!isGraphQL(outgoing.path)) return outgoing.method === 'GET' && outgoing.body === null
  if (outgoing.method !== 'GET' && outgoing.method !== 'POST') return false
  const carried = carriedDocuments(outgoing)
  if (carried === null || carried.length === 0 || carried.length !== documents.length) return false
  return carried.every((document, index) => document === documents[index] && isQueryOnly(document))
}

/** Throws `readonly` for a write that the policy does not allow. */
export function checkWrite(policy: WritePolicy, attempt: WriteAttempt): void {
  if (policy.allows(attempt)) return
  throw new Failure({
    code: 'readonly',
    message:
      'This connection is read-only, so nothing was sent. Allow changes on it first if you mean to change the server.',
    detail: `${attempt.method} ${attempt.path}`
  })
}

const known = new Set(['query', 'operationName', 'variables'])

/** The documents in the text that is sent; `null` when it holds anything a server may read otherwise. */
function carriedDocuments({ body, query }: Outgoing): readonly string[] | null {
  const parameters = [...new URLSearchParams(query)]
  if (parameters.some(([name]) => !known.has(name))) return null
  const asked = parameters.filter(([name]) => name === 'query').map(([, document]) => document)
  if (asked.length > 1) return null
  if (body === null) return asked
  const parsed: unknown = JSON.parse(body)
  const entries: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed]
  const documents = entries.map(documentOf)
  return documents.every((document) => document !== null) ? [...asked, ...documents] : null
}

function documentOf(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null || Object.keys(entry).some((key) => !known.has(key))) return null
  return 'query' in entry && typeof entry.query === 'string' ? entry.query : null
}
