import { ApiError } from '../http/api-error.ts'
import type { ErrorType } from '../http/error-types.ts'
import { ok, type Resource, type Route } from '../http/route.ts'
import type { Version } from '../versions/version.ts'
import { chance, saltOf } from '../world/random.ts'
import type { CheckName } from '../world/troubles.ts'
import type { World } from '../world/world.ts'

/** Beyond this many seconds between the server and NTP the time check fails. */
const largestDiffS = 60
/** The most a ping takes in a calm world; a store that writes files is slower than one that is asked for nothing. */
const slowestPingMs = 2
const slowestStorageMs = 4

function requirePassing(world: World, check: CheckName, failure: ErrorType = 'general_server_error'): void {
  if (world.troubles.isFailing(check)) throw new ApiError(failure)
}

function ping(world: World, what: string, slowestMs: number): number {
  if (!world.version.isPingReal) return 0
  return Math.floor((slowestMs + 1) * chance(world.seed, saltOf(`ping ${what}`), Math.floor(world.clock.nowMs())) ** 3)
}

const status = (name: string, pingMs: number, isPassing = true) => ({
  name,
  ping: pingMs,
  status: isPassing ? 'pass' : 'fail'
})

const check = (pattern: string, operation: string, handle: Route['handle']): Route => ({
  method: 'GET',
  pattern: `/health${pattern}`,
  scope: 'health.read',
  operation: `health.${operation}`,
  handle
})

function poolCheck(name: 'db' | 'cache' | 'queue' | 'pubsub', operation: string, version: Version): Route[] {
  const pools = version.pools[name]
  if (pools === undefined) return []
  return [
    check(`/${name}`, operation, (_, world) => {
      const isSoft = version.softChecks.includes(name)
      if (!isSoft) requirePassing(world, name)
      const isPassing = !world.troubles.isFailing(name)
      const statuses = pools.map((pool) => status(pool, ping(world, pool, slowestPingMs), isPassing))
      return ok({ total: statuses.length, statuses })
    })
  ]
}

function time(world: World) {
  requirePassing(world, 'time')
  const diff = world.troubles.find('time-off')?.seconds ?? 0
  if (Math.abs(diff) > largestDiffS) throw new ApiError('general_server_error')
  const localTime = Math.floor(world.clock.nowMs() / 1000)
  return { remoteTime: localTime + diff, localTime, diff }
}

/** The component checks. */
export const health: Resource = (version) => [
  check('', 'get', () => ok(status('http', 0))),
  { ...check('/version', '', (_, world) => ok({ version: world.version.told })), scope: 'public' },
  ...poolCheck('db', 'getDB', version),
  ...poolCheck('cache', 'getCache', version),
  ...poolCheck('queue', 'getQueue', version),
  ...poolCheck('pubsub', 'getPubSub', version),
  check('/storage', 'getStorage', (_, world) => {
    requirePassing(world, 'storage', version.storageFailure)
    return ok(status('', ping(world, 'storage', slowestStorageMs)))
  }),
  check('/storage/local', 'getStorageLocal', (_, world) => {
    requirePassing(world, 'storage-local')
    return ok(status('', ping(world, 'storage-local', slowestPingMs)))
  }),
  check('/time', 'getTime', (_, world) => ok(time(world))),
  check('/anti-virus', 'getAntivirus', (_, world) => {
    requirePassing(world, 'anti-virus')
    return ok({ version: '', status: 'disabled' })
  }),
  ...(version.hasGeo ? [check('/geo', 'getGeo', () => ok(status('geo', 0)))] : []),
  // No key can hold this scope: the route exists only to be refused.
  { ...check('/stats', '', () => ok({})), scope: 'root' }
]
