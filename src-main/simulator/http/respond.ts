import { resources } from '../resources/resources.ts'
import { convertedAnswer } from '../formats/answer-filters.ts'
import { convertedRequest } from '../formats/request-filters.ts'
import { formatOf, warningFor } from '../formats/response-format.ts'
import type { Version } from '../versions/version.ts'
import { chance, saltOf } from '../world/random.ts'
import type { World } from '../world/world.ts'
import { accessOf, accessOfFields, requireProjectHeader, requireScope } from './access.ts'
import { phpJson, type Answer } from './answer.ts'
import { ApiError, errorBody } from './api-error.ts'
import { fieldsOf } from './body.ts'
import { jsonType, pageType, uncached, type Headers } from './headers.ts'
import { outageAnswer } from './outage.ts'
import { errorPage } from './page.ts'
import { garbled, proxyAnswer } from './proxy-trouble.ts'
import { headerOf, projectIdOf, type ApiRequest } from './request.ts'
import { routeTable, type Found, type Told } from './route.ts'

type FindRoute = ReturnType<typeof routeTable>

/** Handling time in seconds as Appwrite writes it; part of the seeded world, so that replies can be compared. */
function debugSpeed(request: ApiRequest, world: World): string {
  const salt = saltOf(`${request.method} ${request.path}?${request.search}`)
  const workS = 0.001 + 0.004 * chance(world.seed, salt, Math.floor(world.clock.nowMs())) ** 2
  const latencyS = (world.troubles.find('latency')?.ms ?? 0) / 1000
  return String(Number((workS + latencyS).toPrecision(14)))
}

function lostPage(request: ApiRequest, world: World, error: ApiError): string {
  const project = world.projects.find(({ projectId }) => projectId === projectIdOf(request))
  const title = project?.name ?? 'Appwrite'
  return error.code === 404
    ? errorPage(title, 'Page not found', "The page you're looking for doesn't exist.", error.type)
    : errorPage(title, `Error ${error.code}`, error.message, error.type)
}

function outsideApi(request: ApiRequest, world: World, speed: string): Answer {
  const { headers, outsideApi: form, told, sdks } = world.version
  const timed = { 'X-Debug-Speed': speed }
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (isRead && request.segments.join('/') === 'versions') {
    const body = phpJson({ server: told, ...sdks })
    return { status: 200, headers: { ...headers.outside(request), ...timed, ...jsonType }, body }
  }
  if (form === 'page') {
    const body = lostPage(request, world, new ApiError('general_route_not_found'))
    return { status: 404, headers: { ...headers.api(request), ...uncached, ...timed, ...pageType }, body }
  }
  const textType = { 'Content-Type': 'text/plain; charset=UTF-8' }
  return { status: 404, headers: { ...headers.api(request), ...timed, ...textType }, body: 'Not Found' }
}

function tell(request: ApiRequest, world: World, found: Found | null): Told {
  const { version } = world
  const access = (found?.route.isOfFields === true ? accessOfFields : accessOf)(request, world)
  // What no route takes is taken by one that everybody may use, and refuses.
  requireScope(access, found?.route.scope ?? 'global', version)
  if (found === null) {
    const { lostRoute } = version
    throw new ApiError('general_route_not_found', lostRoute.kind === 'json' ? lostRoute.message : undefined)
  }
  const { route, path } = found
  const format = formatOf(request)
  const sent = { request, body: fieldsOf(request.bytes, headerOf(request, 'content-type') ?? '') }
  const told = route.handle({ ...convertedRequest(sent, route.operation, version, format), access, path }, world)
  return 'json' in told ? { ...told, json: convertedAnswer(told.json, route, version, format) } : told
}

function rendered(told: Told, headers: Headers): Answer {
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

function refused(request: ApiRequest, world: World, speed: string, found: Found | null, error: ApiError): Answer {
  const { headers, lostRoute, publicCodes, told } = world.version
  const body = errorBody(error, publicCodes, told)
  const own =
    error.type === 'project_id_missing'
      ? headers.early(request)
      : { ...headers.api(request), ...warningFor(request, world.version) }
  const all = { ...own, ...uncached, 'X-Debug-Speed': speed }
  // A path without a route is answered with a page whatever was wrong with the request.
  return found === null && lostRoute.kind === 'page'
    ? { status: body.code, headers: { ...all, ...pageType }, body: lostPage(request, world, error) }
    : { status: body.code, headers: { ...all, ...jsonType }, body: phpJson(body) }
}

function serve(request: ApiRequest, world: World, speed: string, find: FindRoute): Answer {
  if (request.segments[0] !== 'v1') return outsideApi(request, world, speed)
  const found = find(request.method, request.segments.slice(1))
  try {
    requireProjectHeader(request, world.version)
    const told = tell(request, world, found)
    const { headers } = world.version
    return rendered(told, {
      ...headers.api(request),
      ...warningFor(request, world.version),
      'X-Debug-Speed': speed
    })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return refused(request, world, speed, found, error)
  }
}

/** The server's answer to a request, from the order of its checks to the set of its headers; an `unanswered` one stays open. */
export function responder(world: World): (request: ApiRequest) => Answer | 'unanswered' {
  const tables = new Map<string, FindRoute>()
  function tableOf(version: Version): FindRoute {
    const made = tables.get(version.name) ?? routeTable(resources.flatMap((resource) => resource(version)))
    tables.set(version.name, made)
    return made
  }
  return (request) => {
    const proxied = proxyAnswer(world)
    if (proxied !== null) return proxied
    const speed = debugSpeed(request, world)
    const { version } = world
    if (request.method === 'OPTIONS') {
      const headers = { ...version.headers.preflight(request), 'X-Debug-Speed': speed, 'Content-Type': 'text/html' }
      return { status: 204, headers, body: '' }
    }
    const answer = () => serve(request, world, speed, tableOf(version))
    const made = outageAnswer(request, world, speed, answer) ?? answer()
    return made === 'unanswered' ? made : garbled(made, world)
  }
}
