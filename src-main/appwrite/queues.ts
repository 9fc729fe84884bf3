import { isOffered, type Offer } from './offers.ts'
import { isAtLeast, type ServerVersion } from './versions.ts'

/** Every queue some version has, by the name its health endpoint has or would have. */
export const serverQueueNames = [
  'builds',
  'certificates',
  'databases',
  'deletes',
  'functions',
  'logs',
  'mails',
  'messaging',
  'migrations',
  'usage',
  'usage-dump',
  'stats-resources',
  'stats-usage',
  'webhooks',
  'screenshots',
  'executions',
  'notifications'
] as const
export type ServerQueueName = (typeof serverQueueNames)[number]

/** A queue as one version has it. */
export interface ServerQueue {
  readonly name: ServerQueueName
  /** The name of its list in Redis, unless the operator renamed it: from 1.9 on that can be done. */
  readonly redisName: string
  /** How its depth is asked for: by an endpoint of its own, through the one that takes any name, or not at all. */
  readonly depth: 'endpoint' | 'by-name' | 'none'
  /** Its name for counting failed jobs; `null` where the version counts none for it. */
  readonly failedName: string | null
}

interface Row extends Offer {
  readonly redisName: string
  readonly hasEndpoint: boolean
  /** Default: as in Redis. */
  readonly failedName?: string | null
}

const asEver = (redisName: string): Row => ({ redisName, hasEndpoint: true })

/** API facts §12, and its corrections for `executions`, which was seen on 1.9.6. */
const rows: Readonly<Record<ServerQueueName, Row>> = {
  builds: asEver('v1-builds'),
  certificates: asEver('v1-certificates'),
  // Database jobs run on the queue of their database, for which no failed jobs are counted: this count stays 0.
  databases: { ...asEver('database_db_main'), failedName: 'v1-database' },
  deletes: asEver('v1-deletes'),
  functions: asEver('v1-functions'),
  // 1.9 has an endpoint `audits` besides, for the same queue.
  logs: asEver('v1-audits'),
  mails: asEver('v1-mails'),
  messaging: asEver('v1-messaging'),
  migrations: asEver('v1-migrations'),
  usage: { ...asEver('v1-usage'), until: '1.6.2' },
  'usage-dump': { ...asEver('v1-usage-dump'), until: '1.6.2' },
  'stats-resources': { ...asEver('v1-stats-resources'), since: '1.6.2' },
  'stats-usage': { ...asEver('v1-stats-usage'), since: '1.6.2' },
  webhooks: asEver('v1-webhooks'),
  screenshots: { redisName: 'v1-screenshots', hasEndpoint: false, since: '1.9.0' },
  executions: { redisName: 'v1-executions', hasEndpoint: false, since: '1.9.5', failedName: null },
  notifications: { redisName: 'v1-notifications', hasEndpoint: false, since: '2.0.0' }
}

/** The queues of a version, in the order of `serverQueueNames`. An unknown version is taken for 1.5. */
export function queuesOf(version: ServerVersion | null): readonly ServerQueue[] {
  const has = (row: Row): boolean => (version === null ? row.since === undefined : isOffered(row, version) === true)
  return serverQueueNames.filter((name) => has(rows[name])).map((name) => queueOf(name, rows[name], version))
}

/** The legal names for counting failed jobs; any other is refused by the server. */
export function failedNamesOf(version: ServerVersion | null): readonly string[] {
  return queuesOf(version).flatMap(({ failedName }) => (failedName === null ? [] : [failedName]))
}

function queueOf(name: ServerQueueName, row: Row, version: ServerVersion | null): ServerQueue {
  const { redisName, hasEndpoint, failedName = redisName } = row
  const depth = isAtLeast(version, '2.0.0') ? 'none' : hasEndpoint ? 'endpoint' : 'by-name'
  return { name, redisName, depth, failedName }
}
