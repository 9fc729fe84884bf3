import { takenAt, workerless } from '../functions/postponed.ts'
import type { Span } from '../troubles.ts'
import type { ProviderType } from './user.ts'

/** What comes of sending: how many got it, and what went wrong. */
export interface Delivery {
  readonly delivered: number
  readonly errors: readonly string[]
}

/** A message as it was written; how far it has come follows from the time. */
export interface Message {
  readonly id: string
  readonly createdAtMs: number
  /** When it was last changed by hand. */
  readonly changedAtMs: number
  readonly providerType: ProviderType
  readonly topics: readonly string[]
  readonly users: readonly string[]
  readonly targets: readonly string[]
  readonly data: Readonly<Record<string, unknown>>
  readonly isDraft: boolean
  readonly scheduledAtMs: number | null
  /** When it was given to be sent; for a scheduled one that is its time. `null` for a draft. */
  readonly queuedAtMs: number | null
  /** How long the queue and the sending take in calm times. */
  readonly queueMs: number
  readonly sendMs: number
  readonly delivery: Delivery
}

export type MessageStatus = 'draft' | 'scheduled' | 'processing' | 'sent' | 'failed'

export interface MessageState {
  readonly message: Message
  readonly status: MessageStatus
  /** `null` until it is over. */
  readonly deliveredAtMs: number | null
  readonly updatedAtMs: number
}

/** How a message stands at a time: one recipient who did not get it makes the whole of it failed. */
export function messageAt(message: Message, spans: readonly Span[], nowMs: number): MessageState {
  const { isDraft, scheduledAtMs, queuedAtMs, changedAtMs, delivery } = message
  const state = (status: MessageStatus, deliveredAtMs: number | null = null): MessageState => ({
    message,
    status,
    deliveredAtMs,
    updatedAtMs: Math.max(changedAtMs, deliveredAtMs ?? 0)
  })
  if (isDraft || queuedAtMs === null) return state('draft')
  if (scheduledAtMs !== null && nowMs < scheduledAtMs) return state('scheduled')
  const endMs = takenAt(queuedAtMs + message.queueMs, workerless(spans, 'messaging')) + message.sendMs
  if (nowMs < endMs) return state('processing')
  return state(delivery.errors.length > 0 ? 'failed' : 'sent', endMs)
}
