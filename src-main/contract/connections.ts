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
export type Access = 'untested' | 'accepted' | 'refused'

/** One project on one server, as the page may know it. */
export interface Connection {
  readonly connectionId: string
  readonly serverId: string
  readonly name: string
  readonly projectId: string
  readonly environment: Environment
  readonly access: Access
  /** Why the server refused it; only with `access: 'refused'`. */
  readonly fault: Fault | null
}

export interface ConnectionRef {
  readonly connectionId: string
}

export const connectionLimits = { name: 60, endpoint: 2048, projectId: 36, apiKey: 4096 } as const
