import type { World } from '../world/world.ts'
import { phpJson, uncached, type Answer } from './answer.ts'
import { projectIdOf, type ApiRequest } from './request.ts'

/** How long the server holds the cache check before it gives up on its database. */
const cacheHeldMs = 4000

function crash(version: string, delayMs: number): Answer {
  return {
    status: 500,
    // The web server under Appwrite answers by itself, and labels its JSON wrongly.
    headers: { Server: 'swoole-http-server', 'Content-Type': 'text/html' },
    body: phpJson({ message: 'Error: Server Error', code: 500, version }),
    delayMs
  }
}

function errorPage(title: string): string {
  return [
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8" />',
    `<title>${title} - Error</title></head><body><main><h1>Error 500</h1><p>Server Error</p>`,
    '<p>Type</p><p><code>general_unknown</code></p></main></body></html>'
  ].join('')
}

/** With Redis away nothing of Appwrite runs: every request ends in its web server. */
export function redisOutage(world: World): Answer | null {
  return world.troubles.find('redis-down') === null ? null : crash(world.version.told, 0)
}

/** With the database away every route fails before its own code is reached, most of them with a page. */
export function databaseOutage(request: ApiRequest, world: World, debugSpeed: string): Answer | null {
  if (world.troubles.find('database-down') === null) return null
  if (request.segments.join('/') === 'v1/health/cache') return crash(world.version.told, cacheHeldMs)
  const project = world.projects.find(({ projectId }) => projectId === projectIdOf(request))
  return {
    status: 500,
    headers: {
      ...uncached,
      'X-Debug-Speed': debugSpeed,
      'Content-Type': 'text/html; charset=UTF-8',
      Server: 'swoole-http-server'
    },
    body: errorPage(project?.name ?? 'Appwrite')
  }
}
