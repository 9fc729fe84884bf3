export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** What the user chose about the look; kept between starts. */
export interface Settings {
  readonly theme: Theme
  readonly isRailCollapsed: boolean
  /** Times in UTC instead of local time. */
  readonly isUtc: boolean
}

export type SettingsChange = Partial<Settings>
