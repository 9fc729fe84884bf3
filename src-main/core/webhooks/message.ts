import type { RuleKind, Severity } from '../../contract/alerts.ts'
import type { Environment } from '../../contract/connections.ts'

/** Something that happened to an alert, as it is told outside of this machine. */
export interface AlertNews {
  /** It fires or got worse, still fires after it was told, or is over. */
  readonly event: 'firing' | 'again' | 'resolved'
  readonly atMs: number
  readonly alertId: string
  readonly ruleId: string
  readonly ruleName: string
  readonly ruleKind: RuleKind
  readonly subject: string
  readonly severity: Severity
  /** What is wrong, in one sentence with figures. */
  readonly title: string
  /** `null` while nobody knows. */
  readonly value: number | null
  /** Of the level it is judged by; `null` where it is over. */
  readonly limit: number | null
  /** Since when it fires. */
  readonly sinceMs: number
  readonly isFlapping: boolean
  readonly runbookUrl: string
  readonly note: string
}

export interface NamedServer {
  readonly serverId: string
  readonly name: string
  readonly environment: Environment
}

/** Standby itself did not watch. */
export interface NotWatching {
  readonly kind: 'not-watching'
  readonly fromMs: number
  /** `null` while it still does not. */
  readonly toMs: number | null
  /** In a few words, such as `this machine had no network`. */
  readonly why: string
}

/** What a message is about. */
export type Content =
  | {
      readonly kind: 'alerts'
      readonly server: NamedServer
      /** Oldest first; never empty. */
      readonly news: readonly AlertNews[]
    }
  | NotWatching
  | { readonly kind: 'test' }

/** A message on its way to one webhook. */
export interface OutboxMessage {
  /** The same for each try: by it a receiver knows what it has already. */
  readonly messageId: string
  readonly webhookId: string
  /** Grows with each message. */
  readonly seq: number
  /** When the first of what it tells happened. */
  readonly atMs: number
  /** Before this nothing is sent: more of the same server may come. */
  readonly dueMs: number
  /** Tries so far, those that a crash cut off included. */
  readonly attempts: number
  readonly content: Content
}

/** A message as its body is made: at the moment it is handed over. */
export interface Outgoing {
  readonly messageId: string
  readonly atMs: number
  readonly sentMs: number
  readonly content: Content
}
