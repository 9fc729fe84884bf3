import type { Simulator } from '../../../src-main/simulator/simulator.ts'
import { queues } from '../../../src-main/simulator/world/queue-profiles.ts'
import type { Trouble } from '../../../src-main/simulator/world/troubles.ts'
import type { Recording } from './recordings.ts'

const special: Readonly<Record<string, Trouble>> = {
  'health-time-diff2': { kind: 'time-off', seconds: 2 },
  'health-time-gap-error': { kind: 'time-off', seconds: 3600 },
  'health-anti-virus-enabled-offline': { kind: 'check-fail', check: 'anti-virus' }
}

/** Held for 48 to 96 seconds by the real server; here for as long as it takes to see that it was held. */
export const holdMs = 60

/** The state of the server behind a recording, by its name. */
export function troubleOf(name: string): readonly Trouble[] {
  const found = special[name]
  if (found !== undefined) return [found]
  if (name.startsWith('db-down')) return [{ kind: 'database-down', holdMs }]
  if (name.startsWith('redis-down')) return [{ kind: 'redis-down', holdMs }]
  if (/^(redis|db)-restarted-appwrite-not|^redis-restarted/.test(name)) return [{ kind: 'restart-owed' }]
  // Theirs were still empty or not; ours never are for sure, nor full.
  const asked = /queue-(?:failed-v1-)?(.+)-threshold-1$/.exec(name)?.[1] ?? ''
  const alias: Readonly<Record<string, string>> = { audits: 'logs', 'stats-usage': 'usage' }
  const queue = queues.find((candidate) => candidate === (alias[asked] ?? asked))
  return queue === undefined ? [] : [{ kind: 'flood', queue, jobs: 9 }]
}

/** The header with our key for the recorded one; none where none was sent. */
export function keyHeader(simulator: Simulator, { name, request }: Recording): Record<string, string> {
  if (request.key === null) return {}
  const [project] = simulator.projects
  // The recorder's wrong keys differ in what they begin with.
  const prefix = name.endsWith('unknown-prefix') ? 'bogus_' : name.endsWith('standard-prefix') ? 'standard_' : ''
  const keys: Readonly<Record<string, string | undefined>> = {
    full: project?.apiKey,
    expired: project?.expiredKey,
    'locale-only': project?.narrowKey,
    'functions-read': project?.readKey,
    'health-only': project?.bareKey,
    invalid: `${prefix}${'f'.repeat(256)}`
  }
  const key = keys[request.key]
  if (key === undefined) throw new Error(`No key for "${request.key}".`)
  return { 'X-Appwrite-Key': key }
}
