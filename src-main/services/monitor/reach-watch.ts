import type { Fault } from '../../contract/fault.ts'
import { backoffMs } from '../../core/backoff.ts'
import { nextReach, type Reach } from '../../core/reach.ts'
import type { NetworkWatch } from '../network-watch.ts'
import type { Clock } from '../ports.ts'
import type { Scheduler, TaskHandle } from '../scheduler.ts'
import type { Asked } from './asker.ts'

type Lost = Extract<Reach, { kind: 'lost' }>

export interface ReachWatchOptions {
  readonly endpoint: string
  /** Asks `/health` once. */
  readonly probe: (signal: AbortSignal) => Promise<Asked<unknown>>
  /** Before it is judged for not answering; may abort what asks. */
  readonly onDoubt: () => void
  /** Before a lost server is tried again. */
  readonly onTry: () => void
  readonly onLost: (reach: Lost, evidenceMs: number) => void
  /** The server answers for the first time, or again; the next thing is asked once this is settled. */
  readonly onBack: (signal: AbortSignal) => Promise<void>
  readonly network: NetworkWatch
  readonly scheduler: Scheduler
  readonly clock: Clock
  readonly random: () => number
}

/** While this machine is offline it is asked this often whether its network is back, which sends nothing. */
const networkLookMs = 3_000
/** What the machine says of its network can be wrong: a server is tried this often all the same. */
const offlineProbeMs = 30_000

/**
 * Whether one server can be reached at all. Until it answers, and again while it is lost, a single probe of `/health` is
 * all that is sent, further and further apart.
 */
export class ReachWatch {
  readonly #options: ReachWatchOptions
  #reach: Reach = { kind: 'new' }
  #confirming: Promise<void> | null = null
  #probing: TaskHandle | null = null
  #retryInMs = 0
  #offlineProbeDueMs = 0
  #lastTryAtMs: number | null = null
  #nextTryAtMs: number | null = null

  constructor(options: ReachWatchOptions) {
    this.#options = options
  }

  get reach(): Reach {
    return this.#reach
  }

  get isUp(): boolean {
    return this.#reach.kind === 'up'
  }

  get lastTryAtMs(): number | null {
    return this.#lastTryAtMs
  }

  /** `null` while it is up, and while this machine is offline: then the network is waited for. */
  get nextTryAtMs(): number | null {
    return this.#nextTryAtMs
  }

  start(delayMs: number): void {
    let startedMs = 0
    const { scheduler, clock, endpoint, onTry } = this.#options
    this.#probing = scheduler.add(
      {
        name: `${endpoint} probe`,
        lane: 'probe',
        run: async (signal) => {
          startedMs = clock.monotonicMs()
          if (this.#waitsForNetwork(startedMs)) return
          onTry()
          await this.confirm(clock.now(), signal)
        },
        // The wait counts from the end of a probe: one that hangs must not be followed at once by the next.
        nextInMs: () => (this.isUp ? null : clock.monotonicMs() - startedMs + this.#retryInMs)
      },
      delayMs
    )
  }

  stop(): void {
    this.#probing?.stop()
    this.#options.network.forget(this.#options.endpoint)
  }

  /** Tries a server that is lost again without waiting for its turn. */
  probeNow(inMs = 0): void {
    if (this.isUp) return
    this.#offlineProbeDueMs = 0
    this.#probing?.runNow(inMs)
  }

  /** Something answered: what was said of the network before is contradicted. */
  answered(): void {
    this.#options.network.judge(this.#options.endpoint, null)
  }

  /** One more try on `/health`, shared by all who ask at once, decides whether the server is lost. */
  async confirm(evidenceMs: number, signal: AbortSignal): Promise<void> {
    this.#options.onDoubt()
    if (signal.aborted) return
    this.#confirming ??= this.#decide(evidenceMs, signal).finally(() => (this.#confirming = null))
    await this.#confirming
  }

  #waitsForNetwork(monotonicMs: number): boolean {
    const isOffline = this.#reach.kind === 'lost' && this.#reach.state === 'offline'
    return isOffline && monotonicMs < this.#offlineProbeDueMs && !this.#options.network.isThere()
  }

  async #decide(evidenceMs: number, signal: AbortSignal): Promise<void> {
    const { probe, network, endpoint, clock, onBack, onDoubt } = this.#options
    this.#lastTryAtMs = clock.now()
    const asked = await probe(signal)
    if (!asked.ok) onDoubt()
    if (isOver(signal)) return
    const wasUp = this.isUp
    const fault = network.judge(endpoint, asked.ok ? null : asked.fault)
    this.#reach = nextReach(this.#reach, fault, evidenceMs)
    if (this.#reach.kind === 'lost') {
      this.#lose(this.#reach, this.#reach.fault, wasUp)
      this.#options.onLost(this.#reach, evidenceMs)
    } else if (!wasUp) {
      this.#nextTryAtMs = null
      await onBack(signal)
    }
  }

  #lose({ state, attempts }: Lost, { retryAfterMs }: Fault, wasUp: boolean): void {
    const { clock, random } = this.#options
    const isOffline = state === 'offline'
    this.#retryInMs = isOffline ? networkLookMs : backoffMs(attempts, random(), retryAfterMs)
    this.#offlineProbeDueMs = clock.monotonicMs() + offlineProbeMs
    this.#nextTryAtMs = isOffline ? null : clock.now() + this.#retryInMs
    if (wasUp) this.start(this.#retryInMs)
  }
}

/** Read by a function because the compiler takes what it saw earlier for settled. */
const isOver = (signal: AbortSignal): boolean => signal.aborted
