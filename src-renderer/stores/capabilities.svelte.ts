import type { CapabilitiesView, KeyView } from '../../src-main/contract/capabilities.ts'
import type { Fault } from '../../src-main/contract/fault.ts'
import type { BridgeClient } from '../bridge/client.ts'

/** What one server offers, and what the keys that were checked may do on it. */
export class CapabilitiesStore {
  readonly #bridge: BridgeClient
  #reopen: () => void = () => undefined
  #serverId: string | null = null
  /** `null` before the first answer. */
  view = $state.raw<CapabilitiesView | null>(null)
  /** Why the feed ended; what was known stays. */
  fault = $state.raw<Fault | null>(null)
  #keys = $state.raw<ReadonlyMap<string, KeyView>>(new Map())
  #keyFaults = $state.raw<ReadonlyMap<string, Fault>>(new Map())
  #checking = $state.raw<ReadonlySet<string>>(new Set())

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

  keyOf(connectionId: string): KeyView | null {
    return this.#keys.get(connectionId) ?? null
  }

  keyFaultOf(connectionId: string): Fault | null {
    return this.#keyFaults.get(connectionId) ?? null
  }

  isChecking(connectionId: string): boolean {
    return this.#checking.has(connectionId)
  }

  /** Finds out by harmless reads what a connection's key may do. */
  async checkKey(connectionId: string): Promise<void> {
    if (this.isChecking(connectionId)) return
    this.#checking = new Set([...this.#checking, connectionId])
    const reply = await this.#bridge.call('capabilities.check-key', { connectionId })
    this.#checking = new Set([...this.#checking].filter((id) => id !== connectionId))
    const faults = new Map(this.#keyFaults)
    faults.delete(connectionId)
    if (reply.ok) this.#keys = new Map(this.#keys).set(connectionId, reply.value)
    else faults.set(connectionId, reply.fault)
    this.#keyFaults = faults
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
