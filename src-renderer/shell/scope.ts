import type { Connection } from '../../src-main/contract/connections.ts'
import type { ServerCard, ServerState } from '../../src-main/contract/fleet.ts'
import type { Level } from '../../src-main/contract/health.ts'
import { worstOf } from '../parts/levels.ts'

/** What the `Connection` box narrows the page to. */
export interface Scope {
  /** The servers in view, worst first. */
  readonly servers: readonly ServerCard[]
  /** The one connection chosen; `null` is all of them. */
  readonly connection: Connection | null
}

/** The scope of a chosen connection; one that is gone means all. */
export function scopeOf(servers: readonly ServerCard[], connectionId: string | null): Scope {
  for (const server of servers) {
    const connection = server.connections.find((each) => each.connectionId === connectionId)
    if (connection !== undefined) return { servers: [server], connection }
  }
  return { servers, connection: null }
}

/** The words of the status pill. */
export const stateWords: Readonly<Record<ServerState, string>> = {
  connecting: 'Connecting',
  live: 'Live',
  degraded: 'Degraded',
  down: 'Server down',
  unauthorised: 'Unauthorised',
  offline: 'Offline',
  paused: 'Paused'
}

/** The colour and shape of a server's state. A degraded one is as bad as the worst thing known of it. */
export function levelOf(server: ServerCard): Level {
  switch (server.state) {
    case 'live':
      return 'ok'
    case 'degraded': {
      const worst = worstOf([...server.checks, ...server.fullest, ...server.suspicions].map((each) => each.level))
      return worst === 'critical' ? 'critical' : 'warning'
    }
    case 'down':
    case 'unauthorised':
      return 'critical'
    case 'connecting':
    case 'offline':
    case 'paused':
      return 'unknown'
  }
}

/** Whether what is shown of a server is the last known rather than the present. */
export function isStale(server: ServerCard): boolean {
  return server.state !== 'live' && server.state !== 'degraded'
}

/** Whether a server is in a state that asks for an engineer; being offline or paused is this machine's own. */
export function needsSomeone(server: ServerCard): boolean {
  return server.state === 'degraded' || server.state === 'down' || server.state === 'unauthorised'
}

export interface Pill {
  readonly state: ServerState
  readonly level: Level
}

/**
 * What the status pill says: the worst server in view, or that the chosen connection is refused while another key
 * still opens its server. `null` with nothing in view.
 */
export function pillOf(scope: Scope): Pill | null {
  const worst = scope.servers[0]
  if (worst === undefined) return null
  if (scope.connection?.access === 'refused' && !isStale(worst)) return { state: 'unauthorised', level: 'critical' }
  return { state: worst.state, level: levelOf(worst) }
}

/** The oldest of the last full sweeps in view: the age that holds for everything shown. `null` before the first. */
export function oldestSweep(servers: readonly ServerCard[]): number | null {
  const known = servers.flatMap(({ lastSweepAtMs }) => (lastSweepAtMs === null ? [] : [lastSweepAtMs]))
  return known.length === 0 ? null : Math.min(...known)
}

/** The host of an endpoint, the short name of a server. */
export function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : endpoint
}

/** What a server is called: its connections' names, or its host while it has none. */
export function nameOf(server: ServerCard): string {
  const names = server.connections.map(({ name }) => name)
  return names.length === 0 ? hostOf(server.endpoint) : names.join(', ')
}
