import type { Clock } from '../clock.ts'
import type { ProjectIdentity } from '../project-identity.ts'
import { saltOf } from '../random.ts'
import type { Troubles } from '../troubles.ts'
import { createAudience, type Audience } from './audience.ts'
import { createMessageBook, type Writing } from './message-book.ts'
import { messageAt, type Message, type MessageState } from './message.ts'

/** The messages of one project with their topics, providers, users and targets. */
export interface MessagingWorld {
  readonly projectId: string
  readonly audience: Audience
  /** Names of files that can be attached, as `bucket:file`. */
  readonly files: readonly string[]
  /** Oldest first. */
  readonly messages: () => readonly MessageState[]
  readonly message: (id: string) => MessageState | null
  /** `null` makes an id. */
  readonly write: (writing: Writing, id: string | null) => MessageState
  /** `null` when there is no such message. */
  readonly rewrite: (id: string, writing: Writing) => MessageState | null
  readonly deleteMessage: (id: string) => void
  /** Takes every message, topic, provider and user away. */
  readonly clear: () => void
}

const files = ['newsletter:header.png', 'newsletter:catalogue.pdf', 'documents:terms.pdf']

export function createMessagingWorld(
  seed: number,
  { projectId }: ProjectIdentity,
  clock: Clock,
  troubles: Troubles
): MessagingWorld {
  const own = (seed ^ saltOf(projectId) ^ saltOf('messaging')) >>> 0
  const audience = createAudience(own)
  const book = createMessageBook(own, audience, clock)
  const look = (message: Message) => messageAt(message, troubles.spans(), clock.nowMs())
  const lookIfThere = (message: Message | null) => (message === null ? null : look(message))
  return {
    projectId,
    audience,
    files,
    messages: () => book.all().map(look),
    message: (id) => lookIfThere(book.find(id)),
    write: (writing, id) => look(book.write(writing, id)),
    rewrite: (id, writing) => lookIfThere(book.rewrite(id, writing)),
    deleteMessage: book.delete,
    clear: () => {
      audience.clear()
      book.clear()
    }
  }
}
