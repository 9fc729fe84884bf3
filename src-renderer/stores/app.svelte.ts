import type { AppInfo } from '../../src-main/contract/app.ts'
import type { BridgeClient } from '../bridge/client.ts'

/** What Standby is and what went wrong at its start. */
export class AppStore {
  readonly #bridge: BridgeClient
  /** `null` before the answer. */
  info = $state.raw<AppInfo | null>(null)
  #dismissed = $state.raw<readonly string[]>([])

  constructor(bridge: BridgeClient) {
    this.#bridge = bridge
  }

  async load(signal: AbortSignal): Promise<void> {
    const reply = await this.#bridge.call('app.describe', {}, signal)
    if (reply.ok) this.info = reply.value
  }

  /** What nobody has put away yet: the notices of the start, and `more` unless it is empty. */
  notices(more: string): readonly string[] {
    const all = [...(this.info?.notices ?? []), more]
    return all.filter((notice) => notice !== '' && !this.#dismissed.includes(notice))
  }

  dismiss(notice: string): void {
    this.#dismissed = [...this.#dismissed, notice]
  }
}
