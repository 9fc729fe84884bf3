import type { Heard } from '../../appwrite/capabilities.ts'
import type { ServerClient } from '../../appwrite/client.ts'
import type { Operation } from '../../appwrite/offers.ts'
import type { ProjectClient } from '../../appwrite/project-client.ts'
import type { ServerVersion } from '../../appwrite/versions.ts'
import type { Access } from '../../contract/connections.ts'
import type { Fault } from '../../contract/fault.ts'
import type { ServerState } from '../../contract/fleet.ts'
import type { Check } from '../../contract/health.ts'
import type { QueueState, SweepRow } from '../../contract/queues.ts'
import { backoffMs } from '../../core/backoff.ts'
import type { Cadence } from '../../core/cadence.ts'
import { Failure } from '../../core/failure.ts'
import { gapRow, withGapBefore } from '../../core/queues.ts'
import { nextReach, type Reach } from '../../core/reach.ts'
import { verdictOf, type Verdict } from '../../core/verdict.ts'
import type { KnownConnection, Server } from '../connections.ts'
import type { History } from '../history.ts'
import type { NetworkWatch } from '../network-watch.ts'
import type { Clock } from '../ports.ts'
import type { RequestMeter } from '../request-meter.ts'
import type { Scheduler, TaskHandle } from '../scheduler.ts'
import { Asker } from './asker.ts'
import { CheckWatch, cheapChecks, slowChecks } from './check-watch.ts'
import { CredentialRing } from './credential-ring.ts'
import { OfferWatch } from './offer-watch.ts'
import { QueueWatch } from './queue-watch.ts'

/** What a monitor tells after something happened: new rows of the history, or none when only states changed. */
export interface MonitorNews {
  readonly rows: readonly SweepRow[]
}

export interface MonitorOptions {
  readonly server: Server
  readonly client: ServerClient
  readonly meter: RequestMeter
  readonly keyOf: (connectionId: string) => string | null
  readonly history: History
  readonly scheduler: Scheduler
  readonly network: NetworkWatch
  readonly clock: Clock
  readonly random: () => number
  readonly cadence: Cadence
  readonly onNews: (news: MonitorNews) => void
  readonly onDefect: (thrown: unknown) => void
}

/** Everything known about a server now. */
export interface ServerFacts {
  readonly server: Server
  readonly verdict: Verdict
  readonly sinceMs: number | null
  readonly fault: Fault | null
  readonly version: string | null
  /** The same, read; `null` for what is no version. */
  readonly serverVersion: ServerVersion | null
  /** What replies told of the operations that were asked. */
  readonly heard: ReadonlyMap<Operation, Heard>
  readonly lastSweepAtMs: number | null
  readonly lastTryAtMs: number | null
  readonly nextTryAtMs: number | null
  readonly queues: readonly QueueState[]
  readonly checks: readonly Check[]
  readonly access: readonly {
    readonly connection: KnownConnection
    readonly access: Access
    readonly fault: Fault | null
  }[]
  readonly requestsPerMinute: number
  readonly writesSent: number
}

const trendRowsMs = 300_000
/** Servers added together do not start together. */
const startSpreadMs = 200
/** While this machine is offline it is asked this often whether its network is back, which sends nothing. */
const networkLookMs = 3_000
/** What the machine says of its network can be wrong: a server is tried this often all the same. */
const offlineProbeMs = 30_000

/**
 * Watches one server: sweeps its queues, runs its checks, and knows whether it can be reached at all. Until it answers,
 * and again while it is lost, a single probe of `/health` is all that is sent, further and further apart.
 */
export class ServerMonitor {
  readonly #options: MonitorOptions
  readonly #ring: CredentialRing
  readonly #asker: Asker
  readonly #queues: QueueWatch
  readonly #checks: CheckWatch
  readonly #offers: OfferWatch
  readonly #stops: (() => void)[] = []
  readonly #watchTasks: (() => void)[] = []
  #server: Server
  #reach: Reach = { kind: 'new' }
  #state: ServerState = 'connecting'
  #sinceMs: number | null = null
  #askVersionNow: () => void = () => undefined
  #lastSweepAtMs: number | null = null
  #lastTryAtMs: number | null = null
  #nextTryAtMs: number | null = null
  #confirming: Promise<void> | null = null
  #probing: TaskHandle | null = null
  #retryInMs = 0
  #offlineProbeDueMs = 0
  #sweepNow: () => void = () => undefined
  #checkAccessNow: () => void = () => undefined

  constructor(options: MonitorOptions) {
    this.#options = options
    this.#server = options.server
    this.#ring = new CredentialRing(options.keyOf)
    this.#ring.update(options.server.connections)
    this.#offers = new OfferWatch(options.client, () => options.clock.monotonicMs())
    this.#asker = new Asker({
      ring: this.#ring,
      healthFor: (credentials) => options.client.health(credentials, this.#offers.parsed),
      onDefect: options.onDefect
    })
    this.#queues = new QueueWatch(this.#asker)
    this.#checks = new CheckWatch(this.#asker, () => options.clock.now())
  }

  start(): void {
    const { cadence, random } = this.#options
    this.#startProbing(random() * startSpreadMs)
    this.#sweepNow = this.#watchTask('sweep', (signal) => this.#sweep(signal), cadence.depthsMs)
    this.#watchTask('failed jobs', (signal) => this.#countFailed(signal), cadence.cheapMs)
    this.#watchTask('checks', (signal) => this.#runChecks(cheapChecks, signal), cadence.cheapMs)
    this.#watchTask('slow checks', (signal) => this.#runChecks(slowChecks, signal), cadence.slowMs)
    this.#askVersionNow = this.#watchTask('version', (signal) => this.#askVersion(signal), cadence.versionMs)
    this.#checkAccessNow = this.#watchTask('access', (signal) => this.#checkAccess(signal), cadence.accessMs)
  }

  stop(): void {
    this.#probing?.stop()
    for (const stop of this.#stops) stop()
    this.#options.network.forget(this.#server.endpoint)
    void this.#options.client.close()
  }

  /** Whether this monitor connects as that server asks for; if not it must be replaced. */
  isFor(server: Server): boolean {
    return server.trust?.trust.fingerprint === this.#server.trust?.trust.fingerprint
  }

  /** Takes over the server's connections as they are now; a new one is tried at once. */
  update(server: Server): void {
    this.#server = server
    this.#ring.update(server.connections)
    if (this.#reach.kind === 'up') this.#checkAccessNow()
    else this.#probeNow()
    this.#tell([])
  }

  /** Looks again at once instead of when it is due. */
  lookNow(): void {
    if (this.#reach.kind === 'up') this.#sweepNow()
    else this.#probeNow()
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
    const { clock, meter } = this.#options
    return {
      server: this.#server,
      verdict: this.#verdict(),
      sinceMs: this.#sinceMs,
      fault: this.#reach.kind === 'lost' ? this.#reach.fault : null,
      version: this.#offers.version,
      serverVersion: this.#offers.parsed,
      heard: this.#offers.heard,
      lastSweepAtMs: this.#lastSweepAtMs,
      lastTryAtMs: this.#lastTryAtMs,
      nextTryAtMs: this.#nextTryAtMs,
      queues: this.#queues.states(),
      checks: this.#checks.list(),
      access: this.#ring.seats,
      requestsPerMinute: meter.perMinute(clock.monotonicMs()),
      writesSent: meter.writes
    }
  }

  #verdict(): Verdict {
    return verdictOf(this.#reach, this.#checks.list(), this.#queues.states(), this.#lastSweepAtMs !== null)
  }

  #taskName(what: string): string {
    return `${this.#server.endpoint} ${what}`
  }

  /** A task that rests while the server is lost and starts again when it is back. */
  #watchTask(what: string, run: (signal: AbortSignal) => Promise<void>, intervalMs: number): () => void {
    const task = {
      name: this.#taskName(what),
      run: async (signal: AbortSignal) => {
        if (this.#reach.kind === 'up') await run(signal)
      },
      nextInMs: () => intervalMs
    }
    const { runNow, stop } = this.#options.scheduler.add(task, intervalMs)
    this.#stops.push(stop)
    this.#watchTasks.push(runNow)
    return runNow
  }

  #probeNow(): void {
    this.#offlineProbeDueMs = 0
    this.#probing?.runNow()
  }

  #startProbing(delayMs: number): void {
    let startedMs = 0
    const { scheduler, clock } = this.#options
    const task = {
      name: this.#taskName('probe'),
      run: async (signal: AbortSignal) => {
        startedMs = clock.monotonicMs()
        if (this.#waitsForNetwork(startedMs)) return
        this.#ring.forgive()
        await this.#confirm(clock.now(), signal)
      },
      // The wait counts from the end of a probe: one that hangs must not be followed at once by the next.
      nextInMs: () => (this.#reach.kind === 'up' ? null : clock.monotonicMs() - startedMs + this.#retryInMs)
    }
    this.#probing = scheduler.add(task, delayMs)
  }

  #waitsForNetwork(monotonicMs: number): boolean {
    const isOffline = this.#reach.kind === 'lost' && this.#reach.state === 'offline'
    return isOffline && monotonicMs < this.#offlineProbeDueMs && !this.#options.network.isThere()
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    const { clock, history, cadence, network } = this.#options
    const atMs = clock.now()
    this.#lastTryAtMs = atMs
    const { row, answered, fault } = await this.#queues.sweep(atMs, signal)
    if (signal.aborted) return
    if (answered === 0 && fault !== null) {
      await this.#confirm(atMs, signal)
      if (this.#reach.kind !== 'up') return
    } else {
      network.judge(this.#server.endpoint, null)
      if (fault === null) this.#lastSweepAtMs = atMs
    }
    if (this.#offers.isDoubtful()) this.#askVersionNow()
    const rows = withGapBefore(history.last(this.#server.serverId), row, cadence.depthsMs)
    history.append(this.#server.serverId, rows)
    this.#queues.follow(history.since(this.#server.serverId, atMs - trendRowsMs))
    this.#nextTryAtMs = atMs + cadence.depthsMs
    this.#tell(rows)
  }

  async #countFailed(signal: AbortSignal): Promise<void> {
    await this.#queues.countFailed(signal)
    if (!signal.aborted) this.#tell([])
  }

  async #runChecks(names: typeof cheapChecks | typeof slowChecks, signal: AbortSignal): Promise<void> {
    const startedMs = this.#options.clock.now()
    const run = await this.#checks.run(names, signal)
    if (signal.aborted) return
    if (run.isInDoubt) await this.#confirm(startedMs, signal)
    // Of a server that is lost the last known results are shown, not that nobody answers now.
    if (this.#reach.kind !== 'up') return
    this.#checks.keep(run, names === cheapChecks ? this.#options.cadence.cheapMs : this.#options.cadence.slowMs)
    this.#tell([])
  }

  async #askVersion(signal: AbortSignal): Promise<void> {
    const outcome = await this.#offers.ask(signal)
    if (outcome === 'same') return
    if (outcome === 'upgraded') {
      this.#queues.forgetOffers()
      this.#checks.forgetOffers()
      for (const runNow of this.#watchTasks) if (runNow !== this.#askVersionNow) runNow()
    }
    this.#tell([])
  }

  /** Tries every connection's own project and key: the ring only asks with one of them. */
  async #checkAccess(signal: AbortSignal): Promise<void> {
    for (const { connection } of this.#ring.seats) {
      const credentials = this.#ring.credentialsOf(connection)
      if (credentials !== null) await this.#asker.askWith(credentials, (health) => health.http(signal))
      if (signal.aborted) return
    }
    this.#tell([])
  }

  /** Nothing answered: one more try on `/health`, shared by all who ask at once, decides whether the server is lost. */
  async #confirm(evidenceMs: number, signal: AbortSignal): Promise<void> {
    this.#confirming ??= this.#probe(evidenceMs, signal).finally(() => (this.#confirming = null))
    await this.#confirming
  }

  async #probe(evidenceMs: number, signal: AbortSignal): Promise<void> {
    this.#lastTryAtMs = this.#options.clock.now()
    const asked = await this.#asker.ask((health) => health.http(signal), signal)
    if (signal.aborted) return
    const before = this.#reach
    const fault = this.#options.network.judge(this.#server.endpoint, asked.ok ? null : asked.fault)
    this.#reach = nextReach(before, fault, evidenceMs)
    if (this.#reach.kind === 'lost') this.#lose(this.#reach, evidenceMs, before.kind === 'up')
    else if (before.kind !== 'up') this.#resume()
  }

  #lose(lost: Extract<Reach, { kind: 'lost' }>, evidenceMs: number, wasUp: boolean): void {
    const { history, clock, random } = this.#options
    const isOffline = lost.state === 'offline'
    this.#queues.lose(evidenceMs, lost.fault)
    // One gap says it: the network is looked for too often for a row each time.
    const rows = isOffline && lost.attempts > 1 ? [] : [gapRow(evidenceMs, this.#queues.names())]
    history.append(this.#server.serverId, rows)
    this.#retryInMs = isOffline ? networkLookMs : backoffMs(lost.attempts, random())
    this.#offlineProbeDueMs = clock.monotonicMs() + offlineProbeMs
    this.#nextTryAtMs = isOffline ? null : clock.now() + this.#retryInMs
    if (wasUp) this.#startProbing(this.#retryInMs)
    this.#tell(rows)
  }

  #resume(): void {
    for (const runNow of this.#watchTasks) runNow()
    this.#tell([])
  }

  #tell(rows: readonly SweepRow[]): void {
    const { state } = this.#verdict()
    if (state !== this.#state) {
      this.#state = state
      this.#sinceMs = this.#reach.kind === 'lost' ? this.#reach.sinceMs : this.#options.clock.now()
    }
    this.#options.onNews({ rows })
  }
}
