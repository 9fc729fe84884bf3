import type { Environment } from './connections.ts'

export const severities = ['warning', 'critical'] as const
export type Severity = (typeof severities)[number]

/** What a rule looks at. The subject of each alert is named behind it. */
export const ruleKinds = [
  /** Waiting jobs. Subject: the queue. */
  'depth',
  /** Growth of the waiting jobs, per minute. Subject: the queue. */
  'growth',
  /** Minutes until a queue likely reaches its threshold. Subject: the queue. */
  'forecast',
  /** Failed jobs the server keeps. Subject: the queue. */
  'failed',
  /** By how many the failed jobs rose in `failedWindowMs`; what was retried is not taken off. Subject: the queue. */
  'failed-increase',
  /** How bad a check is: 1 warning, 2 critical. Subject: the check. */
  'check',
  /** How long a check took, in milliseconds. Subject: the check. */
  'latency',
  /** Days until the certificate of a domain ends. Subject: the domain. */
  'certificate',
  /** How far the clock of the server is off, in seconds, whichever way. Subject: `server`. */
  'drift',
  /** 1 while the server does not answer. Subject: `server`. */
  'server-down',
  /** 1 while the server refuses the key of a connection. Subject: the connection's name. */
  'key',
  /** Minutes since the last full sweep of a server that answers. Subject: `server`. */
  'no-data'
] as const
export type RuleKind = (typeof ruleKinds)[number]

/** How far back `failed-increase` looks. */
export const failedWindowMs = 900_000

/** From where on a level of a rule is breached, and for how long it must be until somebody is told. */
export interface RuleLevel {
  /** In the unit of the rule's kind. Breached from here on: at or above, for `forecast` and `certificate` at or below. */
  readonly at: number
  readonly forMs: number
  /** How many samples in a row must breach it, 1 to 100. */
  readonly samples: number
}

/** Which alerts a rule, a silence or a maintenance is about. */
export interface Scope {
  /** Empty for all. */
  readonly serverIds: readonly string[]
  /** Names, in which `*` stands for anything; empty for all. */
  readonly subjects: readonly string[]
}

export interface Rule {
  readonly ruleId: string
  readonly name: string
  readonly isEnabled: boolean
  readonly kind: RuleKind
  readonly scope: Scope
  readonly warning: RuleLevel | null
  readonly critical: RuleLevel | null
  /** Once it fires, a level is breached until the value is past this share of it: 0.8 clears 5,000 below 4,000. 0 to 1. */
  readonly clearShare: number
  /** How long a level goes on firing after it was breached last. */
  readonly keepFiringMs: number
  /** A critical alert nobody acknowledged is told again after this; `null` for never. */
  readonly renotifyMs: number | null
  readonly runbookUrl: string
  readonly note: string
}

/** What is imported and exported: `standby-rules.json`. */
export interface RuleFile {
  readonly format: 'standby-rules'
  readonly version: 1
  readonly rules: readonly Rule[]
}

export interface Silence {
  readonly silenceId: string
  readonly scope: Scope
  /** Empty for all. */
  readonly ruleIds: readonly string[]
  readonly comment: string
  readonly fromMs: number
  /** Exclusive. */
  readonly untilMs: number
  /** A maintenance mutes as a silence does, and says that it is meant to be so. */
  readonly kind: 'silence' | 'maintenance'
}

/** Why a firing alert is not told, gravest reason first. */
export type MutedBy =
  | { readonly kind: 'silence' | 'maintenance'; readonly silenceId: string; readonly untilMs: number }
  | { readonly kind: 'server-down'; readonly alertId: string }
  | { readonly kind: 'snooze'; readonly untilMs: number }
  | { readonly kind: 'acknowledged'; readonly atMs: number }

/** A step of an alert. */
export interface AlertStep {
  readonly atMs: number
  readonly kind:
    | 'pending'
    | 'firing'
    | 'worse'
    | 'better'
    | 'resolved'
    | 'flapping'
    | 'told'
    | 'acknowledged'
    | 'unacknowledged'
    | 'snoozed'
    | 'unsnoozed'
  readonly severity: Severity | null
  /** The value it was taken by; `null` where no value was. */
  readonly value: number | null
}

export type AlertState = 'pending' | 'firing' | 'resolved'

/** One rule about one thing on one server. */
export interface Alert {
  readonly alertId: string
  readonly rule: Pick<Rule, 'ruleId' | 'name' | 'kind' | 'runbookUrl' | 'note'>
  readonly serverId: string
  /** What the server is called: the names of its connections, or its host. */
  readonly serverName: string
  readonly environment: Environment
  readonly isDemo: boolean
  readonly subject: string
  readonly state: AlertState
  /** While it fires, its worst firing level; while it is pending, the level that is breached. */
  readonly severity: Severity
  /** When it came to this state. */
  readonly sinceMs: number
  /** The newest value, and when it was; `null` while nobody knows. */
  readonly value: number | null
  readonly valueAtMs: number
  /** The level it is judged by. */
  readonly level: RuleLevel
  /** Past which value it clears. */
  readonly clearAt: number
  readonly isFlapping: boolean
  readonly mutedBy: MutedBy | null
  /** Since it last was inactive, oldest first; the last fifty. */
  readonly steps: readonly AlertStep[]
  /** What is wrong, in one sentence with figures. */
  readonly title: string
}

/** An alert that was and is no more. */
export interface PastAlert {
  readonly alertId: string
  readonly ruleName: string
  readonly serverId: string
  readonly serverName: string
  readonly subject: string
  /** The worst it came to. */
  readonly severity: Severity
  readonly title: string
  readonly firedMs: number
  readonly resolvedMs: number
  /** `null` when nobody did. */
  readonly acknowledgedMs: number | null
  /** Notices that were sent. */
  readonly told: number
}

/** Whether the desktop gets through to somebody. */
export interface Delivery {
  readonly notifier: 'buttons' | 'plain' | 'none'
  /** In one sentence: who shows the notices, or why nobody does. */
  readonly sentence: string
}

/** Everything the Alerts page shows, and the counts elsewhere. */
export interface AlertsView {
  /** Firing and pending ones: gravest first, then newest. */
  readonly alerts: readonly Alert[]
  /** Newest first. */
  readonly past: readonly PastAlert[]
  readonly rules: readonly Rule[]
  /** Those whose end is still to come, soonest end first. */
  readonly silences: readonly Silence[]
  readonly delivery: Delivery
  /** Why what is kept of alerts may not last, in one sentence; `null` when it does. */
  readonly trouble: string | null
}

export interface AlertRef {
  readonly alertId: string
}

export interface SnoozeArgs {
  /** `null` for all that fire. */
  readonly alertId: string | null
  readonly untilMs: number
}

export interface SilenceDraft {
  readonly scope: Scope
  readonly ruleIds: readonly string[]
  readonly comment: string
  readonly fromMs: number
  readonly untilMs: number
  readonly kind: 'silence' | 'maintenance'
}

export interface SilenceRef {
  readonly silenceId: string
}

export interface RuleRef {
  readonly ruleId: string
}

/** What came of an import. */
export interface ImportedRules {
  readonly count: number
}

/** What somebody wants to see who clicked on a notice or in the tray. */
export type Wanted =
  { readonly kind: 'alert'; readonly alertId: string } | { readonly kind: 'server'; readonly serverId: string }

export interface OpenAsked {
  /** `null` before the first. */
  readonly what: Wanted | null
  /** Counts up: the same may be asked for again. */
  readonly count: number
}

export interface TryArgs {
  readonly rule: Rule
  /** How far back, in days: 1 to 30. */
  readonly days: number
}

/** What a rule would have done. */
export interface Tried {
  /** Newest first; at most 100. */
  readonly firings: readonly {
    readonly serverId: string
    readonly serverName: string
    readonly subject: string
    readonly severity: Severity
    readonly fromMs: number
    /** `null` when it would still fire. */
    readonly toMs: number | null
  }[]
  readonly count: number
  readonly fromMs: number
  /** Samples it was judged by; 0 where nothing is kept. */
  readonly samples: number
}

/** Of everything a person may write into a rule or a silence. */
export const alertLimits = {
  rules: 200,
  silences: 200,
  subjects: 50,
  name: 100,
  note: 2000,
  comment: 500,
  url: 2000,
  forMs: 86_400_000,
  /** A snooze or pause may last so long at most. */
  snoozeMs: 7 * 86_400_000,
  silenceMs: 90 * 86_400_000
} as const
