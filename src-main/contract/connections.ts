import type { Fault } from './fault.ts'

export const environments = ['production', 'staging', 'development'] as const
export type Environment = (typeof environments)[number]

/** What the `Add a connection` dialog sends. The key goes one way: no call or feed ever returns it. */
export interface ConnectionDraft {
  readonly name: string
  /** As typed; main normalises it (`/v1` added, trailing slash dropped). */
  readonly endpoint: string
  readonly projectId: string
  readonly apiKey: string
  readonly environment: Environment
}

/** Whether the server takes this connection's own project and key. */
export type Access =
  | 'untested'
  | 'accepted'
  | 'refused'
  /** No key on this machine: imported, or kept in memory only. */
  | 'keyless'

/** One project on one server, as the page may know it. */
export interface Connection {
  readonly connectionId: string
  readonly serverId: string
  readonly name: string
  readonly projectId: string
  readonly environment: Environment
  /** Its place in the user's order of all connections, from 0. */
  readonly position: number
  readonly access: Access
  /** Why it cannot be used; with `refused` and `keyless`. */
  readonly fault: Fault | null
}

/** What the `Edit` dialog sends: an empty key keeps the saved one, and with it nothing secret ever comes back. */
export interface ConnectionEdit extends ConnectionDraft {
  readonly connectionId: string
}

/** All saved connections in the order the user wants; those left out follow in their old order. */
export interface ConnectionOrder {
  readonly connectionIds: readonly string[]
}

/** What came of a file of connections; they hold no keys, so each waits for its own. */
export interface ImportResult {
  readonly added: number
  /** One sentence for each that was left out. */
  readonly skipped: readonly string[]
}

/** Where the file went; `null` when the user closed the file dialog. */
export type ExportResult = { readonly path: string } | null

export interface ConnectionRef {
  readonly connectionId: string
}

export const connectionLimits = { name: 60, endpoint: 2048, projectId: 36, apiKey: 4096 } as const
