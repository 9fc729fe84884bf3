import type { Fault } from './fault.ts'

/** How bad something is, in the order of the language of states. */
export type Level = 'ok' | 'warning' | 'critical' | 'unknown' | 'not-offered'

export const checkNames = [
  'http',
  'db',
  'cache',
  'queue',
  'pubsub',
  'storage',
  'storage-local',
  'time',
  'anti-virus'
] as const
export type CheckName = (typeof checkNames)[number]

/** One component check of a server. */
export interface Check {
  readonly check: CheckName
  readonly level: Level
  /** The result in a few words: `3 ms`, `2 s off`, `disabled`, `database_db_main failed`. */
  readonly text: string
  readonly atMs: number
  /** When the check came to its present level. */
  readonly sinceMs: number
  readonly fault: Fault | null
}
