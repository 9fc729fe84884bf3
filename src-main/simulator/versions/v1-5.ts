import { rewritingOrigins } from '../http/headers.ts'
import { crashed } from '../http/ending.ts'
import type { Version } from './version.ts'

/** What a browser may send to every version until 1.6. */
const allowedHeaders = [
  'Origin, Cookie, Set-Cookie, X-Requested-With, Content-Type, Access-Control-Allow-Origin',
  'Access-Control-Request-Headers, Accept, X-Appwrite-Project, X-Appwrite-Key, X-Appwrite-Locale, X-Appwrite-Mode',
  'X-Appwrite-JWT, X-Appwrite-Response-Format, X-Appwrite-Timeout, X-SDK-Version, X-SDK-Name, X-SDK-Language',
  'X-SDK-Platform, X-SDK-GraphQL, X-Appwrite-ID, X-Appwrite-Timestamp, Content-Range, Range, Cache-Control, Expires',
  'Pragma'
].join(', ')

/** The last of 1.5, which Standby is made for: the others are told by what they changed. */
export const v1_5_11: Version = {
  name: '1.5.11',
  told: '1.5.11',
  sdks: { 'client-web': '15.0.0', 'server-nodejs': '13.0.0' },

  publicCodes: [400, 401, 402, 403, 404, 408, 409, 412, 416, 429, 451, 501, 503],
  guestScopes: ['global', 'public', 'home', 'graphql', 'locale.read', 'execution.write'],
  impliedKeyScopes: ['global', 'health.read', 'graphql'],
  keyPrefix: '',
  isUnknownKeyGuest: true,
  needsProjectHeader: false,
  refusesSessionWithKey: true,
  refusesForeignOrigin: false,
  scopeText: (scopes) => `missing scope (${scopes.join(', ')})`,

  headers: rewritingOrigins(allowedHeaders),
  lostRoute: {
    kind: 'json',
    message: 'The requested route was not found. Please refer to the API docs and try again.'
  },
  outsideApi: 'text',
  hasPing: false,
  leastZippedBytes: 0,
  zippedHeaders: {},
  outages: {
    // The cache check is held while the server tries its database again.
    database: (path) => (path === 'health/cache' ? crashed(4000) : { kind: 'page', heldMs: 0 }),
    redis: () => crashed(),
    restartOwed: () => crashed()
  },

  pools: {
    db: ['Console.DB (console)', 'Projects.DB (database_db_main)'],
    cache: ['Cache (cache_redis_main)'],
    queue: ['Queue (queue)'],
    pubsub: ['PubSub (pubsub)']
  },
  softChecks: ['cache', 'queue', 'pubsub'],
  storageFailure: 'general_server_error',
  isPingReal: false,
  hasGeo: false,
  hostText: null,

  depthEndpoints: {
    builds: { queue: 'builds', redisName: 'v1-builds' },
    certificates: { queue: 'certificates', redisName: 'v1-certificates' },
    databases: { queue: 'databases', redisName: 'database_db_main' },
    deletes: { queue: 'deletes', redisName: 'v1-deletes' },
    functions: { queue: 'functions', redisName: 'v1-functions' },
    logs: { queue: 'logs', redisName: 'v1-audits' },
    mails: { queue: 'mails', redisName: 'v1-mails' },
    messaging: { queue: 'messaging', redisName: 'v1-messaging' },
    migrations: { queue: 'migrations', redisName: 'v1-migrations' },
    usage: { queue: 'usage', redisName: 'v1-usage' },
    'usage-dump': { queue: 'usage-dump', redisName: 'v1-usage-dump' },
    webhooks: { queue: 'webhooks', redisName: 'v1-webhooks' }
  },
  hiddenQueues: {},
  failedQueues: {
    // Database jobs run on `database_db_main`, so nothing ever fails under this name.
    'v1-database': null,
    'v1-deletes': 'deletes',
    'v1-audits': 'logs',
    'v1-mails': 'mails',
    'v1-functions': 'functions',
    'v1-usage': 'usage',
    'v1-usage-dump': 'usage-dump',
    'v1-webhooks': 'webhooks',
    'v1-certificates': 'certificates',
    'v1-builds': 'builds',
    'v1-messaging': 'messaging',
    'v1-migrations': 'migrations'
  },
  thresholdBits: 64,
  depthText: (size, threshold) => `Queue size threshold hit. Current size is ${size} and threshold is ${threshold}.`,
  failedText: (size, threshold) =>
    `Queue failed jobs threshold hit. Current size is ${size} and threshold is ${threshold}.`,

  localeCache: 'public'
}
