import { initialSettings } from '../contract/settings.ts'
import type { ServerOptions } from '../contract/servers.ts'
import type { KeptTrust, Profile, SettingsStore, Vault } from '../services/ports.ts'

/** A vault that forgets everything when the process ends. */
export function memoryVault(): Vault {
  const secrets = new Map<string, string>()
  const view = { kind: 'memory', backend: 'none', asksForWeak: false, unreadableKeys: 0, notice: '' } as const
  return {
    get: (id) => secrets.get(id) ?? null,
    set: (id, secret) => void secrets.set(id, secret),
    delete: (id) => void secrets.delete(id),
    secrets: () => [...secrets.values()],
    view: () => view,
    answer: () => view,
    onChange: () => () => undefined
  }
}

/** Profiles and settings that are gone when the process ends. */
export function memoryStore(): SettingsStore {
  let profiles: readonly Profile[] = []
  let trusts: Readonly<Record<string, KeptTrust>> = {}
  let options: Readonly<Record<string, ServerOptions>> = {}
  let settings = initialSettings
  return {
    profiles: () => profiles,
    writeProfiles: (next) => (profiles = next),
    trusts: () => trusts,
    writeTrusts: (next) => (trusts = next),
    options: () => options,
    writeOptions: (next) => (options = next),
    settings: () => settings,
    writeSettings: (next) => (settings = next)
  }
}
