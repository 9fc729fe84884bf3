import type { Queue } from './world/queue-profiles.ts'

/** What differs from one Appwrite version to the next (the API facts, §11 and §12). */
export interface Version {
  readonly name: string
  /** Every other code leaves as 500 with the message `Server Error` (§2). */
  readonly publicCodes: readonly number[]
  /** Scopes of a request without a valid key; only those that decide something here. */
  readonly guestScopes: readonly string[]
  /** What every valid key may do, whatever was ticked for it. */
  readonly impliedKeyScopes: readonly string[]
  /** Whether an unknown key is taken for no key at all; later versions refuse it. */
  readonly isUnknownKeyGuest: boolean
  /** Component checks that answer with a list, and the names of their pools. */
  readonly pools: Readonly<Record<string, readonly string[]>>
  /** Pool checks whose failure is told by `status: "fail"` in a 200; the others answer 500. */
  readonly softChecks: readonly string[]
  /** Depth endpoints under `/health/queue`: the queue each reads, and its name in Redis. */
  readonly depthEndpoints: Readonly<Record<string, { readonly queue: Queue; readonly redisName: string }>>
  /** The names `/health/queue/failed/{name}` takes, in the order its refusal lists them; `null` never has any. */
  readonly failedQueues: Readonly<Record<string, Queue | null>>
  readonly depthText: (size: number, threshold: number) => string
  readonly failedText: (size: number, threshold: number) => string
  /** `/versions` besides the server's own. */
  readonly sdks: Readonly<Record<string, string>>
}

const v1_5_11: Version = {
  name: '1.5.11',
  publicCodes: [400, 401, 402, 403, 404, 408, 409, 412, 416, 429, 451, 501, 503],
  guestScopes: ['global', 'public', 'home', 'graphql', 'locale.read', 'execution.write'],
  impliedKeyScopes: ['global', 'health.read', 'graphql'],
  isUnknownKeyGuest: true,
  pools: {
    db: ['Console.DB (console)', 'Projects.DB (database_db_main)'],
    cache: ['Cache (cache_redis_main)'],
    queue: ['Queue (queue)'],
    pubsub: ['PubSub (pubsub)']
  },
  softChecks: ['cache', 'queue', 'pubsub'],
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
  depthText: (size, threshold) => `Queue size threshold hit. Current size is ${size} and threshold is ${threshold}.`,
  failedText: (size, threshold) =>
    `Queue failed jobs threshold hit. Current size is ${size} and threshold is ${threshold}.`,
  sdks: { 'client-web': '15.0.0', 'server-nodejs': '13.0.0' }
}

const versions: ReadonlyMap<string, Version> = new Map([[v1_5_11.name, v1_5_11]])

export const supportedVersions: readonly string[] = [...versions.keys()]

/** The refusal of a version that is not among them. */
export function unsupported(name: string): string {
  return `Appwrite ${name} cannot be simulated; supported: ${supportedVersions.join(', ')}.`
}

/** Throws the refusal. */
export function versionNamed(name: string): Version {
  const version = versions.get(name)
  if (version === undefined) throw new Error(unsupported(name))
  return version
}
