import { without } from '../without.ts'
import type { World } from '../world/world.ts'
import { phpJson, type Answer } from './answer.ts'
import { ApiError, errorBody } from './api-error.ts'
import type { Ending } from './ending.ts'
import type { ErrorType } from './error-types.ts'
import { jsonType, pageType, uncached, webServer } from './headers.ts'
import { errorPage } from './page.ts'
import { projectIdOf, type ApiRequest } from './request.ts'

function endingOf(request: ApiRequest, world: World): Ending | null {
  const { troubles, version } = world
  const path = request.segments.slice(1).join('/')
  const redis = troubles.find('redis-down')
  const database = troubles.find('database-down')
  const trouble = redis ?? database
  if (trouble === null) return troubles.find('restart-owed') === null ? null : version.outages.restartOwed(path)
  const ending = redis === null ? version.outages.database(path) : version.outages.redis(path)
  return { ...ending, heldMs: ending.heldMs > 0 ? (trouble.holdMs ?? ending.heldMs) : 0 }
}

function crash(world: World): Answer {
  return {
    status: 500,
    // The web server labels its JSON wrongly.
    headers: { ...webServer, 'Content-Type': 'text/html' },
    body: phpJson({ message: 'Error: Server Error', code: 500, version: world.version.told })
  }
}

function page(request: ApiRequest, world: World, speed: string): Answer {
  const project = world.projects.find(({ projectId }) => projectId === projectIdOf(request))
  return {
    status: 500,
    headers: { ...uncached, 'X-Debug-Speed': speed, ...pageType, ...webServer },
    body: errorPage(project?.name ?? 'Appwrite', 'Error 500', 'Server Error', 'general_unknown')
  }
}

function refusal(request: ApiRequest, world: World, speed: string, type: ErrorType, isEarly: boolean): Answer {
  const { headers, publicCodes, told } = world.version
  const body = errorBody(new ApiError(type), publicCodes, told)
  // So early that not even the session was looked for.
  const early = without(headers.early(request), 'X-Debug-Fallback')
  return {
    status: body.code,
    headers: { ...(isEarly ? early : headers.api(request)), ...uncached, 'X-Debug-Speed': speed, ...jsonType },
    body: phpJson(body)
  }
}

/** The answer while something is away, `unanswered` when there is none; `null` when nothing is away. */
export function outageAnswer(
  request: ApiRequest,
  world: World,
  speed: string,
  serve: () => Answer
): Answer | 'unanswered' | null {
  const ending = endingOf(request, world)
  if (ending === null) return null
  const delayed = (answer: Answer): Answer => ({ ...answer, delayMs: ending.heldMs + (answer.delayMs ?? 0) })
  switch (ending.kind) {
    case 'served':
      return delayed(serve())
    case 'unanswered':
      return ending.kind
    case 'crash':
      return delayed(crash(world))
    case 'page':
      return delayed(page(request, world, speed))
    case 'refused':
      return delayed(refusal(request, world, speed, ending.type, ending.isEarly))
  }
}
