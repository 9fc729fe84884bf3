import { resources } from '../resources/resources.ts'
import { chance, saltOf } from '../world/random.ts'
import type { World } from '../world/world.ts'
import { accessOf, requireScope } from './access.ts'
import { apiHeaders, jsonType, phpJson, preflightHeaders, uncached, type Answer } from './answer.ts'
import { ApiError, errorBody } from './api-error.ts'
import { databaseOutage, redisOutage } from './outage.ts'
import { headerOf, type ApiRequest } from './request.ts'
import { routeTable, type Found, type Told } from './route.ts'

/** Handling time in seconds as Appwrite writes it; part of the seeded world, so that replies can be compared. */
function debugSpeed(request: ApiRequest, world: World): string {
  const salt = saltOf(`${request.method} ${request.path}?${request.search}`)
  const workS = 0.001 + 0.004 * chance(world.seed, salt, Math.floor(world.clock.nowMs())) ** 2
  const latencyS = (world.troubles.find('latency')?.ms ?? 0) / 1000
  return String(Number((workS + latencyS).toPrecision(14)))
}

function outsideApi(request: ApiRequest, world: World, speed: string): Answer {
  const headers = { ...apiHeaders(headerOf(request, 'origin')), 'X-Debug-Speed': speed }
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (isRead && request.segments.join('/') === 'versions') {
    const body = phpJson({ server: world.version.name, ...world.version.sdks })
    return { status: 200, headers: { ...headers, ...jsonType }, body }
  }
  const body = 'Not Found'
  return { status: 404, headers: { ...headers, 'Content-Type': 'text/plain; charset=UTF-8' }, body }
}

function tell(request: ApiRequest, world: World, found: Found | null): Told {
  const access = accessOf(request, world)
  // What no route takes is taken by one that everybody may use, and refuses.
  requireScope(access, found?.route.scope ?? 'global')
  if (found === null) throw new ApiError('general_route_not_found')
  return found.route.handle({ request, access, path: found.path }, world)
}

/** The server's answer to a request, from the order of its checks to the set of its headers. */
export function responder(world: World): (request: ApiRequest) => Answer {
  const find = routeTable(resources.flatMap((resource) => resource(world.version)))
  return (request) => {
    const speed = debugSpeed(request, world)
    const origin = headerOf(request, 'origin')
    const crashed = redisOutage(world)
    if (crashed !== null) return crashed
    if (request.method === 'OPTIONS') {
      const headers = { ...preflightHeaders(origin), 'X-Debug-Speed': speed, 'Content-Type': 'text/html' }
      return { status: 204, headers, body: '' }
    }
    const broken = databaseOutage(request, world, speed)
    if (broken !== null) return broken
    if (request.segments[0] !== 'v1') return outsideApi(request, world, speed)
    try {
      const { status, json } = tell(request, world, find(request.method, request.segments.slice(1)))
      const headers = { ...apiHeaders(origin), 'X-Debug-Speed': speed, ...jsonType }
      return { status, headers, body: phpJson(json) }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const body = errorBody(error, world.version.publicCodes, world.version.name)
      const headers = { ...apiHeaders(origin), ...uncached, 'X-Debug-Speed': speed, ...jsonType }
      return { status: body.code, headers, body: phpJson(body) }
    }
  }
}
