export interface AppInfo {
  readonly version: string
  readonly electron: string
  readonly platform: string
  /** Where settings, keys and histories lie. */
  readonly dataFolder: string
  /** Whether this copy of Standby can be started at login. */
  readonly canStartAtLogin: boolean
  /** What went wrong at start and is worth a sentence to the user. */
  readonly notices: readonly string[]
}
