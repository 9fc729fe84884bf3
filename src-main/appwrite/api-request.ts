import type { Credentials } from './credentials.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Which of its models a server answers with; newer servers convert theirs down to it (API facts §1). */
export type ResponseFormat = '1.5.0' | '1.6.0' | '1.7.0' | '1.8.0' | '1.9.0'

export interface ApiRequest {
  readonly credentials: Credentials
  readonly method: Method
  /** Below the endpoint, such as `/health/db`, already percent-encoded. */
  readonly path: string
  /** A list where a name comes more than once or the order matters. */
  readonly query?: Readonly<Record<string, string>> | readonly (readonly [name: string, value: string])[]
  /** Sent as JSON. */
  readonly body?: unknown
  /** Default: `1.5.0`, the models every version can give. */
  readonly format?: ResponseFormat
  /** For everything, tries and pauses together. Default: by the class of the call, see `deadlines.ts`. */
  readonly deadlineMs?: number
  /**
   * How often a read may be sent again. Default: 2, and 0 for health checks. 0 also means that it is sent while other
   * reads fail at once since the server does not answer: who polls judges for itself.
   */
  readonly retries?: number
  /** For a GraphQL request: the documents that `body` or `query` carry. Without them it counts as a write. */
  readonly documents?: readonly string[]
  /** Error statuses the caller wants as an answer; all others are thrown. */
  readonly accept?: readonly number[]
  /** What must not be told in a fault besides the key, such as the value of a variable. */
  readonly secrets?: readonly string[]
}

/** A request as it goes over the wire. Made once, so that what is checked is what is sent. */
export interface Outgoing {
  readonly method: Method
  /** Below the endpoint, without the query. */
  readonly path: string
  /** Encoded, without its question mark; empty for none. */
  readonly query: string
  readonly body: string | null
  /** Names and values in turn. */
  readonly headers: string[]
}

export function outgoingOf(request: ApiRequest): Outgoing {
  const { method, path, query, body } = request
  return {
    method,
    path,
    query: query === undefined ? '' : new URLSearchParams(pairsOf(query)).toString(),
    body: body === undefined ? null : JSON.stringify(body),
    headers: headersOf(request)
  }
}

function pairsOf(query: NonNullable<ApiRequest['query']>): [string, string][] {
  return isPairs(query) ? query.map(([name, value]) => [name, value]) : Object.entries(query)
}

function isPairs(query: NonNullable<ApiRequest['query']>): query is readonly (readonly [string, string])[] {
  return Array.isArray(query)
}

/** A response format is always said: without one a server answers in its newest models. No compression is asked for. */
export function headersOf({
  credentials,
  body,
  format
}: Pick<ApiRequest, 'credentials' | 'body' | 'format'>): string[] {
  const headers = ['Accept', 'application/json', 'X-Appwrite-Response-Format', format ?? '1.5.0']
  if (credentials.projectId !== null) headers.push('X-Appwrite-Project', credentials.projectId)
  if (credentials.apiKey !== null) headers.push('X-Appwrite-Key', credentials.apiKey)
  if (body !== undefined) headers.push('Content-Type', 'application/json')
  return headers
}
