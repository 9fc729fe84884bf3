import { resources } from '../resources/resources.ts'
import { chance, saltOf } from '../world/random.ts'
import type { World } from '../world/world.ts'
import { accessOf, requireScope } from './access.ts'
import { apiHeaders, jsonType, phpJson, preflightHeaders, uncached, type Answer } from './answer.ts'
import { ApiError, errorBody } from './api-error.ts'
import { fieldsOf } from './body.ts'
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
    const body = phpJson({ server: world.version.told, ...world.version.sdks })
    return { status: 200, headers: { ...headers, ...jsonType }, body }
  }
  const body = 'Not Found'
  return { status: 404, headers: { ...headers, 'Content-Type': 'text/plain; charset=UTF-8' }, body }
}

function tell(request: ApiRequest, world: World, found: Found | null): Told {
  const access = accessOf(request, world)
  // What no route takes is taken by one that everybody may use, and refuses.
  requireScope(access, found?.route.scope ?? 'global', world.version)
  if (found === null) throw new ApiError('general_route_not_found')
  const body = fieldsOf(request.bytes, headerOf(request, 'content-type') ?? '')
  return found.route.handle({ request, access, path: found.path, body }, world)
}

function rendered(told: Told, headers: Record<string, string>): Answer {
  // What the web server calls a reply it was told no type of.
  if (!('json' in told) && !('bytes' in told)) {
    return { status: told.status, headers: { ...headers, 'Content-Type': 'text/html' }, body: '' }
  }
  const { status, delayMs = 0 } = told
  if ('bytes' in told) {
    return { status, headers: { ...headers, ...told.headers }, body: told.bytes, isChunked: told.isChunked, delayMs }
  }
  return { status, headers: { ...headers, ...told.headers, ...jsonType }, body: phpJson(told.json), delayMs }
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
      const told = tell(request, world, find(request.method, request.segments.slice(1)))
      return rendered(told, { ...apiHeaders(origin), 'X-Debug-Speed': speed })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const body = errorBody(error, world.version.publicCodes, world.version.told)
      const headers = { ...apiHeaders(origin), ...uncached, 'X-Debug-Speed': speed, ...jsonType }
      return { status: body.code, headers, body: phpJson(body) }
    }
  }
}
