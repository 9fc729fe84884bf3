import { app } from 'electron'
import { assertNever } from '../../core/assert-never.ts'
import type { Alerts } from '../../services/alerts/alerts.ts'
import type { Asked } from '../../services/alerts/handlers.ts'
import { SteadyTitles } from '../../services/alerts/steady-titles.ts'
import { trayView } from '../../services/alerts/tray-view.ts'
import type { Poller } from '../../services/poller.ts'
import type { Clock, Tray, TrayAct } from '../../services/ports.ts'
import type { SettingsService } from '../../services/settings.ts'
import type { Badge } from '../badge.ts'

export interface FollowAlertsOptions {
  readonly alerts: Alerts
  readonly poller: Poller
  readonly settings: SettingsService
  readonly tray: Tray
  readonly asked: Asked
  readonly badge: Badge
  readonly clock: Clock
  /** Brings the window forward. */
  readonly open: () => void
}

const soonMs = 1_000
/** That nobody watches any more is told by no news at all. */
const everyMs = 15_000

/** Keeps tray and badge as the alerts are, and does what is picked in the tray's menu. */
export function followAlerts(options: FollowAlertsOptions): void {
  const { alerts, poller, settings, tray, badge, clock } = options
  const titles = new SteadyTitles()
  const show = (): void => {
    const nowMs = clock.now()
    const isUtc = settings.current().isUtc
    const view = trayView({
      alerts: titles.of(alerts.view().alerts, nowMs),
      servers: poller.all().map(({ server, verdict, lastSweepAtMs }) => ({
        serverId: server.serverId,
        name: server.connections.map(({ name }) => name).join(', '),
        state: verdict.state,
        lastSweepAtMs
      })),
      nowMs,
      clockTime: (atMs) => clockTime(atMs, isUtc)
    })
    tray.show(view)
    badge(view.count, view.state === 'critical')
  }
  const again = (): void => {
    show()
    clock.after(everyMs, again)
  }
  let isOwed = false
  // Every server tells of every look at it: all of that is one look at the tray.
  const soon = (): void => {
    if (isOwed) return
    isOwed = true
    clock.after(soonMs, () => {
      isOwed = false
      show()
    })
  }
  alerts.watch().subscribe(show, () => undefined)
  poller.onNews(soon)
  settings.onChange(show)
  tray.onAct((act) => did(act, options))
  again()
}

function did(act: TrayAct, { alerts, asked, open }: FollowAlertsOptions): void {
  switch (act.kind) {
    case 'quit':
      return app.quit()
    case 'acknowledge':
      return alerts.acknowledge(act.alertId)
    case 'snooze':
      return alerts.snooze(act)
    case 'open-alert':
      asked.ask(act.alertId)
      return open()
    case 'open':
    case 'open-server':
    case 'pause':
    case 'resume':
      return open()
    default:
      return assertNever(act)
  }
}

function clockTime(atMs: number, isUtc: boolean): string {
  const zone = isUtc ? { timeZone: 'UTC' } : {}
  return new Date(atMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...zone })
}
