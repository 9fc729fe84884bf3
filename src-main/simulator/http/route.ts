import type { World } from '../world/world.ts'
import type { Access } from './access.ts'
import type { ApiRequest } from './request.ts'

/** What a route's handler is given: the request, who sent it, and the path's `{…}` parts as sent. */
export interface Asked {
  readonly request: ApiRequest
  readonly access: Access
  readonly path: Readonly<Record<string, string>>
}

/** A handler's result; refusals are thrown as `ApiError`. */
export interface Told {
  readonly status: number
  readonly json: unknown
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Under `/v1`, with `{name}` for a part that varies. */
  readonly pattern: string
  readonly scope: string
  readonly handle: (asked: Asked, world: World) => Told
}

/** One resource of the API: its routes as a version has them. */
export type Resource = (version: World['version']) => readonly Route[]

/** A route with what its `{…}` parts were. */
export interface Found {
  readonly route: Route
  readonly path: Readonly<Record<string, string>>
}

export const ok = (json: unknown): Told => ({ status: 200, json })

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
