import type { Fault } from '../../src-main/contract/fault.ts'
import type { Uptime } from '../../src-main/contract/history.ts'
import type { BridgeClient } from '../bridge/client.ts'
import { stripRange, type StripRange, type StripSpan } from '../features/health/strip.ts'

// A cell of the shorter strip is 15 minutes: a minute is soon enough to see it change.
const refreshMs = 60_000

/** What was asked for, and the answer to it. */
export interface Strips {
  readonly serverId: string
  readonly span: StripSpan
  readonly range: StripRange
  readonly uptimes: readonly Uptime[]
}

/** How the checks of one server fared over a day or a week. */
export class UptimeStore {
  readonly #bridge: BridgeClient
  /** `null` before the first answer. */
  known = $state.raw<Strips | null>(null)
  /** Why the last question got no answer; what was known stays. */
  fault = $state.raw<Fault | null>(null)

  constructor(bridge: BridgeClient) {
    this.#bridge = bridge
  }

  /** Asks now and once a minute until the returned function is called. */
  open(serverId: string, span: StripSpan): () => void {
    const asking = new AbortController()
    const ask = (): void => void this.#ask(serverId, span, asking.signal)
    ask()
    const timer = setInterval(ask, refreshMs)
    return () => {
      clearInterval(timer)
      asking.abort()
    }
  }

  async #ask(serverId: string, span: StripSpan, signal: AbortSignal): Promise<void> {
    const range = stripRange(span, Date.now())
    const reply = await this.#bridge.call('history.uptime', { serverId, ...range }, signal)
    if (signal.aborted) return
    this.fault = reply.ok ? null : reply.fault
    if (!reply.ok) return
    this.known = { serverId, span, range, uptimes: reply.value }
  }
}
