import type { Settings } from '../contract/settings.ts'

/** What the app starts with before anything was chosen. */
export const initialSettings: Settings = { theme: 'system', isRailCollapsed: false, isUtc: false }
