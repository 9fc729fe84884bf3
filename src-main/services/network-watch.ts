import type { Fault } from '../contract/fault.ts'
import { isLoopback } from '../core/endpoint.ts'
import { isOffline, mayBeOffline, offlineFault, onlineFault, withOutcome, type Reported } from '../core/offline.ts'
import type { Clock, Network } from './ports.ts'

export interface NetworkWatchOptions {
  readonly network: Network
  readonly clock: Clock
}

/** Tells a machine without a network from a server that is down, by what all monitors report of their requests. */
export class NetworkWatch {
  readonly #options: NetworkWatchOptions
  readonly #reported = new Map<string, Reported>()

  constructor(options: NetworkWatchOptions) {
    this.#options = options
  }

  /**
   * Takes how the last request to a server ended, `null` for an answer, and returns the fault that this is by all that
   * is known of the network: `offline` means this machine, never the server. Servers on this machine need no network.
   */
  judge(endpoint: string, fault: Fault | null): Fault | null {
    if (isLoopback(endpoint)) return fault === null ? null : onlineFault(fault, endpoint)
    const nowMs = this.#options.clock.monotonicMs()
    this.#reported.set(endpoint, withOutcome(this.#reported.get(endpoint), fault, nowMs))
    if (fault === null || !mayBeOffline(fault)) return fault
    const { network } = this.#options
    const signs = { hasInterface: network.hasInterface(), systemSaysOnline: network.systemSaysOnline() }
    const isSo = isOffline({ ...signs, reported: [...this.#reported.values()], nowMs })
    return isSo ? offlineFault(fault) : onlineFault(fault, endpoint)
  }

  /** Whether the machine itself says that there is a network; asking sends nothing. */
  isThere(): boolean {
    const { network } = this.#options
    return network.hasInterface() && network.systemSaysOnline()
  }

  forget(endpoint: string): void {
    this.#reported.delete(endpoint)
  }
}
