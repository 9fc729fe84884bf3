import type { Connection, Environment } from './connections.ts'
import type { Fault } from './fault.ts'
import type { Forecast } from './forecast.ts'
import type { Check, Level } from './health.ts'
import type { HistoryTrouble, Unwatched } from './history.ts'
import type { QueueName } from './queues.ts'
import type { ServerOptions } from './servers.ts'
import type { Suspicion } from './suspicions.ts'
import type { Trust } from './trust.ts'

export type ServerState = 'connecting' | 'live' | 'degraded' | 'down' | 'unauthorised' | 'offline' | 'paused'

/** A queue as the Overview shows it: numbers and a sparkline. */
export interface QueueGlance {
  readonly queue: QueueName
  readonly level: Level
  readonly depth: number | null
  readonly changePerMinute: number | null
  readonly threshold: number
  readonly forecast: Forecast | null
  /** Last hour, oldest first, thinned so that peaks stay; `null` is a gap. */
  readonly points: readonly (readonly [atMs: number, depth: number | null])[]
}

/** All connections with one endpoint, judged together: health and queues belong to the server. */
export interface ServerCard {
  readonly serverId: string
  /** Normalised, with `/v1`. */
  readonly endpoint: string
  readonly isDemo: boolean
  readonly trust: Trust
  /** The gravest of its connections'. */
  readonly environment: Environment
  readonly connections: readonly Connection[]
  readonly state: ServerState
  /** When it came to this state; `null` while connecting. */
  readonly sinceMs: number | null
  /** The state in one sentence: what is wrong and what to do, or that all is well. */
  readonly reason: string
  readonly fault: Fault | null
  readonly version: string | null
  /** The last sweep in which every offered queue answered; `null` before the first. */
  readonly lastSweepAtMs: number | null
  /** The last time anything was tried, whatever came of it. */
  readonly lastTryAtMs: number | null
  readonly nextTryAtMs: number | null
  /** What Standby puts on this server, over the last minute. */
  readonly requestsPerMinute: number
  readonly writesSent: number
  /** The three queues nearest their thresholds, fullest first. */
  readonly fullest: readonly QueueGlance[]
  readonly checks: readonly Check[]
  /** What no single check says, gravest first. */
  readonly suspicions: readonly Suspicion[]
  readonly options: ServerOptions
  /** The last stretch of the last day in which nobody watched. */
  readonly unwatched: Unwatched | null
  /** What keeps its history from being complete. */
  readonly trouble: HistoryTrouble | null
  /** 0 is worst; cards are shown in this order. */
  readonly rank: number
}

export interface FleetSnapshot {
  readonly servers: readonly ServerCard[]
}

export type FleetDelta =
  { readonly kind: 'put'; readonly server: ServerCard } | { readonly kind: 'drop'; readonly serverId: string }

export interface ServerRef {
  readonly serverId: string
}
