import { app } from 'electron'
import { assertNever } from '../../core/assert-never.ts'
import { clockTime } from '../../core/clock-time.ts'
import { Failure } from '../../core/failure.ts'
import type { Alerts } from '../../services/alerts/alerts.ts'
import type { Asked } from '../../services/alerts/handlers.ts'
import { SteadySweep, SteadyTitles } from '../../services/alerts/steady-titles.ts'
import { trayView } from '../../services/alerts/tray-view.ts'
import { coalesced } from '../../services/coalesced.ts'
import type { Poller } from '../../services/poller.ts'
import type { Clock, Log, Tray, TrayAct } from '../../services/ports.ts'
import type { SettingsService } from '../../services/settings.ts'
import type { Watch } from '../../services/watch.ts'
import type { Badge } from '../badge.ts'

export interface FollowAlertsOptions {
  readonly alerts: Alerts
  readonly watch: Watch
  readonly poller: Poller
  readonly settings: SettingsService
  readonly tray: Tray
  readonly asked: Asked
  readonly badge: Badge
  readonly clock: Clock
  readonly log: Log
  /** Brings the window forward. */
  readonly open: () => void
}

const soonMs = 1_000

/** Keeps tray and badge as the alerts are, and does what is picked in the tray's menu. */
export function followAlerts(options: FollowAlertsOptions): void {
  const { alerts, watch, poller, settings, tray, badge, clock, log } = options
  const titles = new SteadyTitles()
  const sweep = new SteadySweep()
  const show = (): void => {
    const nowMs = clock.now()
    const isUtc = settings.current().isUtc
    const view = trayView({
      alerts: titles.of(alerts.view().alerts, nowMs),
      servers: poller.all().map(({ server, verdict }) => ({
        serverId: server.serverId,
        name: server.connections.map(({ name }) => name).join(', '),
        state: verdict.state
      })),
      watch: sweep.of(watch.view(), nowMs),
      nowMs,
      clockTime: (atMs) => clockTime(atMs, isUtc)
    })
    tray.show(view)
    badge(view.count, view.state === 'critical')
  }
  // Every server tells of every look at it: all of that is one look at the tray.
  const soon = coalesced(clock, soonMs, show)
  alerts.watch().subscribe(show, () => undefined)
  watch.watch().subscribe(soon.ask, () => undefined)
  poller.onNews(soon.ask)
  settings.onChange(show)
  tray.onAct((act) => {
    try {
      did(act, options)
    } catch (thrown) {
      // A menu can be older than what it offers: the alert resolved, or the end of its snooze has passed.
      if (!(thrown instanceof Failure)) throw thrown
      log(`picked in the tray, too late: ${thrown.message}`)
    }
  })
  show()
}

function did(act: TrayAct, { alerts, watch, asked, open }: FollowAlertsOptions): void {
  switch (act.kind) {
    case 'quit':
      return app.quit()
    case 'acknowledge':
      return alerts.acknowledge(act.alertId)
    case 'snooze':
      return alerts.snooze(act)
    case 'open-alert':
      asked.ask({ kind: 'alert', alertId: act.alertId })
      return open()
    case 'open-server':
      asked.ask({ kind: 'server', serverId: act.serverId })
      return open()
    case 'pause':
      return watch.pause(act)
    case 'resume':
      return watch.resume()
    case 'open':
      return open()
    default:
      return assertNever(act)
  }
}
