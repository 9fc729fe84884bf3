import type { Settings } from '../contract/settings.ts'
import type { VaultKind } from '../contract/app.ts'
import type { Environment } from '../contract/connections.ts'

/** Time as the services see it; tests hand in one they move themselves. */
export interface Clock {
  /** Wall time, milliseconds since 1970; may jump. */
  now(): number
  /** Never goes back; for intervals. */
  monotonicMs(): number
  /** Runs `act` once after `delayMs`; the returned function takes it back. */
  after(delayMs: number, act: () => void): () => void
}

/** What is kept of a connection between starts. Its key lies in the vault under `connectionId`. */
export interface Profile {
  readonly connectionId: string
  readonly name: string
  /** Normalised. */
  readonly endpoint: string
  readonly projectId: string
  readonly environment: Environment
}

/** Keeps profiles and settings between starts. Writes are complete when the call returns. */
export interface SettingsStore {
  profiles(): readonly Profile[]
  writeProfiles(profiles: readonly Profile[]): void
  settings(): Settings
  writeSettings(settings: Settings): void
}

/** Keeps secrets; the only place an API key rests. */
export interface Vault {
  readonly kind: VaultKind
  get(id: string): string | null
  set(id: string, secret: string): void
  delete(id: string): void
  /** Every secret it holds, for redaction. */
  secrets(): readonly string[]
}

/** Appends a line to the app's log; whoever fills this port removes secrets first. */
export type Log = (line: string) => void
