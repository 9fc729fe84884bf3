import type { AlertsView, OpenAsked, Wanted } from '../../src-main/contract/alerts.ts'
import type { Fault } from '../../src-main/contract/fault.ts'
import type { BridgeClient } from '../bridge/client.ts'

/** All alerts as main last told them, and which one somebody asked to see outside of the page. */
export class AlertsStore {
  readonly #bridge: BridgeClient
  #asked: number | null = null
  /** `null` before the first answer. */
  view = $state.raw<AlertsView | null>(null)
  fault = $state.raw<Fault | null>(null)
  /** Why not all could be snoozed. */
  snoozeFault = $state.raw<Fault | null>(null)
  /** The alert whose why card is open. */
  openId = $state<string | null>(null)
  readonly firing = $derived(
    this.view?.alerts.filter(({ state, mutedBy }) => state === 'firing' && mutedBy === null) ?? []
  )

  constructor(bridge: BridgeClient) {
    this.#bridge = bridge
  }

  /** Snoozes all that fire. */
  async snoozeAll(untilMs: number): Promise<void> {
    const reply = await this.#bridge.call('alerts.snooze', { alertId: null, untilMs: Math.floor(untilMs) })
    this.snoozeFault = reply.ok ? null : reply.fault
  }

  /** Follows the alerts until the returned function is called; `onAsked` when something is asked for from now on. */
  open(onAsked: (what: Wanted) => void): () => void {
    const ask = ({ what, count }: OpenAsked): void => {
      const isNews = this.#asked !== null && count !== this.#asked
      this.#asked = count
      if (!isNews || what === null) return
      if (what.kind === 'alert') this.openId = what.alertId
      onAsked(what)
    }
    const closes = [
      this.#bridge.watch(
        'alerts.watch',
        {},
        {
          snapshot: (view) => (this.view = view),
          deltas: (views) => (this.view = views.at(-1) ?? this.view),
          end: (fault) => (this.fault = fault)
        }
      ),
      this.#bridge.watch(
        'alerts.asked',
        {},
        {
          snapshot: (asked) => {
            this.#asked ??= 0
            ask(asked)
          },
          deltas: (all) => {
            for (const asked of all) ask(asked)
          }
        }
      )
    ]
    return () => {
      for (const close of closes) close()
    }
  }
}
