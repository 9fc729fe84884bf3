import type { Alert } from '../../contract/alerts.ts'
import type { WatchView } from '../../contract/watch.ts'

interface Kept {
  readonly minute: number
  readonly title: string
  /** What must be said at once when it changes. */
  readonly mood: string
}

/**
 * Words an alert anew once a minute, and at once when it gets worse, better or unknown: a title tells the depth of a queue
 * as it is, and a menu of such titles would close under the pointer with every sweep.
 */
export class SteadyTitles {
  #kept: ReadonlyMap<string, Kept> = new Map()

  of(alerts: readonly Alert[], nowMs: number): readonly Alert[] {
    const minute = minuteOf(nowMs)
    const before = this.#kept
    this.#kept = new Map(alerts.map((alert) => [alert.alertId, titled(alert, minute, before.get(alert.alertId))]))
    return alerts.map((alert) => ({ ...alert, title: this.#kept.get(alert.alertId)?.title ?? alert.title }))
  }
}

/** Tells the last full sweep anew with the same minute. */
export class SteadySweep {
  #kept: { readonly minute: number; readonly atMs: number | null } = { minute: -1, atMs: null }

  of(watch: WatchView, nowMs: number): WatchView {
    const minute = minuteOf(nowMs)
    if (this.#kept.minute !== minute || this.#kept.atMs === null) this.#kept = { minute, atMs: watch.lastSweepAtMs }
    return { ...watch, lastSweepAtMs: this.#kept.atMs }
  }
}

/** The minute by which the ends of snoozes are offered: one change of a menu for all that changes with time. */
const minuteOf = (nowMs: number): number => Math.ceil(nowMs / 60_000)

function titled({ state, severity, value, title }: Alert, minute: number, kept: Kept | undefined): Kept {
  const mood = `${state} ${severity} ${value === null ? 'unknown' : 'known'}`
  return kept?.minute === minute && kept.mood === mood ? kept : { minute, title, mood }
}
