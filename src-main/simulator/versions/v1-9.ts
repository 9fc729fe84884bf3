import { checkingOrigins } from '../http/headers.ts'
import { crashed, refusedAs, served, type Ending } from '../http/ending.ts'
import type { Queue } from '../world/queue-profiles.ts'
import type { Version } from './version.ts'
import { v1_8_1 } from './v1-8.ts'

const allowedHeaders = [
  'Accept, Origin, Cookie, Set-Cookie, Content-Type, Content-Range, X-Appwrite-Project, X-Appwrite-Key',
  'X-Appwrite-Dev-Key, X-Appwrite-Locale, X-Appwrite-Mode, X-Appwrite-JWT, X-Appwrite-Organization',
  'X-Appwrite-Response-Format, X-Appwrite-Timeout, X-Appwrite-ID, X-Appwrite-Timestamp, X-Appwrite-Session',
  'X-Appwrite-Platform, X-Appwrite-Impersonate-User-Id, X-Appwrite-Impersonate-User-Email',
  'X-Appwrite-Impersonate-User-Phone, X-SDK-Version, X-SDK-Name, X-SDK-Language, X-SDK-Platform, X-SDK-GraphQL',
  'X-SDK-Profile, Range, Cache-Control, Expires, Pragma, X-Fallback-Cookies, X-Requested-With'
].join(', ')

/** One round of trying Redis again; a request goes through one or two of them. */
const roundMs = 48_000

function withoutDatabase(path: string): Ending {
  if (path === 'health/version') return crashed(52_000)
  if (path === 'health/cache' || path === 'health/storage') return refusedAs('general_unknown', 90_000)
  return { kind: 'refused', type: 'general_unknown', heldMs: 0, isEarly: true }
}

function withoutRedis(path: string): Ending {
  if (path === 'health/cache') return { kind: 'unanswered', heldMs: 0 }
  if (path === 'health/pubsub') return refusedAs('general_server_error', roundMs)
  if (path === 'health/db') return refusedAs('general_unknown', 2 * roundMs)
  if (path.startsWith('health/queue/')) return refusedAs('general_unknown', roundMs)
  const isShort = path === 'health/version' || path === 'health/storage/local'
  return { kind: 'served', heldMs: isShort ? roundMs : 2 * roundMs }
}

/** A name put behind another, as the refusal of an unknown one lists them in order. */
function after(before: string, name: string, queue: Queue, all: Version['failedQueues']): Version['failedQueues'] {
  const entries = Object.entries(all)
  const at = entries.findIndex(([candidate]) => candidate === before) + 1
  return Object.fromEntries([...entries.slice(0, at), [name, queue], ...entries.slice(at)])
}

/** Pings are measured, unknown routes are pages, and an outage of Redis is a long wait. */
export const v1_9_6: Version = {
  ...v1_8_1,
  name: '1.9.6',
  told: '1.9.6',
  sdks: { 'client-web': '22.4.0', 'console-cli': '13.5.0', 'server-nodejs': '22.0.1' },
  publicCodes: [...v1_8_1.publicCodes, 405],
  needsProjectHeader: true,
  refusesSessionWithKey: false,
  refusesForeignOrigin: true,
  headers: checkingOrigins(allowedHeaders),
  lostRoute: { kind: 'page' },
  outages: {
    database: withoutDatabase,
    redis: withoutRedis,
    restartOwed: (path) => (path.startsWith('health/queue/') ? refusedAs('general_unknown') : served)
  },
  pools: { ...v1_8_1.pools, cache: ['Cache'] },
  storageFailure: 'general_unknown',
  isPingReal: true,
  hostText: (reason) => `Failed to connect to host: (0) ${reason}`,
  depthEndpoints: { ...v1_8_1.depthEndpoints, audits: { queue: 'logs', redisName: 'v1-audits' } },
  hiddenQueues: { 'v1-executions': 'executions', 'v1-screenshots': 'screenshots' },
  failedQueues: after('v1-builds', 'v1-screenshots', 'screenshots', v1_8_1.failedQueues),
  thresholdBits: 32,
  depthText: (size, threshold) => `Queue jobs threshold hit. Current value is ${size} and threshold is ${threshold}.`,
  failedText: (size, threshold) =>
    `Queue failed jobs threshold hit. Current value is ${size} and threshold is ${threshold}.`,
  localeCache: null
}

/** Not released: every depth endpoint is gone, and what it says of itself is still the release before. */
export const main: Version = {
  ...v1_9_6,
  name: 'main',
  hasGeo: true,
  depthEndpoints: {},
  failedQueues: { ...v1_9_6.failedQueues, 'v1-notifications': 'notifications' }
}
