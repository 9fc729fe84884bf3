/**
 * The container that works a queue off, as the compose file names it that Appwrite's installer writes
 * (`app/views/install/compose.phtml`; `-stats-…` from 1.6.2, `-screenshots`, `-executions` and `-notifications` from
 * 1.9 on). An operator may have renamed it.
 */
const workers: Readonly<Record<string, string>> = {
  builds: 'appwrite-worker-builds',
  certificates: 'appwrite-worker-certificates',
  databases: 'appwrite-worker-databases',
  deletes: 'appwrite-worker-deletes',
  executions: 'appwrite-worker-executions',
  functions: 'appwrite-worker-functions',
  logs: 'appwrite-worker-audits',
  mails: 'appwrite-worker-mails',
  messaging: 'appwrite-worker-messaging',
  migrations: 'appwrite-worker-migrations',
  notifications: 'appwrite-worker-notifications',
  screenshots: 'appwrite-worker-screenshots',
  'stats-resources': 'appwrite-worker-stats-resources',
  'stats-usage': 'appwrite-worker-stats-usage',
  usage: 'appwrite-worker-usage',
  'usage-dump': 'appwrite-worker-usage-dump',
  webhooks: 'appwrite-worker-webhooks'
}

/** The worker of a queue, by the name its health endpoint has; of an unknown queue by the rule the others follow. */
export const workerOf = (queue: string): string =>
  Object.hasOwn(workers, queue) ? (workers[queue] ?? '') : `appwrite-worker-${queue}`
