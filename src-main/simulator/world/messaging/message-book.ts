import type { Clock } from '../clock.ts'
import { createDice } from '../functions/dice.ts'
import { idAt } from '../functions/ids.ts'
import { saltOf } from '../random.ts'
import type { Audience } from './audience.ts'
import type { Delivery, Message } from './message.ts'
import { failureOf, seededMessages } from './seeded-messages.ts'

/** What a caller writes of a message. */
export type Writing = Pick<
  Message,
  'providerType' | 'topics' | 'users' | 'targets' | 'data' | 'isDraft' | 'scheduledAtMs'
>

/** The messages of one project: those that are written by themselves, and those that callers wrote here. */
export interface MessageBook {
  /** Oldest first. */
  readonly all: () => readonly Message[]
  readonly find: (id: string) => Message | null
  /** `null` makes an id. */
  readonly write: (writing: Writing, id: string | null) => Message
  /** In the place of what was written before; `null` when there is none. */
  readonly rewrite: (id: string, writing: Writing) => Message | null
  readonly delete: (id: string) => void
  readonly clear: () => void
}

/** How many of those that can be reached in general cannot be reached this time. */
const failing = 0.04

/** What will come of sending a message to whom it is for, as things are now. */
function deliveryOf(seed: number, audience: Audience, writing: Writing, index: number): Delivery {
  const { providerType } = writing
  if (!audience.providers().some(({ type, isEnabled }) => type === providerType && isEnabled)) {
    return { delivered: 0, errors: ['No enabled provider found.'] }
  }
  const all = audience.reached(writing, providerType)
  if (all.length === 0) return { delivered: 0, errors: ['No valid recipients found.'] }
  const dice = createDice(seed, saltOf('delivery'), index)
  const lost = all.filter(({ isExpired }) => isExpired || dice.isHit(failing))
  return {
    delivered: all.length - lost.length,
    errors: lost.map(({ identifier }) => failureOf(identifier, providerType, dice))
  }
}

export function createMessageBook(seed: number, audience: Audience, clock: Clock): MessageBook {
  const written = new Map<string, Message>()
  const deleted = new Set<string>()
  let isCleared = false
  let count = 0

  const all = (): readonly Message[] => {
    const nowMs = clock.nowMs()
    const people = { users: audience.users(), topics: audience.topics() }
    const seeded = isCleared ? [] : seededMessages(seed, people, nowMs)
    const mine = [...written.values()].filter(({ createdAtMs }) => createdAtMs <= nowMs)
    const kept = [...seeded.filter(({ id }) => !written.has(id)), ...mine].filter(({ id }) => !deleted.has(id))
    return kept.sort((a, b) => a.createdAtMs - b.createdAtMs)
  }
  const find = (id: string) => all().find((message) => message.id === id) ?? null
  const store = (writing: Writing, id: string | null, createdAtMs: number | null): Message => {
    const nowMs = Math.floor(clock.nowMs())
    const index = nowMs + count++
    const dice = createDice(seed, saltOf('written'), index)
    const delivery = deliveryOf(seed, audience, writing, index)
    const message: Message = {
      ...writing,
      id: id ?? idAt(nowMs, dice),
      createdAtMs: createdAtMs ?? nowMs,
      changedAtMs: nowMs,
      queuedAtMs: writing.isDraft ? null : (writing.scheduledAtMs ?? nowMs),
      queueMs: dice.around(1_200, 0.5),
      sendMs: dice.around(700 + 14 * delivery.delivered, 0.4),
      delivery
    }
    written.set(message.id, message)
    return message
  }
  return {
    all,
    find,
    write: (writing, id) => {
      if (id !== null) deleted.delete(id)
      return store(writing, id, null)
    },
    rewrite: (id, writing) => {
      const before = find(id)
      return before === null ? null : store(writing, id, before.createdAtMs)
    },
    delete: (id) => {
      written.delete(id)
      deleted.add(id)
    },
    clear: () => {
      isCleared = true
      written.clear()
      deleted.clear()
    }
  }
}
