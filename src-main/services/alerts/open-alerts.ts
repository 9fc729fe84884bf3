import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { EncryptedDatabase, meaningOf } from '../database.ts'
import type { Log } from '../ports.ts'

const migrations: readonly string[] = [
  `CREATE TABLE rule (id TEXT PRIMARY KEY, body TEXT NOT NULL);
   CREATE TABLE silence (id TEXT PRIMARY KEY, body TEXT NOT NULL);
   CREATE TABLE alert (id TEXT PRIMARY KEY, body TEXT NOT NULL);
   CREATE TABLE notice (id TEXT PRIMARY KEY, body TEXT NOT NULL);
   CREATE TABLE past (resolvedMs INTEGER NOT NULL, body TEXT NOT NULL);
   CREATE TABLE seen (key TEXT PRIMARY KEY);`,
  'CREATE TABLE watch (key TEXT PRIMARY KEY, body TEXT NOT NULL);',
  `CREATE TABLE webhook (id TEXT PRIMARY KEY, body TEXT NOT NULL);
   CREATE TABLE outbox (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, body TEXT NOT NULL);`
]

export interface OpenedAlerts {
  readonly database: EncryptedDatabase
  /** Why what is kept here may not last, or what was lost, in one sentence. */
  readonly trouble: string | null
}

/**
 * The file of the alerts. One that is damaged is set aside and a new one begun; where there can be none, all is kept in
 * memory: an alert that cannot be kept must not stop the watch.
 */
export function openAlerts(folder: string, key: string | null, log: Log): OpenedAlerts {
  const inMemory = (trouble: string): OpenedAlerts => {
    return { database: new EncryptedDatabase({ path: ':memory:', key: null, migrations }), trouble }
  }
  if (key === null)
    return inMemory('Alerts are kept in memory until Standby closes: there is nowhere to keep the key to their file.')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'alerts.db')
  try {
    return { database: checked(new EncryptedDatabase({ path, key, migrations })), trouble: null }
  } catch (thrown) {
    log(`alerts cannot be opened: ${String(thrown)}`)
    if (meaningOf(thrown) !== 'damaged')
      return inMemory('The file of alerts cannot be used: they are kept in memory until Standby closes.')
  }
  for (const end of ['', '-wal', '-shm']) setAside(`${path}${end}`)
  try {
    const trouble = 'The file of alerts was damaged: it was set aside as alerts.db.damaged, and a new one was begun.'
    return { database: new EncryptedDatabase({ path, key, migrations }), trouble }
  } catch (thrown) {
    log(`alerts cannot be begun anew: ${String(thrown)}`)
    return inMemory('The file of alerts cannot be used: they are kept in memory until Standby closes.')
  }
}

/** Closed again where it is damaged. */
function checked(database: EncryptedDatabase): EncryptedDatabase {
  try {
    database.check()
    return database
  } catch (thrown) {
    database.close()
    throw thrown
  }
}

function setAside(path: string): void {
  try {
    renameSync(path, `${path}.damaged`)
  } catch {
    // There is none.
  }
}
