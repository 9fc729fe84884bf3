import { ApiError } from '../http/api-error.ts'
import { ok, type Resource, type Route } from '../http/route.ts'
import type { Version } from '../versions/version.ts'
import type { CheckName } from '../world/troubles.ts'
import type { World } from '../world/world.ts'

/** Beyond this many seconds between the server and NTP the time check fails. */
const largestDiffS = 60

function requirePassing(world: World, check: CheckName): void {
  if (world.troubles.isFailing(check)) throw new ApiError('general_server_error')
}

// Seconds divided by a thousand once too often: the ping is 0 on every version before 1.9.
const status = (name: string, isPassing = true) => ({ name, ping: 0, status: isPassing ? 'pass' : 'fail' })

const check = (pattern: string, handle: Route['handle']): Route => ({
  method: 'GET',
  pattern: `/health${pattern}`,
  scope: 'health.read',
  handle
})

function poolCheck(name: 'db' | 'cache' | 'queue' | 'pubsub', version: Version): Route[] {
  const pools = version.pools[name]
  if (pools === undefined) return []
  return [
    check(`/${name}`, (_, world) => {
      const isSoft = version.softChecks.includes(name)
      if (!isSoft) requirePassing(world, name)
      const statuses = pools.map((pool) => status(pool, !world.troubles.isFailing(name)))
      return ok({ total: statuses.length, statuses })
    })
  ]
}

/** The component checks. */
export const health: Resource = (version) => [
  check('', () => ok(status('http'))),
  { ...check('/version', (_, world) => ok({ version: world.version.told })), scope: 'public' },
  ...poolCheck('db', version),
  ...poolCheck('cache', version),
  ...poolCheck('queue', version),
  ...poolCheck('pubsub', version),
  check('/storage', (_, world) => {
    requirePassing(world, 'storage')
    return ok(status(''))
  }),
  check('/storage/local', (_, world) => {
    requirePassing(world, 'storage-local')
    return ok(status(''))
  }),
  check('/time', (_, world) => {
    requirePassing(world, 'time')
    const diff = world.troubles.find('time-off')?.seconds ?? 0
    if (Math.abs(diff) > largestDiffS) throw new ApiError('general_server_error')
    const localTime = Math.floor(world.clock.nowMs() / 1000)
    return ok({ remoteTime: localTime + diff, localTime, diff })
  }),
  check('/anti-virus', (_, world) => {
    requirePassing(world, 'anti-virus')
    return ok({ version: '', status: 'disabled' })
  }),
  // No key can hold this scope: the route exists only to be refused.
  { ...check('/stats', () => ok({})), scope: 'root' }
]
