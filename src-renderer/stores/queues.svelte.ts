import type { Fault } from '../../src-main/contract/fault.ts'
import type { QueuesSnapshot, SweepRow } from '../../src-main/contract/queues.ts'
import type { BridgeClient } from '../bridge/client.ts'
import { foldQueues } from '../features/queues/fold.ts'

/** The queues of one server as they are now. */
export class QueuesStore {
  readonly #bridge: BridgeClient
  #serverId: string | null = null
  #reopen: () => void = () => undefined
  /** `null` before the first answer. */
  known = $state.raw<QueuesSnapshot | null>(null)
  /** How many snapshots came: with each one rows may have been missed, and history is to be asked again. */
  snapshots = $state(0)
  /** Why the feed ended; what was known stays. */
  fault = $state.raw<Fault | null>(null)

  constructor(bridge: BridgeClient) {
    this.#bridge = bridge
  }

  /** Follows one server until the returned function is called, and hands on the rows of its sweeps. */
  open(serverId: string, take: (rows: readonly SweepRow[]) => void): () => void {
    let close = this.#watch(serverId, take)
    this.#reopen = () => {
      close()
      close = this.#watch(serverId, take)
    }
    return () => close()
  }

  /** Opens the feed again after it ended. */
  retry(): void {
    this.#reopen()
  }

  #watch(serverId: string, take: (rows: readonly SweepRow[]) => void): () => void {
    this.fault = null
    // Compared without reading `known`: an effect that opens the feed must not run again for each of its frames.
    if (this.#serverId !== serverId) this.known = null
    this.#serverId = serverId
    return this.#bridge.watch(
      'queues.watch',
      { serverId },
      {
        snapshot: (value) => {
          this.known = value
          this.snapshots++
        },
        deltas: (deltas) => {
          if (this.known !== null) this.known = foldQueues(this.known, deltas)
          take(deltas.flatMap(({ rows }) => rows))
        },
        end: (fault) => (this.fault = fault)
      }
    )
  }
}
