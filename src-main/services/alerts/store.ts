import type { z } from 'zod'
import type { PastAlert, Rule, Silence } from '../../contract/alerts.ts'
import { rule, silence } from '../../contract/schemas/alerts.ts'
import type { Group } from '../../core/alerts/groups.ts'
import type { Instance } from '../../core/alerts/instance.ts'
import type { OutboxChange } from '../../core/webhooks/outbox.ts'
import { meaningOf, type EncryptedDatabase } from '../database.ts'
import { keptRow } from '../kept-row.ts'
import type { Log } from '../ports.ts'
import { WebhookStore } from '../webhooks/store.ts'
import { keptGroup, keptInstance, keptPast, keptWatch, type KeptWatch } from './kept.ts'
import { openAlerts } from './open-alerts.ts'

/** What one look at a server, or one act of a person, changed. */
export interface AlertChange {
  /** `null` for one to be forgotten. */
  readonly alerts: ReadonlyMap<string, Instance | null>
  /** All there are. */
  readonly notices: readonly Group[]
  readonly past: readonly PastAlert[]
  /** What webhooks are to be told of it. */
  readonly outbox: OutboxChange
}

export interface AlertStoreOptions {
  readonly folder: string
  /** 64 hexadecimal digits; `null` keeps all in memory. */
  readonly key: string | null
  readonly log: Log
}

/** How many alerts that are over are kept. */
const mostPast = 1000
const nothing: Pick<AlertChange, 'alerts' | 'past'> = { alerts: new Map(), past: [] }

/**
 * What must outlive a crash: rules, silences, the state of each alert, and which notices were handed over. One encrypted
 * file; one that is damaged is set aside and a new one begun, since an alert that cannot be read must not stop the watch.
 */
export class AlertStore {
  readonly #database: EncryptedDatabase
  readonly #log: Log
  #owed: Pick<AlertChange, 'alerts' | 'past'> = nothing
  readonly webhooks: WebhookStore
  /** Why what is kept here may not last, in one sentence; `null` when it does. */
  readonly trouble: string | null

  constructor({ folder, key, log }: AlertStoreOptions) {
    this.#log = log
    const { database, trouble } = openAlerts(folder, key, log)
    this.#database = database
    this.webhooks = new WebhookStore(database, trouble, log)
    this.trouble = trouble
  }

  /** `null` where no rules were ever kept: those of a new installation apply then. */
  rules(): readonly Rule[] | null {
    const isSeen = this.#database.prepare('SELECT 1 FROM seen WHERE key = ?').row('rules') !== null
    return isSeen ? this.#read('rule', rule) : null
  }

  writeRules(rules: readonly Rule[]): void {
    this.#write(() => {
      this.#database.prepare('DELETE FROM rule').run()
      const insert = this.#database.prepare('INSERT INTO rule (id, body) VALUES (?, ?)')
      for (const one of rules) insert.run(one.ruleId, JSON.stringify(one))
      this.#database.prepare('INSERT OR IGNORE INTO seen (key) VALUES (?)').run('rules')
    })
  }

  silences(): readonly Silence[] {
    return this.#read('silence', silence)
  }

  writeSilences(silences: readonly Silence[]): void {
    this.#write(() => {
      this.#database.prepare('DELETE FROM silence').run()
      const insert = this.#database.prepare('INSERT INTO silence (id, body) VALUES (?, ?)')
      for (const one of silences) insert.run(one.silenceId, JSON.stringify(one))
    })
  }

  alerts(): readonly Instance[] {
    return this.#read('alert', keptInstance)
  }

  notices(): readonly Group[] {
    return this.#read('notice', keptGroup)
  }

  /** Newest first. */
  past(limit: number): readonly PastAlert[] {
    const rows = this.#database
      .prepare('SELECT CAST(body AS BLOB) FROM past ORDER BY resolvedMs DESC LIMIT ?')
      .rows(limit)
    return rows.flatMap(([body]) => keptRow(keptPast, body, 'alerts', this.#log) ?? [])
  }

  watch(): KeptWatch {
    const row = this.#database.prepare('SELECT CAST(body AS BLOB) FROM watch WHERE key = ?').row('watch')
    const kept = row === null ? null : keptRow(keptWatch, row[0], 'alerts', this.#log)
    return kept ?? { pause: null, offline: null }
  }

  writeWatch(watch: KeptWatch): void {
    this.#write(() => {
      this.#database
        .prepare('INSERT OR REPLACE INTO watch (key, body) VALUES (?, ?)')
        .run('watch', JSON.stringify(watch))
    })
  }

  /** Whether something waits to be kept: the disk did not take it. */
  get isBehind(): boolean {
    return this.#owed !== nothing
  }

  /**
   * Keeps all of a change or nothing: a notice is never known without the alert it is about, nor is an alert told of
   * which no webhook hears. What could not be kept is kept with the next change.
   */
  keep(change: AlertChange): void {
    const alerts = new Map([...this.#owed.alerts, ...change.alerts])
    const { notices } = change
    const past = [...this.#owed.past, ...change.past]
    this.webhooks.owe(change.outbox)
    const isKept = this.#write(() => {
      const put = this.#database.prepare('INSERT OR REPLACE INTO alert (id, body) VALUES (?, ?)')
      const drop = this.#database.prepare('DELETE FROM alert WHERE id = ?')
      for (const [alertId, instance] of alerts) {
        if (instance === null) drop.run(alertId)
        else put.run(alertId, JSON.stringify(instance))
      }
      this.#database.prepare('DELETE FROM notice').run()
      const notice = this.#database.prepare('INSERT INTO notice (id, body) VALUES (?, ?)')
      for (const group of notices) notice.run(group.noticeId, JSON.stringify(group))
      const over = this.#database.prepare('INSERT INTO past (resolvedMs, body) VALUES (?, ?)')
      for (const one of past) over.run(Math.round(one.resolvedMs), JSON.stringify(one))
      if (past.length > 0)
        this.#database
          .prepare('DELETE FROM past WHERE rowid NOT IN (SELECT rowid FROM past ORDER BY resolvedMs DESC LIMIT ?)')
          .run(mostPast)
      this.webhooks.writeOwed()
    })
    if (isKept) this.webhooks.paid()
    this.#owed = isKept ? nothing : { alerts, past: past.slice(-mostPast) }
  }

  close(): void {
    this.webhooks.closed()
    try {
      this.#database.checkpoint()
    } finally {
      this.#database.close()
    }
  }

  #read<Value>(table: 'rule' | 'silence' | 'alert' | 'notice', schema: z.ZodType<Value>): readonly Value[] {
    const rows = this.#database.prepare(`SELECT CAST(body AS BLOB) FROM ${table} ORDER BY rowid`).rows()
    return rows.flatMap(([body]) => keptRow(schema, body, 'alerts', this.#log) ?? [])
  }

  /** A full disk must not stop the watch: what is in memory goes on. `false` when it was not written. */
  #write(act: () => void): boolean {
    try {
      this.#database.transaction(act)
      return true
    } catch (thrown) {
      if (meaningOf(thrown) === null) throw thrown
      this.#log(`alerts were not kept: ${String(thrown)}`)
      return false
    }
  }
}
