import type { Operation } from '../../appwrite/offers.ts'
import type { ProjectClient } from '../../appwrite/project-client.ts'
import type { Fault } from '../../contract/fault.ts'
import type { ServerState } from '../../contract/fleet.ts'
import type { CheckId } from '../../contract/health.ts'
import type { HistoryTrouble, Unwatched } from '../../contract/history.ts'
import type { QueueState, SweepRow } from '../../contract/queues.ts'
import type { Mark } from '../../contract/marks.ts'
import type { Intervals } from '../../contract/settings.ts'
import { Failure } from '../../core/failure.ts'
import { pausedVerdict, verdictOf, type Verdict } from '../../core/verdict.ts'
import type { KnownConnection, Server } from '../connections.ts'
import type { LaneName } from '../lanes.ts'
import type { NetworkWatch } from '../network-watch.ts'
import type { Pace } from '../pace.ts'
import type { Clock } from '../ports.ts'
import type { RequestMeter } from '../request-meter.ts'
import type { Scheduler } from '../scheduler.ts'
import { Asker } from './asker.ts'
import { CheckWatch, cheapChecks, slowChecks } from './check-watch.ts'
import { CredentialRing } from './credential-ring.ts'
import type { MonitorClient } from './monitor-client.ts'
import { OfferWatch } from './offer-watch.ts'
import { Outlook } from './outlook.ts'
import { QueueWatch } from './queue-watch.ts'
import { ReachWatch } from './reach-watch.ts'
import { Recorder } from './recorder.ts'
import { Rounds } from './rounds.ts'
import type { SampleStore } from './sample-store.ts'
import type { MonitorNews, ServerFacts } from './server-facts.ts'
import { WatchTasks } from './watch-tasks.ts'

export interface MonitorOptions {
  readonly server: Server
  readonly client: MonitorClient
  readonly meter: RequestMeter
  readonly keyOf: (connectionId: string) => string | null
  readonly store: SampleStore
  /** What keeps the history of this server from being complete. */
  readonly trouble: () => HistoryTrouble | null
  readonly scheduler: Scheduler
  readonly network: NetworkWatch
  readonly clock: Clock
  readonly random: () => number
  readonly pace: Pace
  /** Whether nobody is asked at the moment because somebody wants it so. */
  readonly isPaused: () => boolean
  /** Called before a server is judged for not answering. */
  readonly onDoubt: () => void
  readonly onNews: (news: MonitorNews) => void
  readonly onDefect: (thrown: unknown) => void
}

const certificateOf = (domain: string): CheckId => `certificate/${domain}`

/** Watches one server: owns what is known of it, and what it is asked for at which distance. */
export class ServerMonitor {
  readonly #options: MonitorOptions
  readonly #ring: CredentialRing
  readonly #reach: ReachWatch
  readonly #queues: QueueWatch
  readonly #checks: CheckWatch
  readonly #offers: OfferWatch
  readonly #recorder: Recorder
  readonly #outlook: Outlook
  readonly #rounds: Rounds
  readonly #tasks: WatchTasks
  #server: Server
  #state: ServerState = 'connecting'
  #sinceMs: number | null = null

  constructor(options: MonitorOptions) {
    const { server, client, clock, random, scheduler, network, onDefect } = options
    const { endpoint } = server
    this.#options = options
    this.#server = server
    this.#ring = new CredentialRing(options.keyOf)
    this.#ring.update(server.connections)
    this.#offers = new OfferWatch(client, () => clock.monotonicMs())
    const asker = new Asker({
      ring: this.#ring,
      healthFor: (credentials) => client.health(credentials, this.#offers.parsed),
      onDefect
    })
    this.#queues = new QueueWatch(asker)
    this.#checks = new CheckWatch(asker)
    this.#recorder = new Recorder(server.serverId, options.store)
    this.#outlook = new Outlook({
      recent: (queue) => this.#recorder.recent(queue),
      samples: (series, fromMs) => options.store.samples(server.serverId, series, fromMs)
    })
    this.#reach = new ReachWatch({
      endpoint,
      probe: (signal) => asker.probe((health) => health.http(signal), signal),
      onTry: () => this.#ring.forgive(),
      onDoubt: options.onDoubt,
      onLost: ({ fault, attempts }, evidenceMs) => this.#lose(fault, evidenceMs, attempts === 1),
      onBack: (signal) => this.#resume(signal),
      network,
      scheduler,
      clock,
      random
    })
    this.#rounds = new Rounds({
      asker,
      ring: this.#ring,
      reach: this.#reach,
      queues: this.#queues,
      checks: this.#checks,
      recorder: this.#recorder,
      clock,
      onNews: (rows) => this.#learn(rows)
    })
    this.#tasks = new WatchTasks({ endpoint, isUp: () => this.#reach.isUp, scheduler, clock, random })
    this.#followQueues()
  }

  /** Begins after `delayMs`. `isFirst`: nobody watched this server in this run of the app before. */
  start(delayMs: number, isFirst: boolean): void {
    const { clock, pace } = this.#options
    if (isFirst) this.#recorder.unwatchedBefore(clock.now(), pace.current().depthsMs)
    const rounds = this.#rounds
    this.#watch('depths', 'depths', 'depthsMs', (signal, everyMs) => rounds.sweep(everyMs, signal))
    this.#watch('failed jobs', 'cheap', 'cheapMs', (signal, everyMs) => rounds.countFailed(everyMs, signal))
    this.#watch('checks', 'cheap', 'cheapMs', (signal, everyMs) => rounds.check(cheapChecks, everyMs, signal))
    for (const name of slowChecks) {
      this.#watch(name, 'slow', 'slowMs', (signal, everyMs) => rounds.check([name], everyMs, signal))
    }
    this.#watch('access', 'slow', 'slowMs', (signal) => rounds.checkAccess(signal))
    this.#watch('version', 'rare', 'rareMs', (signal) => this.#askVersion(signal))
    this.#followDomains()
    this.#reach.start(delayMs)
  }

  stop(): void {
    this.#reach.stop()
    this.#tasks.stop()
    void this.#options.client.close()
  }

  /** Whether this monitor connects as that server asks for; if not it must be replaced. */
  isFor(server: Server): boolean {
    return server.trust?.trust.fingerprint === this.#server.trust?.trust.fingerprint
  }

  /** Takes over the server's connections and options as they are now; a new connection is tried at once. */
  update(server: Server): void {
    const before = this.#server.options
    this.#server = server
    this.#ring.update(server.connections)
    if (server.options !== before) {
      this.#followQueues()
      this.#followDomains()
    }
    if (this.#reach.isUp) this.#tasks.runNow('access')
    else this.#reach.probeNow()
    this.#tell([])
  }

  /** Follows intervals that changed. */
  retime(): void {
    const { cheapMs, slowMs, rareMs } = this.#options.pace.current()
    this.#checks.retime(cheapChecks, cheapMs)
    this.#checks.retime(slowChecks, slowMs)
    this.#checks.retime(this.#server.options.domains.map(certificateOf), rareMs)
    this.#tasks.retime()
    this.#tell([])
  }

  /** Looks again at once instead of when it is due. */
  lookNow(): void {
    if (this.#reach.isUp) this.#tasks.runNow('depths')
    else this.#reach.probeNow()
  }

  /** The machine slept: nobody watched for `span`, `null` when that was no time, and a server that was lost before is tried soon, after `inMs`. */
  woke(span: Unwatched | null, inMs: number): void {
    if (span !== null) this.#recorder.unwatched(span)
    this.#reach.probeNow(inMs)
    this.#tell([])
  }

  /** Polling was paused: what is known stands, with its age. */
  paused(): void {
    this.#outlook.lose()
    this.#tell([])
  }

  /** Takes how a request to this server ended, whoever sent it. */
  hear(operation: Operation, fault: Fault | null): void {
    this.#offers.hear(operation, fault)
  }

  /** The project of one of the server's connections. Throws `denied` where its key is not on this machine. */
  project(connection: KnownConnection): ProjectClient {
    const credentials = this.#ring.credentialsOf(connection)
    if (credentials === null) throw new Failure(this.#ring.refusal())
    return this.#options.client.project(credentials, this.#offers.parsed)
  }

  facts(): ServerFacts {
    const { clock, meter, trouble, isPaused } = this.#options
    const { reach } = this.#reach
    const triedAtMs = [this.#reach.lastTryAtMs, this.#rounds.lastTryAtMs].filter((atMs) => atMs !== null)
    return {
      server: this.#server,
      verdict: this.#verdict(),
      sinceMs: this.#sinceMs,
      fault: reach.kind === 'lost' ? reach.fault : null,
      version: this.#offers.version,
      serverVersion: this.#offers.parsed,
      heard: this.#offers.heard,
      lastSweepAtMs: this.#rounds.lastSweepAtMs,
      lastTryAtMs: triedAtMs.length === 0 ? null : Math.max(...triedAtMs),
      nextTryAtMs: isPaused() ? null : this.#reach.isUp ? this.#rounds.nextSweepAtMs : this.#reach.nextTryAtMs,
      queues: this.#states(),
      recent: (queue) => this.#recorder.recent(queue),
      checks: this.#checks.list(),
      suspicions: this.#outlook.suspicions,
      options: this.#server.options,
      unwatched: this.#recorder.lastUnwatched(clock.now()),
      trouble: trouble(),
      access: this.#ring.seats,
      requestsPerMinute: meter.perMinute(clock.monotonicMs()),
      writesSent: meter.writes
    }
  }

  #verdict(): Verdict {
    if (this.#options.isPaused()) return pausedVerdict
    return verdictOf(this.#reach.reach, this.#checks.list(), this.#states(), this.#rounds.lastSweepAtMs !== null)
  }

  #states(): readonly QueueState[] {
    return this.#queues.states({
      recent: (queue) => this.#recorder.recent(queue),
      forecast: (queue) => this.#outlook.forecast(queue)
    })
  }

  #watch(
    name: string,
    lane: LaneName,
    interval: keyof Intervals,
    run: (signal: AbortSignal, everyMs: number) => Promise<number>
  ): void {
    const everyMs = (): number => this.#options.pace.current()[interval]
    this.#tasks.add({ name, lane, everyMs, run: (signal) => run(signal, everyMs()) })
  }

  #followQueues(): void {
    this.#queues.follow(this.#offers.parsed, this.#server.options.queues)
    this.#recorder.seed(this.#queues.names(), this.#options.clock.now())
  }

  #followDomains(): void {
    const wanted = new Set<string>(this.#server.options.domains.map(certificateOf))
    for (const name of this.#tasks.names().filter((one) => isCertificate(one) && !wanted.has(one))) {
      this.#tasks.remove(name)
      if (isCertificate(name)) this.#checks.drop(name)
    }
    for (const name of this.#server.options.domains.map(certificateOf)) {
      if (this.#tasks.has(name)) continue
      this.#watch(name, 'rare', 'rareMs', (signal, everyMs) => this.#rounds.check([name], everyMs, signal))
    }
  }

  async #askVersion(signal: AbortSignal): Promise<number> {
    const outcome = await this.#offers.ask(signal)
    if (outcome === 'same' || signal.aborted) return 0
    if (outcome === 'upgraded') {
      this.#mark('version', `Appwrite ${this.#offers.version ?? ''}`)
      this.#queues.forgetOffers()
      this.#checks.forgetOffers()
      if (this.#reach.isUp) this.#tasks.runAll(['version'])
    }
    this.#followQueues()
    this.#tell([])
    return 0
  }

  #lose(fault: Fault, evidenceMs: number, isFirst: boolean): void {
    this.#queues.lose(evidenceMs, fault)
    this.#outlook.lose()
    const queues = this.#queues.offered()
    this.#rounds.lost(queues, evidenceMs, this.#options.pace.current().depthsMs, isFirst)
  }

  /** The version first, as long as it is not known: which queues to ask for follows from it. */
  async #resume(signal: AbortSignal): Promise<void> {
    if (this.#offers.version === null) await this.#askVersion(signal)
    this.#tasks.runAll()
    this.#tell([])
  }

  #learn(rows: readonly SweepRow[]): void {
    if (this.#offers.isDoubtful()) this.#tasks.runNow('version')
    if (rows.length > 0 && this.#reach.isUp)
      this.#outlook.look(this.#queues.offered(), this.#checks.list(), this.#options.clock.now())
    this.#tell(rows)
  }

  #mark(kind: Mark['kind'], text: string): void {
    this.#options.store.mark(this.#server.serverId, { atMs: this.#options.clock.now(), kind, text })
  }

  #tell(rows: readonly SweepRow[]): void {
    const { state } = this.#verdict()
    if (state !== this.#state) {
      const { reach } = this.#reach
      const words = turnWords(this.#state, state)
      if (words !== null) this.#mark('state', words)
      this.#state = state
      this.#sinceMs = reach.kind === 'lost' && state !== 'paused' ? reach.sinceMs : this.#options.clock.now()
    }
    this.#options.onNews({ rows })
  }
}

function isCertificate(name: string): name is `certificate/${string}` {
  return name.startsWith('certificate/')
}

/** What a chart says of a server that was lost or is back; `null` for turns that are not worth a flag. */
function turnWords(before: ServerState, after: ServerState): string | null {
  if (after === 'down') return 'Server down'
  if (after === 'unauthorised') return 'Keys refused'
  const isBack = after === 'live' || after === 'degraded'
  return isBack && (before === 'down' || before === 'unauthorised') ? 'Server back' : null
}
