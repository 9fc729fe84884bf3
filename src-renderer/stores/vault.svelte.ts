import type { Reply } from '../../src-main/contract/fault.ts'
import type { VaultView } from '../../src-main/contract/vault.ts'
import type { BridgeClient } from '../bridge/client.ts'

/** Where this machine keeps the keys. */
export class VaultStore {
  readonly #bridge: BridgeClient
  /** `null` before the first answer. */
  view = $state.raw<VaultView | null>(null)

  constructor(bridge: BridgeClient) {
    this.#bridge = bridge
  }

  /** Follows the vault until the returned function is called. */
  open(): () => void {
    return this.#bridge.watch(
      'vault.watch',
      {},
      {
        snapshot: (view) => (this.view = view),
        deltas: (views) => (this.view = views.at(-1) ?? this.view)
      }
    )
  }

  /** Answers the one question a machine without a key store asks. */
  async answer(acceptWeak: boolean): Promise<Reply<VaultView>> {
    const reply = await this.#bridge.call('vault.answer', { acceptWeak })
    if (reply.ok) this.view = reply.value
    return reply
  }
}
