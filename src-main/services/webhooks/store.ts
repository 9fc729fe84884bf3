import type { OutboxMessage } from '../../core/webhooks/message.ts'
import type { OutboxChange } from '../../core/webhooks/outbox.ts'
import { meaningOf, type EncryptedDatabase } from '../database.ts'
import { keptRow } from '../kept-row.ts'
import type { Log } from '../ports.ts'
import { keptMessage, keptWebhook, type KeptWebhook } from './kept.ts'

/** The webhooks and their outbox, in the file of the alerts: what is told and that it is told are kept together. */
export class WebhookStore {
  readonly #database: EncryptedDatabase
  readonly #log: Log
  #owed = new Map<string, OutboxMessage | null>()
  #isClosed = false
  /** Why what is kept here may not last, or what was lost, in one sentence; `null` when all is well. */
  readonly trouble: string | null

  constructor(database: EncryptedDatabase, trouble: string | null, log: Log) {
    this.#database = database
    this.#log = log
    this.trouble = trouble
  }

  webhooks(): readonly KeptWebhook[] {
    const rows = this.#database.prepare('SELECT CAST(body AS BLOB) FROM webhook ORDER BY rowid').rows()
    return rows.flatMap(([body]) => keptRow(keptWebhook, body, 'webhooks', this.#log) ?? [])
  }

  outbox(): readonly OutboxMessage[] {
    const rows = this.#database.prepare('SELECT CAST(body AS BLOB) FROM outbox ORDER BY seq').rows()
    return rows.flatMap(([body]) => keptRow(keptMessage, body, 'messages', this.#log) ?? [])
  }

  /** All there are, with what came of it in the outbox. */
  keep(webhooks: readonly KeptWebhook[], outbox: OutboxChange): void {
    this.owe(outbox)
    if (this.#isClosed) return
    try {
      this.#database.transaction(() => {
        this.#database.prepare('DELETE FROM webhook').run()
        const insert = this.#database.prepare('INSERT INTO webhook (id, body) VALUES (?, ?)')
        for (const one of webhooks) insert.run(one.webhookId, JSON.stringify(one))
        this.writeOwed()
      })
      this.paid()
    } catch (thrown) {
      if (meaningOf(thrown) === null) throw thrown
      this.#log(`webhooks were not kept: ${String(thrown)}`)
    }
  }

  /** What must be written with whatever is written next: a full disk owes it until there is room. */
  owe(outbox: OutboxChange): void {
    for (const [messageId, message] of outbox) this.#owed.set(messageId, message)
  }

  /** Within a transaction of the caller's, who calls `paid` once that is through. */
  writeOwed(): void {
    const put = this.#database.prepare('INSERT OR REPLACE INTO outbox (id, seq, body) VALUES (?, ?, ?)')
    const drop = this.#database.prepare('DELETE FROM outbox WHERE id = ?')
    for (const [messageId, message] of this.#owed) {
      if (message === null) drop.run(messageId)
      else put.run(messageId, message.seq, JSON.stringify(message))
    }
  }

  paid(): void {
    this.#owed = new Map()
  }

  /** The file is closed by its owner. */
  closed(): void {
    this.#isClosed = true
  }
}
