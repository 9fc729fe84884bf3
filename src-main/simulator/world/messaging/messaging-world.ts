import type { Clock } from '../clock.ts'
import { createDice } from '../functions/dice.ts'
import { idAt } from '../functions/ids.ts'
import type { ProjectIdentity } from '../project-identity.ts'
import { saltOf } from '../random.ts'
import type { Troubles } from '../troubles.ts'
import { messageAt, type Delivery, type Message, type MessageState } from './message.ts'
import { seededProviders, type Provider } from './provider.ts'
import { failureOf, seededMessages } from './seeded-messages.ts'
import { seededTopics, type Topic } from './topic.ts'
import { seededUsers, type ProviderType, type Target, type User } from './user.ts'

/** What a caller writes of a message. */
export type Writing = Pick<
  Message,
  'providerType' | 'topics' | 'users' | 'targets' | 'data' | 'isDraft' | 'scheduledAtMs'
>

/** The messages of one project with their topics, providers, users and targets. */
export interface MessagingWorld {
  readonly projectId: string
  /** Oldest first. */
  readonly messages: () => readonly MessageState[]
  readonly message: (id: string) => MessageState | null
  /** `null` makes an id. */
  readonly write: (writing: Writing, id: string | null) => MessageState
  readonly rewrite: (id: string, writing: Writing) => MessageState | null
  readonly deleteMessage: (id: string) => void
  readonly topics: () => readonly Topic[]
  readonly providers: () => readonly Provider[]
  readonly users: () => readonly User[]
  readonly target: (id: string) => Target | null
  /** Names of files that can be attached, as `bucket:file`. */
  readonly files: readonly string[]
  /** Puts these there beside what there is. */
  readonly place: (placed: { readonly topics?: readonly Topic[]; readonly users?: readonly User[] }) => void
  /** Takes every message, topic, provider and user away. */
  readonly clear: () => void
}

const files = ['newsletter:header.png', 'newsletter:catalogue.pdf', 'documents:terms.pdf']
/** How many of those that can be reached in general cannot be reached this time. */
const failing = 0.04

export function createMessagingWorld(
  seed: number,
  { projectId }: ProjectIdentity,
  clock: Clock,
  troubles: Troubles
): MessagingWorld {
  const own = (seed ^ saltOf(projectId) ^ saltOf('messaging')) >>> 0
  let seededPeople: readonly User[] | null = null
  let placedUsers: readonly User[] = []
  let topics: readonly Topic[] | null = null
  let providers: readonly Provider[] = seededProviders
  let isCleared = false
  const written = new Map<string, Message>()
  const deleted = new Set<string>()
  let count = 0

  const users = () => {
    seededPeople ??= isCleared ? [] : seededUsers(own)
    return [...seededPeople, ...placedUsers]
  }
  const allTopics = () => {
    topics ??= isCleared ? [] : seededTopics(own, users())
    return topics
  }
  const target = (id: string) => {
    for (const { targets } of users()) {
      const found = targets.find((one) => one.id === id)
      if (found !== undefined) return found
    }
    return null
  }

  function recipients({ topics: topicIds, users: userIds, targets }: Writing, type: ProviderType): readonly Target[] {
    const found = [
      ...allTopics().flatMap(({ id, subscribers }) => (topicIds.includes(id) ? subscribers : [])),
      ...users().flatMap((user) => (userIds.includes(user.id) ? user.targets : [])),
      ...targets.flatMap((id) => target(id) ?? [])
    ].filter(({ providerType }) => providerType === type)
    return [...new Map(found.map((one) => [one.id, one])).values()]
  }
  function deliveryOf(writing: Writing, index: number): Delivery {
    const { providerType } = writing
    const dice = createDice(own, saltOf('delivery'), index)
    if (!providers.some(({ type, isEnabled }) => type === providerType && isEnabled)) {
      return { delivered: 0, errors: ['No enabled provider found.'] }
    }
    const all = recipients(writing, providerType)
    if (all.length === 0) return { delivered: 0, errors: ['No valid recipients found.'] }
    const lost = all.filter(({ isExpired }) => isExpired || dice.isHit(failing))
    return {
      delivered: all.length - lost.length,
      errors: lost.map(({ identifier }) => failureOf(identifier, providerType, dice))
    }
  }
  function store(writing: Writing, id: string | null, createdAtMs: number | null): Message {
    const nowMs = Math.floor(clock.nowMs())
    const dice = createDice(own, saltOf('written'), nowMs + count++)
    const delivery = deliveryOf(writing, nowMs + count)
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
  const look = (message: Message) => messageAt(message, troubles.spans(), clock.nowMs())
  const kept = (): readonly Message[] => {
    const nowMs = clock.nowMs()
    const audience = { users: users(), topics: allTopics() }
    const seeded = isCleared ? [] : seededMessages(own, audience, nowMs)
    const mine = [...written.values()].filter(({ createdAtMs }) => createdAtMs <= nowMs)
    const all = [...seeded.filter(({ id }) => !written.has(id)), ...mine]
    return all.filter(({ id }) => !deleted.has(id)).sort((a, b) => a.createdAtMs - b.createdAtMs)
  }
  const find = (id: string) => kept().find((message) => message.id === id) ?? null

  return {
    projectId,
    files,
    messages: () => kept().map(look),
    message: (id) => {
      const found = find(id)
      return found === null ? null : look(found)
    },
    write: (writing, id) => {
      if (id !== null) deleted.delete(id)
      return look(store(writing, id, null))
    },
    rewrite: (id, writing) => {
      const before = find(id)
      return before === null ? null : look(store(writing, id, before.createdAtMs))
    },
    deleteMessage: (id) => {
      written.delete(id)
      deleted.add(id)
    },
    topics: allTopics,
    providers: () => providers,
    users,
    target,
    place: (placed) => {
      topics = [...allTopics(), ...(placed.topics ?? [])]
      placedUsers = [...placedUsers, ...(placed.users ?? [])]
    },
    clear: () => {
      isCleared = true
      seededPeople = []
      placedUsers = []
      topics = []
      providers = []
      written.clear()
      deleted.clear()
    }
  }
}
