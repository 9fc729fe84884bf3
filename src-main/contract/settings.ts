export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** How often each group of requests goes to a server, in milliseconds. */
export interface Intervals {
  /** All queue depths: the sweep. */
  readonly depthsMs: number
  /** Failed jobs, and the checks that cost the server next to nothing. */
  readonly cheapMs: number
  /** Checks that write files, ask NTP or wake the scanner (the API facts §13). */
  readonly slowMs: number
  /** Certificates, which the server dials out for, and its version. */
  readonly rareMs: number
}

/** What each interval may be set to, in milliseconds. */
export const intervalChoices = {
  depthsMs: [5_000, 10_000, 15_000, 30_000, 60_000],
  cheapMs: [15_000, 30_000, 60_000, 120_000],
  slowMs: [120_000, 300_000, 900_000, 3_600_000],
  rareMs: [900_000, 3_600_000, 21_600_000]
} as const satisfies { [K in keyof Intervals]: readonly number[] }

/** How long each resolution of a history is kept, and how much of it. */
export interface Retention {
  /** Samples as they came. */
  readonly rawDays: number
  /** Buckets of a minute. */
  readonly minuteDays: number
  /** Buckets of 15 minutes and of a day. */
  readonly restDays: number
  /** Of each server's file; the oldest samples go first. */
  readonly maxSizeMb: number
}

/** What each part of the retention may be set to. */
export const retentionChoices = {
  rawDays: [1, 3, 7, 14, 30],
  minuteDays: [14, 30, 60, 120],
  restDays: [180, 365, 730, 1825],
  maxSizeMb: [64, 256, 1024, 4096]
} as const satisfies { [K in keyof Retention]: readonly number[] }

export const awakeChoices = ['never', 'on-mains', 'always'] as const

/** What closing the window means where the tray shows an icon; elsewhere it always quits. */
export const closeChoices = ['ask', 'tray', 'quit'] as const

/** Which alerts make a sound. */
export const soundChoices = ['critical', 'all', 'never'] as const

/** How long this machine may be offline before somebody is told that nobody watches, in milliseconds. */
export const offlineChoices = [60_000, 300_000, 900_000, 1_800_000] as const

/** What the user chose; kept between starts. */
export interface Settings {
  readonly theme: Theme
  readonly isRailCollapsed: boolean
  /** Times in UTC instead of local time. */
  readonly isUtc: boolean
  readonly intervals: Intervals
  readonly retention: Retention
  /** Whether the machine is kept from sleeping while Standby watches. */
  readonly keepAwake: (typeof awakeChoices)[number]
  readonly whenClosed: (typeof closeChoices)[number]
  /** Means nothing where `AppInfo.canStartAtLogin` is false. */
  readonly startAtLogin: boolean
  readonly sound: (typeof soundChoices)[number]
  readonly offlineNoticeMs: number
}

export type SettingsChange = Partial<Settings>

/** What the app starts with before anything was chosen. */
export const initialSettings: Settings = {
  theme: 'system',
  isRailCollapsed: false,
  isUtc: false,
  intervals: { depthsMs: 10_000, cheapMs: 30_000, slowMs: 300_000, rareMs: 3_600_000 },
  retention: { rawDays: 7, minuteDays: 60, restDays: 730, maxSizeMb: 1024 },
  keepAwake: 'on-mains',
  whenClosed: 'ask',
  startAtLogin: false,
  sound: 'critical',
  offlineNoticeMs: 300_000
}
