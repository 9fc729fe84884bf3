import type { Connection } from '../contract/connections.ts'
import type { FleetDelta, FleetSnapshot, QueueGlance, ServerCard } from '../contract/fleet.ts'
import { Failure } from '../core/failure.ts'
import { thinned } from '../core/queues.ts'
import { environmentOf, type Connections } from './connections.ts'
import type { LiveView } from './live-view.ts'
import type { ServerFacts } from './monitor/server-facts.ts'
import type { Poller } from './poller.ts'
import type { Clock } from './ports.ts'

const glanceMs = 3_600_000
const glancePoints = 120
const glances = 3

export interface FleetOptions {
  readonly connections: Connections
  readonly poller: Poller
  readonly clock: Clock
}

/** What the Overview shows: one card a server. */
export class Fleet {
  readonly #options: FleetOptions

  constructor(options: FleetOptions) {
    this.#options = options
  }

  watch(): LiveView<FleetSnapshot, FleetDelta> {
    const { poller } = this.#options
    return {
      snapshot: () => ({ servers: poller.all().map((facts) => this.#card(facts)) }),
      subscribe: (push) =>
        poller.onNews((news) => {
          if (news.kind === 'gone') push({ kind: 'drop', serverId: news.serverId })
          else push({ kind: 'put', server: this.#card(poller.facts(news.serverId)) })
        })
    }
  }

  /** Throws `missing` for an unknown id. */
  connection(connectionId: string): Connection {
    const order = this.#order()
    const found = this.#options.poller
      .all()
      .flatMap((facts) => connectionsOf(facts, order))
      .find((connection) => connection.connectionId === connectionId)
    if (found !== undefined) return found
    throw new Failure({ code: 'missing', message: 'This connection was removed.' })
  }

  #order(): ReadonlyMap<string, number> {
    return new Map(this.#options.connections.list().map(({ connectionId }, index) => [connectionId, index]))
  }

  #card(facts: ServerFacts): ServerCard {
    const { server, verdict } = facts
    return {
      serverId: server.serverId,
      endpoint: server.endpoint,
      isDemo: server.isDemo,
      trust: server.trust?.trust ?? { kind: 'system' },
      environment: environmentOf(server.connections),
      connections: connectionsOf(facts, this.#order()),
      state: verdict.state,
      sinceMs: facts.sinceMs,
      reason: verdict.reason,
      fault: facts.fault,
      version: facts.version,
      lastSweepAtMs: facts.lastSweepAtMs,
      lastTryAtMs: facts.lastTryAtMs,
      nextTryAtMs: facts.nextTryAtMs,
      requestsPerMinute: facts.requestsPerMinute,
      writesSent: facts.writesSent,
      fullest: fullest(facts, this.#options.clock.now() - glanceMs),
      checks: facts.checks,
      suspicions: facts.suspicions,
      options: facts.options,
      unwatched: facts.unwatched,
      trouble: facts.trouble,
      rank: verdict.rank
    }
  }
}

function connectionsOf(facts: ServerFacts, order: ReadonlyMap<string, number>): readonly Connection[] {
  return facts.access.map(({ connection, access, fault }) => ({
    connectionId: connection.connectionId,
    serverId: connection.serverId,
    name: connection.name,
    projectId: connection.projectId,
    environment: connection.environment,
    position: order.get(connection.connectionId) ?? order.size,
    access,
    fault
  }))
}

/** The queues nearest their thresholds by what was last known of them, so that a lost server keeps its three. */
function fullest({ queues, recent }: ServerFacts, fromMs: number): readonly QueueGlance[] {
  const offered = queues.filter((queue) => queue.level !== 'not-offered')
  const lastKnown = new Map(
    offered.map(({ queue, depth }) => [queue, depth ?? recent(queue).findLast(({ value }) => value !== null)?.value])
  )
  return offered
    .toSorted((a, b) => (lastKnown.get(b.queue) ?? -1) / b.threshold - (lastKnown.get(a.queue) ?? -1) / a.threshold)
    .slice(0, glances)
    .map(({ queue, level, depth, changePerMinute, threshold, forecast }) => {
      const points = recent(queue).flatMap(({ atMs, value }) => (atMs >= fromMs ? [[atMs, value] as const] : []))
      return { queue, level, depth, changePerMinute, threshold, forecast, points: thinned(points, glancePoints) }
    })
}
