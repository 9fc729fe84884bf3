import type { Reply } from '../../../src-main/contract/fault.ts'
import type { QueueName } from '../../../src-main/contract/queues.ts'

/** What a page may ask to be done; `App` hands these down, components do not reach for the bridge. */
export interface FleetActions {
  /** Opens the dialog `Add a connection`. */
  addConnection(): void
  openDemo(): Promise<Reply<unknown>>
  removeConnection(connectionId: string): Promise<Reply<unknown>>
  /** Tries a server now rather than at its next turn. */
  sweep(serverId: string): Promise<Reply<unknown>>
  /** Narrows the page to one connection. */
  choose(connectionId: string): void
  /** Goes to a server's queues. */
  showQueue(serverId: string, queue: QueueName): void
}
