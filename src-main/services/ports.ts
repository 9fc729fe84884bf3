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

export const noticeActs = ['acknowledge', 'snooze', 'open'] as const
export type NoticeAct = (typeof noticeActs)[number]

/** What a notification of the desktop says and offers. */
export interface Notice {
  /** One notice a subject: another with the same id takes the place of the one before. */
  readonly noticeId: string
  readonly title: string
  /** Plain text; a desktop that reads markup gets it escaped. */
  readonly body: string
  /** A critical one stays until it is dealt with, where the desktop lets it. */
  readonly urgency: 'normal' | 'critical'
  readonly hasSound: boolean
  /** Buttons in their order, where the desktop has buttons. A click on the notice itself is always `open`. */
  readonly acts: readonly NoticeAct[]
}

/** What becomes of notices on this desktop, with why where there are none. */
export type NotifierFace =
  { readonly kind: 'buttons' | 'plain'; readonly server: string } | { readonly kind: 'none'; readonly why: string }

/** Puts notices on the desktop. Never blocks, and outlives the desktop's daemon: a new one is found by itself. */
export interface Notifier {
  face(): NotifierFace
  onFace(listener: (face: NotifierFace) => void): () => void
  /** Resolves once the desktop has taken the notice; fails within 3 s where it does not. */
  show(notice: Notice): Promise<void>
  /** Takes a notice back; nothing happens where it is gone already. */
  close(noticeId: string): void
  onAct(listener: (noticeId: string, act: NoticeAct) => void): () => void
}

/** What the user picked in the menu of the tray. */
export type TrayAct =
  | { readonly kind: 'open' | 'resume' | 'quit' }
  | { readonly kind: 'open-alert' | 'acknowledge'; readonly alertId: string }
  | { readonly kind: 'snooze'; readonly alertId: string | null; readonly untilMs: number }
  | { readonly kind: 'pause'; readonly untilMs: number }
  | { readonly kind: 'open-server'; readonly serverId: string }

export type TrayItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'act'; readonly label: string; readonly act: TrayAct }
  | { readonly kind: 'menu'; readonly label: string; readonly items: readonly TrayItem[] }

/** What the tray shows. */
export interface TrayView {
  /** The worst there is; decides shape and colour. */
  readonly state: 'ok' | 'warning' | 'critical' | 'unknown'
  /** Nobody watches at the moment: the shape is drawn without its filling. */
  readonly isHollow: boolean
  /** Firing alerts. */
  readonly count: number
  readonly tooltip: string
  readonly items: readonly TrayItem[]
}

/** The icon beside the clock. */
export interface Tray {
  /** Whether this desktop shows it; on Linux that takes a host for status icons. */
  isShown(): boolean
  onShown(listener: (isShown: boolean) => void): () => void
  show(view: TrayView): void
  onAct(listener: (act: TrayAct) => void): () => void
}

/** What is put to a webhook. */
export interface Post {
  /** A secret. */
  readonly url: string
  /** May hold a secret. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What a receiver answered, whatever it means. */
export interface Posted {
  readonly status: number
  /** How long it asks to be left alone; `null` where it does not. */
  readonly retryAfterMs: number | null
  /** Where a redirect leads, which was not followed: scheme, host and port. `null` for none. */
  readonly redirectOrigin: string | null
  /** The beginning of the answer, as it came: it may hold what was sent. */
  readonly bodyStart: string
}

/** Sends what webhooks are told: once, to nobody else, with certificates checked. */
export interface Poster {
  /** Rejects with a `Failure` without an answer; no secret is in it. Its fault is `cancelled` when `signal` was aborted. */
  post(post: Post, signal: AbortSignal): Promise<Posted>
}

/** Appends a line to the app's log; whoever fills this port removes secrets first. */
export type Log = (line: string) => void
