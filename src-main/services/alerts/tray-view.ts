import type { Alert } from '../../contract/alerts.ts'
import type { ServerState } from '../../contract/fleet.ts'
import { longestPauseMs, type WatchView } from '../../contract/watch.ts'
import { isHollow, watchSentence } from '../../core/watch.ts'
import type { TrayAct, TrayItem, TrayView } from '../ports.ts'

/** A server as the tray names it. */
export interface TrayServer {
  readonly serverId: string
  readonly name: string
  readonly state: ServerState
}

export interface TrayOf {
  readonly alerts: readonly Alert[]
  readonly servers: readonly TrayServer[]
  readonly watch: WatchView
  readonly nowMs: number
  /** In the zone the user reads times in. */
  readonly clockTime: (atMs: number) => string
}

const mostAlerts = 8
const hourMs = 3_600_000
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
export function trayView({ alerts, servers, watch, nowMs, clockTime }: TrayOf): TrayView {
  const firing = alerts.filter(({ state }) => state === 'firing')
  const open = firing.filter(({ mutedBy }) => mutedBy === null)
  const worst = open.some(({ severity }) => severity === 'critical') ? 'critical' : open.length > 0 ? 'warning' : null
  return {
    state: worst ?? (watch.state === 'watching' ? 'ok' : 'unknown'),
    isHollow: isHollow(watch),
    count: open.length,
    tooltip: tooltipOf(open, servers.length, watch, clockTime),
    items: [
      { kind: 'act', label: 'Open Standby', act: { kind: 'open' } },
      ...alertItems(firing, nowMs, clockTime),
      ...serverItems(servers),
      ...watchItems(watch, nowMs, clockTime),
      { kind: 'separator' },
      { kind: 'act', label: 'Quit Standby', act: { kind: 'quit' } }
    ]
  }
}

/** The worst there is, why nobody watches, and the proof that somebody did: a clock time, which no later reader mistakes. */
function tooltipOf(
  open: readonly Alert[],
  servers: number,
  watch: WatchView,
  clockTime: (atMs: number) => string
): string {
  if (servers === 0) return 'Standby: no server to watch'
  const [first] = open
  const more = open.length > 1 ? ` and ${open.length - 1} more` : ''
  const well = `nothing fires on ${servers} ${servers === 1 ? 'server' : 'servers'}`
  const said = first === undefined ? well : `${first.serverName} · ${first.title}${more}`
  const stalled = watchSentence(watch, clockTime)
  const swept = watch.lastSweepAtMs === null ? 'no full sweep yet' : `last full sweep ${clockTime(watch.lastSweepAtMs)}`
  const parts = first === undefined ? [stalled ?? said, swept] : [said, ...(stalled === null ? [] : [stalled]), swept]
  return `Standby: ${parts.join(' · ')}`
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

function watchItems(watch: WatchView, nowMs: number, clockTime: (atMs: number) => string): readonly TrayItem[] {
  if (watch.state === 'idle') return []
  const sentence = watchSentence(watch, clockTime)
  const why: readonly TrayItem[] = sentence === null ? [] : [{ kind: 'label', label: sentence }]
  const pause = (label: string, untilMs: number): TrayItem => ({ kind: 'act', label, act: { kind: 'pause', untilMs } })
  const paused: TrayItem = { kind: 'act', label: 'Resume polling', act: { kind: 'resume' } }
  const running: TrayItem = {
    kind: 'menu',
    label: 'Pause polling',
    items: [
      pause('30 min', onTheMinute(nowMs + hourMs / 2)),
      pause('1 h', onTheMinute(nowMs + hourMs)),
      // A minute short: what is rounded up must not be longer than a pause may be.
      pause('8 h', onTheMinute(nowMs + longestPauseMs) - 60_000)
    ]
  }
  return [{ kind: 'separator' }, ...why, watch.pause === null ? running : paused]
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
