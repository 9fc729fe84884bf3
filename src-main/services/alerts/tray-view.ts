import type { Alert } from '../../contract/alerts.ts'
import type { ServerState } from '../../contract/fleet.ts'
import type { TrayAct, TrayItem, TrayView } from '../ports.ts'

/** A server as the tray names it. */
export interface TrayServer {
  readonly serverId: string
  readonly name: string
  readonly state: ServerState
  readonly lastSweepAtMs: number | null
}

export interface TrayOf {
  readonly alerts: readonly Alert[]
  readonly servers: readonly TrayServer[]
  readonly nowMs: number
  /** In the zone the user reads times in. */
  readonly clockTime: (atMs: number) => string
}

const mostAlerts = 8
const hourMs = 3_600_000
/** Without a full sweep for so long nobody watches. */
const blindMs = 300_000
const stateWords: Readonly<Record<ServerState, string>> = {
  connecting: 'connecting',
  live: 'live',
  degraded: 'degraded',
  down: 'server down',
  unauthorised: 'keys refused',
  offline: 'offline',
  paused: 'paused'
}

/** What the tray shows: the worst there is, who fires, and whether anybody watches. No ages: they would close its menu. */
export function trayView({ alerts, servers, nowMs, clockTime }: TrayOf): TrayView {
  const firing = alerts.filter(({ state }) => state === 'firing')
  const open = firing.filter(({ mutedBy }) => mutedBy === null)
  const isWatched = servers.some(({ state, lastSweepAtMs }) => {
    const isJudged = state === 'live' || state === 'degraded' || state === 'down' || state === 'unauthorised'
    return isJudged && (state === 'down' || (lastSweepAtMs !== null && nowMs - lastSweepAtMs < blindMs))
  })
  const worst = open.some(({ severity }) => severity === 'critical') ? 'critical' : open.length > 0 ? 'warning' : null
  return {
    state: worst ?? (isWatched ? 'ok' : 'unknown'),
    isHollow: !isWatched,
    count: open.length,
    tooltip: tooltipOf(open, servers, isWatched),
    items: [
      { kind: 'act', label: 'Open Standby', act: { kind: 'open' } },
      ...alertItems(firing, nowMs, clockTime),
      ...serverItems(servers),
      { kind: 'separator' },
      { kind: 'act', label: 'Quit Standby', act: { kind: 'quit' } }
    ]
  }
}

function tooltipOf(open: readonly Alert[], servers: readonly TrayServer[], isWatched: boolean): string {
  const [first] = open
  if (first !== undefined) {
    const more = open.length > 1 ? ` and ${open.length - 1} more` : ''
    return `${first.serverName} · ${first.title}${more}`
  }
  if (servers.length === 0) return 'Standby: no server to watch'
  if (!isWatched) return 'Standby: not watching'
  return `Standby: nothing fires on ${servers.length} ${servers.length === 1 ? 'server' : 'servers'}`
}

function alertItems(firing: readonly Alert[], nowMs: number, clockTime: (atMs: number) => string): readonly TrayItem[] {
  if (firing.length === 0) return []
  const act = (label: string, what: TrayAct): TrayItem => ({ kind: 'act', label, act: what })
  const items = firing.slice(0, mostAlerts).map(({ alertId, serverName, title, sinceMs }): TrayItem => {
    const label = `${serverName} · ${title} · since ${clockTime(sinceMs)}`
    const items = [
      act('Open', { kind: 'open-alert', alertId }),
      act('Acknowledge', { kind: 'acknowledge', alertId }),
      act('Snooze 1 h', { kind: 'snooze', alertId, untilMs: onTheMinute(nowMs + hourMs) })
    ]
    return { kind: 'menu', label, items }
  })
  const more = firing.length - mostAlerts
  const snooze = (label: string, untilMs: number): TrayItem => act(label, { kind: 'snooze', alertId: null, untilMs })
  return [
    { kind: 'separator' },
    ...items,
    ...(more > 0 ? [{ kind: 'label', label: `and ${more} more` } as const] : []),
    {
      kind: 'menu',
      label: 'Snooze all',
      items: [
        snooze('30 min', onTheMinute(nowMs + hourMs / 2)),
        snooze('1 h', onTheMinute(nowMs + hourMs)),
        snooze('Until 8:00', nextEight(nowMs))
      ]
    }
  ]
}

function serverItems(servers: readonly TrayServer[]): readonly TrayItem[] {
  if (servers.length === 0) return []
  const items = servers.map(({ serverId, name, state }): TrayItem => {
    return { kind: 'act', label: `${name} · ${stateWords[state]}`, act: { kind: 'open-server', serverId } }
  })
  return [{ kind: 'separator' }, ...items]
}

/** The menu is made anew whenever an end in it changes: once a minute at most. */
const onTheMinute = (ms: number): number => Math.ceil(ms / 60_000) * 60_000

/** The next 8:00 of this machine's clock. */
export function nextEight(nowMs: number): number {
  const eight = new Date(nowMs)
  eight.setHours(8, 0, 0, 0)
  if (eight.getTime() <= nowMs) eight.setDate(eight.getDate() + 1)
  return eight.getTime()
}
