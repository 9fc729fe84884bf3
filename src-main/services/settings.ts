import type { Settings, SettingsChange } from '../contract/settings.ts'
import { Topic, type LiveView } from './live-view.ts'
import type { SettingsStore } from './ports.ts'

/** What the user chose about the look; every window sees a change at once. */
export class SettingsService {
  readonly #store: SettingsStore
  readonly #changed = new Topic<Settings>()

  constructor(store: SettingsStore) {
    this.#store = store
  }

  current(): Settings {
    return this.#store.settings()
  }

  change(change: SettingsChange): Settings {
    const settings = { ...this.#store.settings(), ...change }
    this.#store.writeSettings(settings)
    this.#changed.publish(settings)
    return settings
  }

  onChange(listener: (settings: Settings) => void): () => void {
    return this.#changed.subscribe(listener)
  }

  watch(): LiveView<Settings, Settings> {
    return {
      snapshot: () => this.#store.settings(),
      subscribe: (push) => this.#changed.subscribe(push)
    }
  }
}
