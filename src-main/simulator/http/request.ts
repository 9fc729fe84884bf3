import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { parseQuery, type Query } from './query.ts'

/** A request before anything is known about who sent it. */
export interface ApiRequest {
  readonly method: string
  /** Without query, as sent. */
  readonly path: string
  /** The path without its empty parts: a trailing slash makes no difference. */
  readonly segments: readonly string[]
  /** As sent, without `?`. */
  readonly search: string
  readonly query: Query
  readonly headers: IncomingHttpHeaders
  /** As sent; empty without one. */
  readonly bytes: Buffer
}

export function readRequest(message: IncomingMessage, bytes: Buffer): ApiRequest {
  const url = message.url ?? '/'
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const search = mark < 0 ? '' : url.slice(mark + 1)
  return {
    method: message.method ?? 'GET',
    path,
    segments: path.split('/').filter((part) => part !== ''),
    search,
    query: parseQuery(search),
    headers: message.headers,
    bytes
  }
}

/** A header with one value, or `null` when it is absent or empty. */
export function headerOf(request: ApiRequest, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** The project a request names: the query wins over the header (the API facts, §1). */
export function projectIdOf(request: ApiRequest): string | null {
  const asked = request.query.get('project')
  return typeof asked === 'string' && asked !== '' ? asked : headerOf(request, 'x-appwrite-project')
}

/** Name of the host without its port, as `Host` has it. */
export function hostnameOf(request: ApiRequest): string {
  return (headerOf(request, 'host') ?? 'localhost').replace(/:\d+$/, '')
}
