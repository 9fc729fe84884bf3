import type { Fault } from '../../src-main/contract/fault.ts'
import type { HistorySize } from '../../src-main/contract/history.ts'
import type { BridgeClient } from '../bridge/client.ts'

/** What the histories take on the disk. */
export class SizesStore {
  readonly #bridge: BridgeClient
  /** `null` before the answer. */
  known = $state.raw<readonly HistorySize[] | null>(null)
  fault = $state.raw<Fault | null>(null)

  constructor(bridge: BridgeClient) {
    this.#bridge = bridge
  }

  async load(signal: AbortSignal): Promise<void> {
    const reply = await this.#bridge.call('history.sizes', {}, signal)
    if (signal.aborted) return
    if (reply.ok) this.known = reply.value
    this.fault = reply.ok ? null : reply.fault
  }
}
