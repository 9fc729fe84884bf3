import { ApiError } from '../http/api-error.ts'
import { integerParam, oneOf, textParam } from '../http/params.ts'
import type { Query } from '../http/query.ts'
import { ok, type Resource, type Told } from '../http/route.ts'

const defaultThreshold = 5000
const longestQueueName = 256

/** The size, or the refusal that holds it: a threshold is hit when it is reached. */
function sizeUnder(query: Query, size: () => number, text: (size: number, threshold: number) => string): Told {
  const threshold = integerParam(query, 'threshold', defaultThreshold)
  const found = size()
  if (found >= threshold) throw new ApiError('health_queue_size_exceeded', text(found, threshold))
  return ok({ size: found })
}

/** Depths of the queues, and the jobs that failed in them. */
export const healthQueues: Resource = (version) => {
  const endpoints = Object.entries(version.depthEndpoints)
  const byRedisName = new Map(endpoints.map(([, { queue, redisName }]) => [redisName, queue]))
  return [
    ...endpoints.map(
      ([name, { queue, redisName }]) =>
        ({
          method: 'GET' as const,
          pattern: `/health/queue/${name}`,
          scope: 'health.read',
          handle: ({ request: { query } }, world) => {
            // Only this endpoint lets the sender name the Redis list, and reads any: an unknown one is empty.
            const asked = name === 'databases' ? textParam(query, 'name', redisName, longestQueueName) : redisName
            const read = name === 'databases' ? byRedisName.get(asked) : queue
            return sizeUnder(query, () => (read === undefined ? 0 : world.depthOf(read)), version.depthText)
          }
        }) satisfies ReturnType<Resource>[number]
    ),
    {
      method: 'GET',
      pattern: '/health/queue/failed/{name}',
      scope: 'health.read',
      handle: ({ request: { query }, path }, world) => {
        const name = oneOf('name', path.name ?? '', Object.keys(version.failedQueues))
        const queue = version.failedQueues[name] ?? null
        return sizeUnder(query, () => (queue === null ? 0 : world.failedOf(queue)), version.failedText)
      }
    }
  ]
}
