import type { Intervals } from '../contract/settings.ts'
import type { SettingsService } from './settings.ts'

/** How often each group of requests goes to every server; may change while they are watched. */
export interface Pace {
  current(): Intervals
  onChange(listener: () => void): () => void
}

/** One that stays, as the command line or a test asks for. */
export function steadyPace(intervals: Intervals): Pace {
  return { current: () => intervals, onChange: () => () => undefined }
}

/** The one the user chose. */
export function chosenPace(settings: SettingsService): Pace {
  return {
    current: () => settings.current().intervals,
    onChange: (listener) => {
      let told = JSON.stringify(settings.current().intervals)
      return settings.onChange(({ intervals }) => {
        const text = JSON.stringify(intervals)
        if (text === told) return
        told = text
        listener()
      })
    }
  }
}
