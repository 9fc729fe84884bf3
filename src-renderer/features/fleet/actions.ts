import type { ExportResult, ImportResult } from '../../../src-main/contract/connections.ts'
import type { Fault, Reply } from '../../../src-main/contract/fault.ts'
import type { QueueName } from '../../../src-main/contract/queues.ts'
import type { ServerOptions } from '../../../src-main/contract/servers.ts'
import type { ConnectionRow } from '../connections/order.ts'

/** What a page may ask to be done; `App` hands these down, components do not reach for the bridge. */
export interface FleetActions {
  /** Opens the dialog `Add a connection`. */
  addConnection(): void
  /** Opens the dialog that edits a saved connection. */
  editConnection(row: ConnectionRow): void
  /** Opens the dialog that examines a connection step by step. */
  diagnose(row: ConnectionRow): void
  openDemo(): Promise<Reply<unknown>>
  removeConnection(connectionId: string): Promise<Reply<unknown>>
  /** Puts the saved connections in this order; the fault says why they were put back. */
  reorder(connectionIds: readonly string[]): Promise<Fault | null>
  exportConnections(): Promise<Reply<ExportResult>>
  importConnections(): Promise<Reply<ImportResult | null>>
  /** Believes the system's authorities alone about this endpoint again. */
  resetTrust(endpoint: string): Promise<Reply<unknown>>
  /** Watches these domains and these queues of a server, besides what its version has. */
  configure(serverId: string, options: ServerOptions): Promise<Reply<ServerOptions>>
  /** Opens the folder with settings, keys and histories in the system's own window. */
  showDataFolder(): Promise<Reply<unknown>>
  /** Tries a server now rather than at its next turn. */
  sweep(serverId: string): Promise<Reply<unknown>>
  /** Narrows the page to one connection. */
  choose(connectionId: string): void
  /** Goes to a server's queues. */
  showQueue(serverId: string, queue: QueueName): void
}
