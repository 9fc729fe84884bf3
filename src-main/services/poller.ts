import { ServerClient, type ClientOptions } from '../appwrite/client.ts'
import type { Hear } from '../appwrite/hearing.ts'
import type { ProjectClient } from '../appwrite/project-client.ts'
import type { ResolveProxy } from '../appwrite/proxy-routes.ts'
import type { HistoryTrouble, Unwatched } from '../contract/history.ts'
import { Failure } from '../core/failure.ts'
import type { Slept } from '../core/sleep.ts'
import type { Connections, Server } from './connections.ts'
import { lanes } from './lanes.ts'
import { Topic } from './live-view.ts'
import type { MonitorClient } from './monitor/monitor-client.ts'
import type { SampleStore } from './monitor/sample-store.ts'
import type { MonitorNews, ServerFacts } from './monitor/server-facts.ts'
import { ServerMonitor } from './monitor/server-monitor.ts'
import { NetworkWatch } from './network-watch.ts'
import type { Pace } from './pace.ts'
import type { Clock, Log, Network, Power } from './ports.ts'
import { RequestMeter } from './request-meter.ts'
import type { Scheduler } from './scheduler.ts'
import { SleepWatch } from './sleep-watch.ts'
import { serverTrust } from './trust.ts'

export type PollerNews =
  | { readonly kind: 'news'; readonly serverId: string; readonly news: MonitorNews }
  | { readonly kind: 'gone'; readonly serverId: string }

export interface PollerOptions {
  readonly connections: Connections
  readonly history: PolledHistory
  readonly scheduler: Scheduler
  readonly network: Network
  readonly power: Power
  readonly clock: Clock
  readonly random: () => number
  readonly pace: Pace
  /** The way of this machine to an address: direct, or through a proxy. */
  readonly resolveProxy: ResolveProxy
  readonly log: Log
  /** The client of a server; by default the real one. */
  readonly clientFor?: (options: ClientOptions) => MonitorClient
}

/** What polling keeps, and how long. */
export interface PolledHistory extends SampleStore {
  /** Deletes what is kept of a server: its last connection was removed. */
  forget(serverId: string): void
  /** What keeps the history of a server from being complete. */
  trouble(serverId: string): HistoryTrouble | null
}

/** Servers found together at the start are begun this far apart, up to the spread of their lane. */
const startApartMs = 100

/** One monitor a server, following the connections there are. */
export class Poller {
  readonly #options: PollerOptions
  readonly #network: NetworkWatch
  readonly #monitors = new Map<string, ServerMonitor>()
  readonly #news = new Topic<PollerNews>()
  readonly #sleep: SleepWatch
  #pausedMs: number | null = null
  #stops: (() => void)[] = []

  constructor(options: PollerOptions) {
    this.#options = options
    this.#network = new NetworkWatch(options)
    this.#sleep = new SleepWatch({ ...options, onWoke: (slept) => this.#woke(slept) })
  }

  start(): void {
    const { connections, pace } = this.#options
    this.#sleep.start()
    this.#stops = [
      connections.onChange(() => this.#sync()),
      pace.onChange(() => {
        for (const monitor of this.#monitors.values()) monitor.retime()
      }),
      () => this.#sleep.stop()
    ]
    this.#sync()
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop()
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

  /** Asks no server anything until `resume`. */
  pause(): void {
    if (this.#pausedMs !== null) return
    this.#pausedMs = this.#options.clock.now()
    this.#options.scheduler.hold()
    for (const monitor of this.#monitors.values()) monitor.paused()
  }

  resume(): void {
    const fromMs = this.#pausedMs
    if (fromMs === null) return
    const { clock, scheduler } = this.#options
    this.#pausedMs = null
    scheduler.release()
    this.#unwatched({ fromMs, toMs: clock.now(), reason: 'paused' })
  }

  /** Throws `missing` for a server without a connection, and `conflict` while polling is paused. */
  lookNow(serverId: string): void {
    if (this.#pausedMs !== null)
      throw new Failure({ code: 'conflict', message: 'Polling is paused. Resume it to look at this server.' })
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
    const fresh = servers.filter(({ serverId }) => !this.#monitors.has(serverId)).length
    const spreadMs = Math.min(lanes.probe.spreadMs, fresh * startApartMs)
    for (const server of servers) {
      const known = this.#monitors.get(server.serverId)
      if (known?.isFor(server) === true) {
        known.update(server)
      } else {
        // Another trust is another way to connect; what was seen stays.
        known?.stop()
        this.#begin(server, spreadMs, known === undefined)
      }
    }
  }

  #woke({ fromMs, toMs }: Slept): void {
    // A sleep within a pause is part of it.
    if (this.#pausedMs === null) this.#unwatched({ fromMs, toMs, reason: 'asleep' })
  }

  #unwatched(span: Unwatched): void {
    const { pace, random } = this.#options
    const isLong = span.toMs - span.fromMs > pace.current().depthsMs * 2.5
    for (const monitor of this.#monitors.values()) {
      monitor.woke(isLong ? span : null, random() * lanes.probe.spreadMs)
    }
  }

  #begin(server: Server, spreadMs: number, isFirst: boolean): void {
    const { connections, history, scheduler, clock, random, pace, resolveProxy, log } = this.#options
    const { clientFor = (options: ClientOptions): MonitorClient => new ServerClient(options) } = this.#options
    const { serverId, endpoint } = server
    const meter = new RequestMeter()
    const onRequest = (method: string): void => meter.count(method, clock.monotonicMs())
    const hear: Hear = (operation, fault) => monitor.hear(operation, fault)
    const monitor: ServerMonitor = new ServerMonitor({
      server,
      client: clientFor({ endpoint, trust: serverTrust(server.trust), onRequest, hear, resolveProxy }),
      meter,
      keyOf: (connectionId) => connections.keyOf(connectionId),
      store: history,
      trouble: () => history.trouble(serverId),
      scheduler,
      network: this.#network,
      clock,
      random,
      pace,
      isPaused: () => this.#pausedMs !== null,
      // What just went wrong may have, because the machine slept meanwhile and nobody said so.
      onDoubt: () => this.#sleep.look(),
      onNews: (news) => this.#news.publish({ kind: 'news', serverId, news }),
      onDefect: (thrown) => log(`defect while asking ${endpoint}: ${String(thrown)}`)
    })
    this.#monitors.set(serverId, monitor)
    monitor.start(random() * spreadMs, isFirst)
    if (this.#pausedMs !== null) monitor.paused()
    this.#news.publish({ kind: 'news', serverId, news: { rows: [] } })
  }
}
