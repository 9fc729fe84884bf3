import type { Fault } from '../../src-main/contract/fault.ts'
import type { ServerCard } from '../../src-main/contract/fleet.ts'
import type { BridgeClient } from '../bridge/client.ts'
import { arranged, rowsOf } from '../features/connections/order.ts'
import { foldFleet, inOrder } from '../features/fleet/fold.ts'

/** The servers as main last told them, worst first, and their connections in the user's order. */
export class FleetStore {
  readonly #bridge: BridgeClient
  #reopen: () => void = () => undefined
  /** `null` before the first answer. */
  servers = $state.raw<readonly ServerCard[] | null>(null)
  readonly rows = $derived(rowsOf(this.servers ?? []))
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

  /** Shown at once, taken back when main could not keep it. */
  async reorder(connectionIds: readonly string[]): Promise<Fault | null> {
    const before = this.rows.map(({ connection }) => connection.connectionId)
    this.servers = arranged(this.servers ?? [], connectionIds)
    const reply = await this.#bridge.call('connections.reorder', { connectionIds })
    if (reply.ok) return null
    this.servers = arranged(this.servers, before)
    return reply.fault
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
