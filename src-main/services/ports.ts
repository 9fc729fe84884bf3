import type { Settings } from '../contract/settings.ts'
import type { Environment } from '../contract/connections.ts'
import type { ServerOptions } from '../contract/servers.ts'
import type { Trust } from '../contract/trust.ts'
import type { VaultView } from '../contract/vault.ts'

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

/** What is kept of a trust: with the certificate itself, which is no secret but nothing for the page either. */
export interface KeptTrust {
  readonly trust: Exclude<Trust, { kind: 'system' }>
  /** PEM: one certificate, or a bundle of authorities. */
  readonly pem: string
}

/** Keeps profiles and settings between starts. Writes are complete when the call returns. */
export interface SettingsStore {
  /** In the user's order. */
  profiles(): readonly Profile[]
  writeProfiles(profiles: readonly Profile[]): void
  /** By normalised endpoint; an endpoint that is absent trusts the system's authorities. */
  trusts(): Readonly<Record<string, KeptTrust>>
  writeTrusts(trusts: Readonly<Record<string, KeptTrust>>): void
  /** By normalised endpoint; an endpoint that is absent has none. */
  options(): Readonly<Record<string, ServerOptions>>
  writeOptions(options: Readonly<Record<string, ServerOptions>>): void
  settings(): Settings
  writeSettings(settings: Settings): void
}

/** Keeps secrets; the only place an API key rests. */
export interface Vault {
  get(id: string): string | null
  set(id: string, secret: string): void
  delete(id: string): void
  /** Every secret it holds, for redaction. */
  secrets(): readonly string[]
  view(): VaultView
  /** The user's answer to `asksForWeak`. */
  answer(acceptWeak: boolean): VaultView
  onChange(listener: (view: VaultView) => void): () => void
}

/** Files the user names in a dialog of the system's. Every method resolves to `null` when the dialog was closed. */
export interface FileDialogs {
  /** Writes `text` to a file the user names; resolves to its path. */
  save(title: string, suggestedName: string, text: string): Promise<string | null>
  /** Reads a file the user names, at most `maxBytes`; a larger or unreadable one is a `Failure`. */
  open(title: string, extensions: readonly string[], maxBytes: number): Promise<string | null>
}

/** What this machine says of its network; cheap, sends nothing. */
export interface Network {
  /** Whether an interface that leads off this machine is up and has an address. */
  hasInterface(): boolean
  /** `false` is a strong sign of no network; `true` says little. */
  systemSaysOnline(): boolean
}

/** What this machine says of its sleep and its power, and how it is kept awake. */
export interface Power {
  /** Just before the machine sleeps; may not come at all. */
  onSuspend(listener: () => void): () => void
  /** After it woke; may come late, or not at all. */
  onResume(listener: () => void): () => void
  isOnMains(): boolean
  onMainsChange(listener: () => void): () => void
  /** Keeps the machine from sleeping by itself until told otherwise; its screen may go dark. */
  stayAwake(isWanted: boolean): void
}

/** Appends a line to the app's log; whoever fills this port removes secrets first. */
export type Log = (line: string) => void
