import type { CapabilityRow, KeyScope } from '../../../src-main/contract/capabilities.ts'
import type { ServerState } from '../../../src-main/contract/fleet.ts'
import type { Check, CheckId, CheckName, Level } from '../../../src-main/contract/health.ts'

export interface CheckWords {
  /** What the check tells. */
  readonly means: string
  /** Where to look when it fails. */
  readonly look: string
  /** The operation it is, as in the matrix of what a server offers. */
  readonly operation: string
}

/** What each check means; what the server does for it is in the API facts §2 and §3. */
const checkWords: Readonly<Record<CheckName | 'certificate', CheckWords>> = {
  certificate: {
    means: 'The server connects to port 443 of the domain and reads its certificate.',
    look: 'The worker appwrite-worker-certificates and port 80 of the domain, by which certificates are renewed.',
    operation: 'GET /health/certificate'
  },
  http: {
    means: 'Appwrite takes requests. It says nothing about what lies behind.',
    look: 'The container appwrite and the proxy in front of it.',
    operation: 'GET /health'
  },
  db: {
    means: 'Each database pool answers a ping.',
    look: 'The container mariadb: its log, free disk, open connections. Nearly every request needs it.',
    operation: 'GET /health/db'
  },
  cache: {
    means: 'Redis answers as a cache. From 1.7.2 on a failure is an error, not an answer.',
    look: 'The container redis: its memory and log. After it was away, restart Appwrite as well.',
    operation: 'GET /health/cache'
  },
  queue: {
    means: 'Redis answers as the queue. Later versions do not tell it apart.',
    look: 'The container redis, then the workers.',
    operation: 'GET /health/queue'
  },
  pubsub: {
    means: 'Redis answers as the exchange of realtime messages.',
    look: 'The container redis, then realtime.',
    operation: 'GET /health/pubsub'
  },
  storage: {
    means: 'A small file is written, read and deleted on the devices of files, functions and builds.',
    look: 'Free space and rights of the volumes, or the bucket and its keys where files are kept elsewhere.',
    operation: 'GET /health/storage'
  },
  'storage-local': {
    means: 'The folders for uploads, cache, config and certificates can be read and written.',
    look: 'Free space and rights of the volumes of the container appwrite.',
    operation: 'GET /health/storage/local'
  },
  time: {
    means: 'How far the server’s clock is off, by a time server. Above 60 s Appwrite calls it failed.',
    look: 'The host’s time service, and whether NTP (UDP 123) gets out.',
    operation: 'GET /health/time'
  },
  'anti-virus': {
    means: 'The scanner of uploads. Most servers run without one: disabled is fine.',
    look: 'The container clamav, which takes minutes and over 1 GB of memory to start.',
    operation: 'GET /health/anti-virus'
  }
}

/** The words of a check; all certificates share theirs. */
export function wordsOf(check: CheckId): CheckWords {
  return checkWords[check.startsWith('certificate/') ? 'certificate' : (check as CheckName)]
}

/** Why a check is not offered, by what is known of its operation: which versions have it, and what tells more. */
export function notOffered(check: CheckId, rows: readonly CapabilityRow[]): string {
  const row = rows.find(({ operation }) => operation === wordsOf(check).operation)
  const versions = row === undefined ? '' : versionsOf(row)
  const instead = row?.instead == null ? '' : ` Instead: ${row.instead}.`
  return `Not offered by this server${versions === '' ? '' : ` (${versions})`}.${instead}`
}

/** Whether the server itself answers, whatever its checks say. */
export function reachLevel(state: ServerState): Level {
  if (state === 'live' || state === 'degraded') return 'ok'
  if (state === 'down') return 'critical'
  return state === 'unauthorised' ? 'unauthorised' : 'unknown'
}

/** What to do about a check that refuses a key which the server takes elsewhere. */
export const refusedAdvice =
  'The key is taken elsewhere, but not for this check. See under Keys what it may read, or add a connection with another key.'

/** The shape and colour of an operation. Unknown is never green. */
export const offeringLevels: Readonly<Record<CapabilityRow['offering'], Level>> = {
  offered: 'ok',
  'not-offered': 'not-offered',
  unknown: 'unknown'
}

export const offeringWords: Readonly<Record<CapabilityRow['offering'], string>> = {
  offered: 'Offered',
  'not-offered': 'Not offered',
  unknown: 'Unknown'
}

/** Which versions have an operation: `since 1.6.0, until 1.6.2`; empty where all do. `2.0.0` is not released yet. */
export function versionsOf({ since, until }: Pick<CapabilityRow, 'since' | 'until'>): string {
  const from = since === '1.5.0' ? '' : since === '2.0.0' ? 'only after 1.9.6' : `since ${since}`
  const to = until === null ? '' : until === '2.0.0' ? 'removed after 1.9.6' : `until ${until}`
  return [from, to].filter((part) => part !== '').join(', ')
}

/** How well it is known. */
export function wordOf({ word, offering }: Pick<CapabilityRow, 'word' | 'offering'>): string {
  if (word === 'confirmed') return 'confirmed'
  if (word === 'contradicted') return `${offering === 'offered' ? 'answered' : 'refused'} against its version`
  return offering === 'unknown' ? 'not asked' : 'by version'
}

/** The shape and colour of a scope. */
export const scopeLevels: Readonly<Record<KeyScope['state'], Level>> = {
  granted: 'ok',
  missing: 'not-offered',
  unknown: 'unknown'
}

/** What a key can do for a part of Standby. */
export const readingWords: Readonly<Record<KeyScope['state'], string>> = {
  granted: 'can be read',
  missing: 'cannot be read',
  unknown: 'not found out'
}

/** How far the server's clock is off, in a sentence; `null` is a check that was not asked yet. */
export function driftSentence(check: Check | null): string {
  if (check === null) return 'The server has not compared its clock with a time server yet.'
  if (check.level === 'not-offered') return 'This server does not compare its clock with a time server.'
  if (check.driftMs === 0) return 'The server’s clock agrees with its time server.'
  if (check.driftMs !== null)
    return `The server’s clock is ${Math.abs(check.driftMs) / 1000} s ${check.driftMs < 0 ? 'ahead of' : 'behind'} its time server.`
  const why = check.fault === null ? '' : ` ${check.fault.message}`
  return `How far the clock is off is not known.${why} The server needs NTP (UDP 123) for it.`
}
