import { queuesOf, type ServerQueue } from '../../appwrite/queues.ts'
import type { ServerVersion } from '../../appwrite/versions.ts'
import type { QueueName } from '../../contract/queues.ts'

/** A queue to ask a server for: one its version has, or one that the user named as it is called in Redis. */
export type WatchedQueue =
  | { readonly kind: 'own'; readonly name: QueueName; readonly queue: ServerQueue }
  | { readonly kind: 'added'; readonly name: QueueName }

/** Every queue once: a name added by the user that its version has anyway, under either of its names, is left out. */
export function watchedQueues(version: ServerVersion | null, added: readonly QueueName[]): readonly WatchedQueue[] {
  const own = queuesOf(version)
  const taken = new Set(own.flatMap(({ name, redisName }) => [name, redisName] as string[]))
  return [
    ...own.map((queue) => ({ kind: 'own', name: queue.name, queue }) as const),
    ...added.filter((name) => !taken.has(name)).map((name) => ({ kind: 'added', name }) as const)
  ]
}
