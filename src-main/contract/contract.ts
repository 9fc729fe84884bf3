import type {
  AlertRef,
  AlertsView,
  ImportedRules,
  OpenAsked,
  Rule,
  RuleRef,
  Silence,
  SilenceDraft,
  SilenceRef,
  SnoozeArgs,
  Tried,
  TryArgs
} from './alerts.ts'
import type { AppInfo } from './app.ts'
import { call, feed, type Call, type Feed, type Nothing } from './bridge.ts'
import type { CapabilitiesView, KeyView } from './capabilities.ts'
import type {
  Connection,
  ConnectionDraft,
  ConnectionEdit,
  ConnectionOrder,
  ConnectionRef,
  ExportResult,
  ImportResult
} from './connections.ts'
import type { DemoSwitch, DemoView } from './demo.ts'
import type { DoctorArgs, DoctorView } from './doctor.ts'
import type { FleetDelta, FleetSnapshot, ServerRef } from './fleet.ts'
import type { ExportArgs, HistoryArgs, HistoryRange, HistorySize, Uptime, UptimeArgs } from './history.ts'
import type { QueuesArgs, QueuesDelta, QueuesSnapshot } from './queues.ts'
import type { Settings, SettingsChange } from './settings.ts'
import type { ServerOptions, ServerOptionsChange } from './servers.ts'
import type { EndpointRef, Trust, TrustArgs } from './trust.ts'
import type { VaultAnswer, VaultView } from './vault.ts'
import type { PauseArgs, WatchView } from './watch.ts'
import type { WebhookDraft, WebhookReceipt, WebhookRef, WebhooksView, WebhookTest } from './webhooks.ts'

/**
 * Everything the page may ask of main. Main's handlers and schemas, the preload's allow-list and the page's client
 * are derived from this value: a call without a handler does not compile.
 */
export const contract = {
  'alerts.acknowledge': call<AlertRef, null>(),
  'alerts.asked': feed<Nothing, OpenAsked, OpenAsked>(),
  'alerts.open-runbook': call<AlertRef, null>(),
  'alerts.preview': call<SilenceDraft, readonly AlertRef[]>(),
  'alerts.silence': call<SilenceDraft, Silence>(),
  'alerts.snooze': call<SnoozeArgs, null>(),
  'alerts.unacknowledge': call<AlertRef, null>(),
  'alerts.unsilence': call<SilenceRef, null>(),
  'alerts.unsnooze': call<AlertRef, null>(),
  'alerts.watch': feed<Nothing, AlertsView, AlertsView>(),
  'app.describe': call<Nothing, AppInfo>(),
  'app.show-data-folder': call<Nothing, null>(),
  'capabilities.check-key': call<ConnectionRef, KeyView>(),
  'capabilities.watch': feed<ServerRef, CapabilitiesView, CapabilitiesView>(),
  'connections.add': call<ConnectionDraft, Connection>(),
  'connections.diagnose': feed<DoctorArgs, DoctorView, DoctorView>(),
  'connections.edit': call<ConnectionEdit, Connection>(),
  'connections.export': call<Nothing, ExportResult>(),
  'connections.import': call<Nothing, ImportResult | null>(),
  'connections.remove': call<ConnectionRef, null>(),
  'connections.reorder': call<ConnectionOrder, null>(),
  'demo.open': call<Nothing, ServerRef>(),
  'demo.switch': call<DemoSwitch, null>(),
  'demo.watch': feed<Nothing, DemoView, DemoView>(),
  'fleet.watch': feed<Nothing, FleetSnapshot, FleetDelta>(),
  'fleet.sweep': call<ServerRef, null>(),
  'history.export': call<ExportArgs, ExportResult>(),
  'history.query': call<HistoryArgs, HistoryRange>(),
  'history.sizes': call<Nothing, readonly HistorySize[]>(),
  'history.uptime': call<UptimeArgs, readonly Uptime[]>(),
  'queues.watch': feed<QueuesArgs, QueuesSnapshot, QueuesDelta>(),
  'rules.delete': call<RuleRef, null>(),
  'rules.export': call<Nothing, ExportResult>(),
  'rules.import': call<Nothing, ImportedRules | null>(),
  'rules.save': call<Rule, null>(),
  'rules.try': call<TryArgs, Tried>(),
  'servers.configure': call<ServerOptionsChange, ServerOptions>(),
  'settings.watch': feed<Nothing, Settings, Settings>(),
  'settings.change': call<SettingsChange, Settings>(),
  'trust.certificate': call<TrustArgs, Trust>(),
  'trust.file': call<EndpointRef, Trust | null>(),
  'trust.reset': call<EndpointRef, Trust>(),
  'vault.answer': call<VaultAnswer, VaultView>(),
  'vault.watch': feed<Nothing, VaultView, VaultView>(),
  'watch.pause': call<PauseArgs, null>(),
  'watch.resume': call<Nothing, null>(),
  'watch.watch': feed<Nothing, WatchView, WatchView>(),
  'webhooks.delete': call<WebhookRef, null>(),
  'webhooks.save': call<WebhookDraft, WebhookRef>(),
  'webhooks.test': call<WebhookTest, WebhookReceipt>(),
  'webhooks.watch': feed<Nothing, WebhooksView, WebhooksView>()
} as const

export type Contract = typeof contract
export type Name = keyof Contract
export type CallName = { [K in Name]: Contract[K] extends { kind: 'call' } ? K : never }[Name]
export type FeedName = { [K in Name]: Contract[K] extends { kind: 'feed' } ? K : never }[Name]

export type ArgsOf<K extends Name> =
  Contract[K] extends Call<infer Args, unknown>
    ? Args
    : Contract[K] extends Feed<infer Args, unknown, unknown>
      ? Args
      : never
export type ValueOf<K extends CallName> = Contract[K] extends Call<unknown, infer Value> ? Value : never
export type SnapshotOf<K extends FeedName> =
  Contract[K] extends Feed<unknown, infer Snapshot, unknown> ? Snapshot : never
export type DeltaOf<K extends FeedName> = Contract[K] extends Feed<unknown, unknown, infer Delta> ? Delta : never

/** Whether `name` is a name of the contract with this kind; safe for names such as `__proto__`. */
export function isName<Kind extends 'call' | 'feed'>(
  name: unknown,
  kind: Kind
): name is Kind extends 'call' ? CallName : FeedName {
  return typeof name === 'string' && Object.hasOwn(contract, name) && contract[name as Name].kind === kind
}
