import { ApiError } from '../http/api-error.ts'
import { integerParam, oneOf, textParam } from '../http/params.ts'
import type { Query } from '../http/query.ts'
import { ok, type Resource, type Route, type Told } from '../http/route.ts'
import type { Version } from '../versions/version.ts'
import type { Queue } from '../world/queue-profiles.ts'

const defaultThreshold = 5000
const longestQueueName = 256

/** The size, or the refusal that holds it: a threshold is hit when it is reached. */
function sizeUnder(
  query: Query,
  version: Version,
  size: () => number,
  text: (size: number, threshold: number) => string
): Told {
  const threshold = integerParam(query, 'threshold', defaultThreshold, version.thresholdBits)
  const found = size()
  if (found >= threshold) throw new ApiError('health_queue_size_exceeded', text(found, threshold))
  return ok({ size: found })
}

const named = (name: string) => name.replace(/(^|-)(.)/g, (_, __, letter: string) => letter.toUpperCase())

/** Depths of the queues, and the jobs that failed in them. */
export const healthQueues: Resource = (version) => {
  const endpoints = Object.entries(version.depthEndpoints)
  const byRedisName = new Map<string, Queue>([
    ...endpoints.map(([, { queue, redisName }]) => [redisName, queue] as const),
    ...Object.entries(version.hiddenQueues)
  ])
  return [
    ...endpoints.map(([name, { queue, redisName }]): Route => ({
      method: 'GET',
      pattern: `/health/queue/${name}`,
      scope: 'health.read',
      operation: `health.getQueue${named(name)}`,
      handle: ({ request: { query } }, world) => {
        // Only this endpoint lets the sender name the Redis list, and reads any: an unknown one is empty.
        const asked = name === 'databases' ? textParam(query, 'name', redisName, longestQueueName) : redisName
        const read = name === 'databases' ? byRedisName.get(asked) : queue
        return sizeUnder(query, version, () => (read === undefined ? 0 : world.depthOf(read)), version.depthText)
      }
    })),
    {
      method: 'GET',
      pattern: '/health/queue/failed/{name}',
      scope: 'health.read',
      operation: 'health.getFailedJobs',
      handle: ({ request: { query }, path }, world) => {
        const name = oneOf('name', path.name ?? '', Object.keys(version.failedQueues))
        const queue = version.failedQueues[name] ?? null
        return sizeUnder(query, version, () => (queue === null ? 0 : world.failedOf(queue)), version.failedText)
      }
    }
  ]
}
