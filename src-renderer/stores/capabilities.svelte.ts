import { SvelteMap } from 'svelte/reactivity'
import type { CapabilitiesView, KeyView } from '../../src-main/contract/capabilities.ts'
import type { Fault } from '../../src-main/contract/fault.ts'
import type { BridgeClient } from '../bridge/client.ts'

/** How far the check of one key is. */
export interface KeyCheckState {
  /** What was found out last; `null` before. */
  readonly view: KeyView | null
  /** Why the last check broke off. */
  readonly fault: Fault | null
  readonly isChecking: boolean
}

const unchecked: KeyCheckState = { view: null, fault: null, isChecking: false }

/** What one server offers, and what the keys that were checked may do on it. */
export class CapabilitiesStore {
  readonly #bridge: BridgeClient
  #reopen: () => void = () => undefined
  #serverId: string | null = null
  /** `null` before the first answer. */
  view = $state.raw<CapabilitiesView | null>(null)
  /** Why the feed ended; what was known stays. */
  fault = $state.raw<Fault | null>(null)
  readonly #keys = new SvelteMap<string, KeyCheckState>()

  constructor(bridge: BridgeClient) {
    this.#bridge = bridge
  }

  /** Follows one server until the returned function is called. */
  open(serverId: string): () => void {
    let close = this.#watch(serverId)
    this.#reopen = () => {
      close()
      close = this.#watch(serverId)
    }
    return () => close()
  }

  /** Opens the feed again after it ended. */
  retry(): void {
    this.#reopen()
  }

  keyOf(connectionId: string): KeyCheckState {
    return this.#keys.get(connectionId) ?? unchecked
  }

  /** Finds out by harmless reads what a connection's key may do. */
  async checkKey(connectionId: string): Promise<void> {
    const before = this.keyOf(connectionId)
    if (before.isChecking) return
    this.#keys.set(connectionId, { ...before, isChecking: true })
    const reply = await this.#bridge.call('capabilities.check-key', { connectionId })
    const view = reply.ok ? reply.value : before.view
    this.#keys.set(connectionId, { view, fault: reply.ok ? null : reply.fault, isChecking: false })
  }

  #watch(serverId: string): () => void {
    this.fault = null
    // Another server's table is never shown under this one's name.
    if (this.#serverId !== serverId) this.view = null
    this.#serverId = serverId
    return this.#bridge.watch(
      'capabilities.watch',
      { serverId },
      {
        snapshot: (view) => (this.view = view),
        deltas: (views) => (this.view = views.at(-1) ?? this.view),
        end: (fault) => (this.fault = fault)
      }
    )
  }
}
