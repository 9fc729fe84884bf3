import type { Fault } from '../../src-main/contract/fault.ts'
import type { QueuesArgs, QueuesSnapshot } from '../../src-main/contract/queues.ts'
import type { BridgeClient } from '../bridge/client.ts'
import { foldQueues } from '../features/queues/fold.ts'

/** The queues of one server over one range. */
export class QueuesStore {
  readonly #bridge: BridgeClient
  #serverId: string | null = null
  #reopen: () => void = () => undefined
  /** `null` before the first answer. */
  known = $state.raw<QueuesSnapshot | null>(null)
  /** Why the feed ended; what was known stays. */
  fault = $state.raw<Fault | null>(null)

  constructor(bridge: BridgeClient) {
    this.#bridge = bridge
  }

  /**
   * Follows one server until the returned function is called. Another range of the same server keeps the old picture
   * until its own arrives; another server's queues are never shown under its name.
   */
  open(args: QueuesArgs): () => void {
    let close = this.#watch(args)
    this.#reopen = () => {
      close()
      close = this.#watch(args)
    }
    return () => close()
  }

  /** Opens the feed again after it ended. */
  retry(): void {
    this.#reopen()
  }

  #watch(args: QueuesArgs): () => void {
    this.fault = null
    // Compared without reading `known`: an effect that opens the feed must not run again for each of its frames.
    if (this.#serverId !== args.serverId) this.known = null
    this.#serverId = args.serverId
    return this.#bridge.watch('queues.watch', args, {
      snapshot: (value) => (this.known = value),
      deltas: (deltas) => {
        if (this.known !== null) this.known = foldQueues(this.known, deltas)
      },
      end: (fault) => (this.fault = fault)
    })
  }
}
