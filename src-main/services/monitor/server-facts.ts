import type { Heard } from '../../appwrite/capabilities.ts'
import type { Operation } from '../../appwrite/offers.ts'
import type { ServerVersion } from '../../appwrite/versions.ts'
import type { Access } from '../../contract/connections.ts'
import type { Fault } from '../../contract/fault.ts'
import type { Check } from '../../contract/health.ts'
import type { HistoryTrouble, Unwatched } from '../../contract/history.ts'
import type { QueueName, QueueState, SweepRow } from '../../contract/queues.ts'
import type { Sample } from '../../contract/series.ts'
import type { ServerOptions } from '../../contract/servers.ts'
import type { Suspicion } from '../../contract/suspicions.ts'
import type { Verdict } from '../../core/verdict.ts'
import type { KnownConnection, Server } from '../connections.ts'

/** What a monitor tells after something happened: new rows of the history, or none when only states changed. */
export interface MonitorNews {
  readonly rows: readonly SweepRow[]
}

/** Everything known about a server now. */
export interface ServerFacts {
  readonly server: Server
  readonly verdict: Verdict
  readonly sinceMs: number | null
  readonly fault: Fault | null
  readonly version: string | null
  /** The same, read; `null` for what is no version. */
  readonly serverVersion: ServerVersion | null
  /** What replies told of the operations that were asked. */
  readonly heard: ReadonlyMap<Operation, Heard>
  readonly lastSweepAtMs: number | null
  readonly lastTryAtMs: number | null
  readonly nextTryAtMs: number | null
  readonly queues: readonly QueueState[]
  /** The depths of the last hour, oldest first. */
  readonly recent: (queue: QueueName) => readonly Sample[]
  readonly checks: readonly Check[]
  readonly suspicions: readonly Suspicion[]
  readonly options: ServerOptions
  readonly unwatched: Unwatched | null
  readonly trouble: HistoryTrouble | null
  readonly access: readonly {
    readonly connection: KnownConnection
    readonly access: Access
    readonly fault: Fault | null
  }[]
  readonly requestsPerMinute: number
  readonly writesSent: number
}
