import type { DemoTrouble, DemoView } from '../../src-main/contract/demo.ts'
import type { Fault } from '../../src-main/contract/fault.ts'
import type { BridgeClient } from '../bridge/client.ts'

/** The demo's server and the trouble that stands on it. */
export class DemoStore {
  readonly #bridge: BridgeClient
  view = $state.raw<DemoView>({ isRunning: false, standing: [] })
  /** Why the last switch did not work. */
  fault = $state.raw<Fault | null>(null)

  constructor(bridge: BridgeClient) {
    this.#bridge = bridge
  }

  /** Follows the demo until the returned function is called. */
  open(): () => void {
    return this.#bridge.watch(
      'demo.watch',
      {},
      {
        snapshot: (view) => (this.view = view),
        deltas: (views) => (this.view = views.at(-1) ?? this.view)
      }
    )
  }

  async switch(trouble: DemoTrouble, isOn: boolean): Promise<void> {
    const reply = await this.#bridge.call('demo.switch', { trouble, isOn })
    this.fault = reply.ok ? null : reply.fault
  }

  async undoAll(): Promise<void> {
    for (const trouble of this.view.standing) await this.switch(trouble, false)
  }
}
