import type { CallHandlers, FeedHandlers } from '../../src-main/services/bridge/handlers.ts'
import { Topic, type LiveView } from '../../src-main/services/live-view.ts'
import { initialSettings } from '../../src-main/contract/settings.ts'
import type { Settings } from '../../src-main/contract/settings.ts'

export const settings: Settings = initialSettings

const unexpected = (): never => {
  throw new Error('this test does not ask for it')
}

/** Handlers that fail when asked; a test gives the ones it needs. */
export const calls = (given: Partial<CallHandlers> = {}): CallHandlers => ({
  'alerts.acknowledge': unexpected,
  'alerts.open-runbook': unexpected,
  'alerts.preview': unexpected,
  'alerts.silence': unexpected,
  'alerts.snooze': unexpected,
  'alerts.unacknowledge': unexpected,
  'alerts.unsilence': unexpected,
  'alerts.unsnooze': unexpected,
  'app.describe': unexpected,
  'app.show-data-folder': unexpected,
  'history.export': unexpected,
  'history.query': unexpected,
  'history.sizes': unexpected,
  'history.uptime': unexpected,
  'rules.delete': unexpected,
  'rules.export': unexpected,
  'rules.import': unexpected,
  'rules.save': unexpected,
  'rules.try': unexpected,
  'servers.configure': unexpected,
  'capabilities.check-key': unexpected,
  'connections.edit': unexpected,
  'connections.export': unexpected,
  'connections.import': unexpected,
  'connections.reorder': unexpected,
  'demo.open': unexpected,
  'demo.switch': unexpected,
  'trust.certificate': unexpected,
  'trust.file': unexpected,
  'trust.reset': unexpected,
  'vault.answer': unexpected,
  'connections.add': unexpected,
  'connections.remove': unexpected,
  'fleet.sweep': unexpected,
  'settings.change': unexpected,
  'watch.pause': unexpected,
  'watch.resume': unexpected,
  'webhooks.delete': unexpected,
  'webhooks.save': unexpected,
  'webhooks.test': unexpected,
  ...given
})

export const feeds = (given: Partial<FeedHandlers> = {}): FeedHandlers => ({
  'alerts.asked': unexpected,
  'alerts.watch': unexpected,
  'capabilities.watch': unexpected,
  'connections.diagnose': unexpected,
  'demo.watch': unexpected,
  'fleet.watch': unexpected,
  'queues.watch': unexpected,
  'settings.watch': unexpected,
  'vault.watch': unexpected,
  'watch.watch': unexpected,
  'webhooks.watch': unexpected,
  ...given
})

/** A view a test changes by hand. */
export class HandView implements LiveView<Settings, Settings> {
  current = settings
  snapshots = 0
  readonly changed = new Topic<Settings>()
  readonly ended = new Topic<null>()
  listeners = 0

  snapshot(): Settings {
    this.snapshots++
    return this.current
  }

  subscribe(push: (delta: Settings) => void, end: (fault: null) => void): () => void {
    this.listeners++
    const stops = [this.changed.subscribe(push), this.ended.subscribe(() => end(null))]
    return () => {
      this.listeners--
      for (const stop of stops) stop()
    }
  }

  /** A change nobody can mistake for another. */
  change(isUtc: boolean): void {
    this.current = { ...this.current, isUtc }
    this.changed.publish(this.current)
  }
}
