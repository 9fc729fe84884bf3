import type { Fault } from '../../src-main/contract/fault.ts'
import type { WebhooksView } from '../../src-main/contract/webhooks.ts'
import type { BridgeClient } from '../bridge/client.ts'

/** All webhooks as main last told them. */
export class WebhooksStore {
  readonly #bridge: BridgeClient
  /** `null` before the first answer. */
  view = $state.raw<WebhooksView | null>(null)
  fault = $state.raw<Fault | null>(null)

  constructor(bridge: BridgeClient) {
    this.#bridge = bridge
  }

  /** Follows the webhooks until the returned function is called. */
  open(): () => void {
    return this.#bridge.watch(
      'webhooks.watch',
      {},
      {
        snapshot: (view) => (this.view = view),
        deltas: (views) => (this.view = views.at(-1) ?? this.view),
        end: (fault) => (this.fault = fault)
      }
    )
  }
}
