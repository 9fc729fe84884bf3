import { without } from '../without.ts'
import type { Queue } from '../world/queue-profiles.ts'
import type { DepthEndpoint, Version } from './version.ts'
import { v1_5_11 } from './v1-5.ts'

/** From the first 1.6 on. */
export const v1_6_1: Version = {
  ...v1_5_11,
  name: '1.6.1',
  told: '1.6.1',
  sdks: { 'client-web': '16.1.0', 'server-nodejs': '14.2.0' },
  keyPrefix: 'standard_',
  leastZippedBytes: 1024,
  zippedHeaders: { 'X-Utopia-Compression': 'true', Vary: 'Accept-Encoding' }
}

const statsEndpoints: Readonly<Record<string, DepthEndpoint>> = {
  'stats-resources': { queue: 'usage-dump', redisName: 'v1-stats-resources' },
  'stats-usage': { queue: 'usage', redisName: 'v1-stats-usage' }
}

const renamed: Readonly<Record<string, readonly [string, Queue]>> = {
  'v1-usage': ['v1-stats-resources', 'usage-dump'],
  'v1-usage-dump': ['v1-stats-usage', 'usage']
}

/** The queue check is gone, the usage queues have other names, and an unknown key is refused. */
export const v1_6_2: Version = {
  ...v1_6_1,
  name: '1.6.2',
  told: '1.6.2',
  sdks: { 'client-web': '17.0.0', 'server-nodejs': '15.0.0' },
  isUnknownKeyGuest: false,
  hasPing: true,
  pools: without(v1_6_1.pools, 'queue'),
  depthEndpoints: { ...without(v1_6_1.depthEndpoints, 'usage', 'usage-dump'), ...statsEndpoints },
  failedQueues: Object.fromEntries(
    Object.entries(v1_6_1.failedQueues).map(([name, queue]) => renamed[name] ?? [name, queue])
  )
}
