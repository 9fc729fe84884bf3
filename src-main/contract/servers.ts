import type { QueueName } from './queues.ts'

/** What the user wants watched on a server beyond what its version has. */
export interface ServerOptions {
  /** Host names whose certificates the server is asked for. */
  readonly domains: readonly string[]
  /** Names in Redis of queues that no version of Appwrite has, such as renamed ones. */
  readonly queues: readonly QueueName[]
}

export interface ServerOptionsChange extends ServerOptions {
  readonly serverId: string
}

export const serverLimits = { domains: 50, queues: 50, domain: 253 } as const
