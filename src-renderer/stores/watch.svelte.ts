import type { Fault } from '../../src-main/contract/fault.ts'
import type { WatchView } from '../../src-main/contract/watch.ts'
import type { BridgeClient } from '../bridge/client.ts'

/** Whether anybody watches, as main last told it, and the pause of it. */
export class WatchStore {
  readonly #bridge: BridgeClient
  /** `null` before the first answer. */
  view = $state.raw<WatchView | null>(null)
  /** Why the last pause or its end was refused. */
  fault = $state.raw<Fault | null>(null)

  constructor(bridge: BridgeClient) {
    this.#bridge = bridge
  }

  /** Follows the watch until the returned function is called. */
  open(): () => void {
    return this.#bridge.watch(
      'watch.watch',
      {},
      {
        snapshot: (view) => (this.view = view),
        deltas: (views) => (this.view = views.at(-1) ?? this.view),
        end: (fault) => (this.fault = fault)
      }
    )
  }

  async pause(untilMs: number): Promise<void> {
    const reply = await this.#bridge.call('watch.pause', { untilMs: Math.floor(untilMs) })
    this.fault = reply.ok ? null : reply.fault
  }

  async resume(): Promise<void> {
    const reply = await this.#bridge.call('watch.resume', {})
    this.fault = reply.ok ? null : reply.fault
  }
}
