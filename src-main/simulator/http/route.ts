import type { World } from '../world/world.ts'
import type { Access } from './access.ts'
import type { ApiRequest } from './request.ts'

/** What a route's handler is given: the request, who sent it, and the path's `{…}` parts as sent. */
export interface Asked {
  readonly request: ApiRequest
  readonly access: Access
  readonly path: Readonly<Record<string, string>>
  /** The body's fields; empty for a body that could not be read, as on the real server. */
  readonly body: Readonly<Record<string, unknown>>
}

/** A handler's result that is rendered as JSON, in the version's newest model. */
export interface ToldJson {
  readonly status: number
  readonly json: unknown
  readonly delayMs?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** A handler's result that is a file. Chunked ones say no `Content-Length`. */
export interface ToldBytes {
  readonly status: number
  readonly bytes: Buffer
  readonly headers: Readonly<Record<string, string>>
  readonly isChunked: boolean
  readonly delayMs?: number
}

/** A handler's result without a body. */
export interface ToldNothing {
  readonly status: 204
}

/** A handler's result; refusals are thrown as `ApiError`. */
export type Told = ToldJson | ToldBytes | ToldNothing

/** What an answer shows, by which a response format knows what to convert; `…List` is the list of it. */
export type Model =
  | 'function'
  | 'functionList'
  | 'deployment'
  | 'deploymentList'
  | 'execution'
  | 'executionList'
  | 'variable'
  | 'variableList'
  | 'runtimeList'

/** One call of the API. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Under `/v1`, with `{name}` for a part that varies; the name is that of the SDKs' parameter. */
  readonly pattern: string
  /** Of several any one will do; the refusal names them all. */
  readonly scope: string | readonly string[]
  readonly handle: (asked: Asked, world: World) => Told
  /** As the SDKs call it, `functions.listExecutions`; GraphQL's fields and the request conversions go by it. */
  readonly operation?: string
  /** Whether a refused key is told of by each field of the answer and not by the answer. */
  readonly isOfFields?: true
  /** Absent for what no response format changes. */
  readonly model?: Model
}

/** One resource of the API: its routes as a version has them. */
export type Resource = (version: World['version']) => readonly Route[]

/** A route with what its `{…}` parts were. */
export interface Found {
  readonly route: Route
  readonly path: Readonly<Record<string, string>>
}

/** The answer of most calls. */
export const ok = (json: unknown): ToldJson => ({ status: 200, json })

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null
  const path: Record<string, string> = {}
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at] ?? ''
    if (part.startsWith('{')) path[part.slice(1, -1)] = segment
    else if (part !== segment) return null
  }
  return path
}

/** Finds the route for a method and the parts of a path after `/v1`; `HEAD` is answered as `GET` is. */
export function routeTable(routes: readonly Route[]): (method: string, segments: readonly string[]) => Found | null {
  const table = routes.map((route) => ({ route, parts: route.pattern.split('/').filter((part) => part !== '') }))
  // A fixed name wins over a part that varies.
  const looseness = (parts: readonly string[]) => parts.filter((part) => part.startsWith('{')).length
  table.sort((a, b) => looseness(a.parts) - looseness(b.parts))
  return (method, segments) => {
    const asked = method === 'HEAD' ? 'GET' : method
    for (const { route, parts } of table) {
      if (route.method !== asked) continue
      const path = match(parts, segments)
      if (path !== null) return { route, path }
    }
    return null
  }
}
