import type { Fault } from '../../src-main/contract/fault.ts'
import { initialSettings, type Settings, type SettingsChange } from '../../src-main/contract/settings.ts'
import type { BridgeClient } from '../bridge/client.ts'

/** What the user chose about the look, and what follows from it. */
export class SettingsStore {
  readonly #bridge: BridgeClient
  readonly #prefersLight = window.matchMedia('(prefers-color-scheme: light)')
  #systemIsLight = $state(false)
  chosen = $state.raw<Settings>(initialSettings)
  /** Why the last change was not kept. */
  fault = $state.raw<Fault | null>(null)
  /** The theme on screen. */
  readonly shade = $derived(
    this.chosen.theme === 'system' ? (this.#systemIsLight ? 'light' : 'dark') : this.chosen.theme
  )

  constructor(bridge: BridgeClient) {
    this.#bridge = bridge
    this.#systemIsLight = this.#prefersLight.matches
  }

  /** Follows the settings and the system's theme until the returned function is called. */
  open(): () => void {
    const follow = (): void => void (this.#systemIsLight = this.#prefersLight.matches)
    this.#prefersLight.addEventListener('change', follow)
    const close = this.#bridge.watch(
      'settings.watch',
      {},
      {
        snapshot: (settings) => (this.chosen = settings),
        deltas: (changes) => (this.chosen = changes.at(-1) ?? this.chosen),
        end: (fault) => (this.fault = fault)
      }
    )
    return () => {
      close()
      this.#prefersLight.removeEventListener('change', follow)
    }
  }

  /** Shown at once, taken back when main could not keep it. */
  async change(change: SettingsChange): Promise<void> {
    const before = this.chosen
    this.chosen = { ...before, ...change }
    const reply = await this.#bridge.call('settings.change', change)
    this.fault = reply.ok ? null : reply.fault
    if (!reply.ok) this.chosen = before
  }
}
