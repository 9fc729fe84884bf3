import type { Fault } from '../../src-main/contract/fault.ts'
import type { ServerCard } from '../../src-main/contract/fleet.ts'
import type { BridgeClient } from '../bridge/client.ts'
import { foldFleet, inOrder } from '../features/fleet/fold.ts'

/** The servers as main last told them, worst first. */
export class FleetStore {
  readonly #bridge: BridgeClient
  #reopen: () => void = () => undefined
  /** `null` before the first answer. */
  servers = $state.raw<readonly ServerCard[] | null>(null)
  /** Why the feed ended; what was known stays. */
  fault = $state.raw<Fault | null>(null)

  constructor(bridge: BridgeClient) {
    this.#bridge = bridge
  }

  /** Follows the fleet until the returned function is called. */
  open(): () => void {
    let close = this.#watch()
    this.#reopen = () => {
      close()
      close = this.#watch()
    }
    return () => close()
  }

  /** Opens the feed again after it ended. */
  retry(): void {
    this.#reopen()
  }

  #watch(): () => void {
    this.fault = null
    return this.#bridge.watch(
      'fleet.watch',
      {},
      {
        snapshot: ({ servers }) => (this.servers = inOrder(servers)),
        deltas: (deltas) => (this.servers = foldFleet(this.servers ?? [], deltas)),
        end: (fault) => (this.fault = fault)
      }
    )
  }
}
