import { ServerClient } from '../appwrite/client.ts'
import type { Hear } from '../appwrite/hearing.ts'
import type { ProjectClient } from '../appwrite/project-client.ts'
import type { ResolveProxy } from '../appwrite/proxy-routes.ts'
import type { Cadence } from '../core/cadence.ts'
import { Failure } from '../core/failure.ts'
import type { Connections, Server } from './connections.ts'
import type { History } from './history.ts'
import { Topic } from './live-view.ts'
import { ServerMonitor, type MonitorNews, type ServerFacts } from './monitor/server-monitor.ts'
import { NetworkWatch } from './network-watch.ts'
import type { Clock, Log, Network } from './ports.ts'
import { RequestMeter } from './request-meter.ts'
import type { Scheduler } from './scheduler.ts'
import { serverTrust } from './trust.ts'

export type PollerNews =
  | { readonly kind: 'news'; readonly serverId: string; readonly news: MonitorNews }
  | { readonly kind: 'gone'; readonly serverId: string }

export interface PollerOptions {
  readonly connections: Connections
  readonly history: History
  readonly scheduler: Scheduler
  readonly network: Network
  readonly clock: Clock
  readonly random: () => number
  readonly cadence: Cadence
  /** The way of this machine to an address: direct, or through a proxy. */
  readonly resolveProxy: ResolveProxy
  readonly log: Log
}

/** One monitor a server, following the connections there are. */
export class Poller {
  readonly #options: PollerOptions
  readonly #network: NetworkWatch
  readonly #monitors = new Map<string, ServerMonitor>()
  readonly #news = new Topic<PollerNews>()
  #stopFollowing: () => void = () => undefined

  constructor(options: PollerOptions) {
    this.#options = options
    this.#network = new NetworkWatch(options)
  }

  start(): void {
    this.#stopFollowing = this.#options.connections.onChange(() => this.#sync())
    this.#sync()
  }

  stop(): void {
    this.#stopFollowing()
    for (const monitor of this.#monitors.values()) monitor.stop()
    this.#monitors.clear()
  }

  /** Throws `missing` for a server without a connection. */
  facts(serverId: string): ServerFacts {
    return this.#monitor(serverId).facts()
  }

  all(): readonly ServerFacts[] {
    return [...this.#monitors.values()].map((monitor) => monitor.facts())
  }

  /** Throws `missing` for a server without a connection. */
  lookNow(serverId: string): void {
    this.#monitor(serverId).lookNow()
  }

  /** A connection's project, asked over the connections to its server. Throws `missing`, and `denied` without its key. */
  project(connectionId: string): ProjectClient {
    const connection = this.#options.connections.find(connectionId)
    return this.#monitor(connection.serverId).project(connection)
  }

  onNews(listener: (news: PollerNews) => void): () => void {
    return this.#news.subscribe(listener)
  }

  #monitor(serverId: string): ServerMonitor {
    const monitor = this.#monitors.get(serverId)
    if (monitor !== undefined) return monitor
    throw new Failure({ code: 'missing', message: 'This server has no connection any more. Go back to the Overview.' })
  }

  #sync(): void {
    const { connections, history } = this.#options
    const servers = connections.servers()
    const wanted = new Set(servers.map((server) => server.serverId))
    for (const [serverId, monitor] of this.#monitors) {
      if (wanted.has(serverId)) continue
      monitor.stop()
      this.#monitors.delete(serverId)
      history.forget(serverId)
      this.#news.publish({ kind: 'gone', serverId })
    }
    for (const server of servers) {
      const known = this.#monitors.get(server.serverId)
      if (known?.isFor(server) === true) {
        known.update(server)
      } else {
        // Another trust is another way to connect; what was seen stays.
        known?.stop()
        this.#begin(server)
      }
    }
  }

  #begin(server: Server): void {
    const { connections, history, scheduler, clock, random, cadence, resolveProxy, log } = this.#options
    const { serverId, endpoint } = server
    const meter = new RequestMeter()
    const onRequest = (method: string): void => meter.count(method, clock.monotonicMs())
    const hear: Hear = (operation, fault) => monitor.hear(operation, fault)
    const monitor: ServerMonitor = new ServerMonitor({
      server,
      client: new ServerClient({ endpoint, trust: serverTrust(server.trust), onRequest, hear, resolveProxy }),
      meter,
      keyOf: (connectionId) => connections.keyOf(connectionId),
      history,
      scheduler,
      network: this.#network,
      clock,
      random,
      cadence,
      onNews: (news) => this.#news.publish({ kind: 'news', serverId, news }),
      onDefect: (thrown) => log(`defect while asking ${endpoint}: ${String(thrown)}`)
    })
    this.#monitors.set(serverId, monitor)
    monitor.start()
    this.#news.publish({ kind: 'news', serverId, news: { rows: [] } })
  }
}
