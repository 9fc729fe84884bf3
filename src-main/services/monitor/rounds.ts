import type { Fault } from '../../contract/fault.ts'
import type { CheckId } from '../../contract/health.ts'
import type { QueueName, SweepRow } from '../../contract/queues.ts'
import { findingSamples, reachSample } from '../../core/samples.ts'
import type { Clock } from '../ports.ts'
import type { Asker } from './asker.ts'
import type { CheckWatch } from './check-watch.ts'
import type { CredentialRing } from './credential-ring.ts'
import type { QueueWatch } from './queue-watch.ts'
import type { ReachWatch } from './reach-watch.ts'
import type { Recorder } from './recorder.ts'

export interface RoundsOptions {
  readonly asker: Asker
  readonly ring: CredentialRing
  readonly reach: ReachWatch
  readonly queues: QueueWatch
  readonly checks: CheckWatch
  readonly recorder: Recorder
  readonly clock: Clock
  /** Called when a round changed what is known, with the rows it added. */
  readonly onNews: (rows: readonly SweepRow[]) => void
}

/**
 * One round of each kind of question: it asks, makes sure that the server is there when the answers leave that in doubt,
 * and only then keeps what was learnt. Each resolves to how long the server wants to be left alone, 0 when it did not say.
 */
export class Rounds {
  readonly #options: RoundsOptions
  #lastSweepAtMs: number | null = null
  #lastTryAtMs: number | null = null
  #nextSweepAtMs: number | null = null

  constructor(options: RoundsOptions) {
    this.#options = options
  }

  /** The last sweep in which every offered queue answered. */
  get lastSweepAtMs(): number | null {
    return this.#lastSweepAtMs
  }

  get lastTryAtMs(): number | null {
    return this.#lastTryAtMs
  }

  /** While the server answers. */
  get nextSweepAtMs(): number | null {
    return this.#nextSweepAtMs
  }

  /** When trouble met in a round that began at `startedMs` was seen first: never before something that was answered. */
  evidenceMs(startedMs: number): number {
    const { recorder, clock } = this.#options
    const lastMs = recorder.lastRowAtMs
    // A row ahead of now is from before the wall clock was set back, and says nothing of the order.
    return lastMs === null || lastMs >= clock.now() ? startedMs : Math.max(startedMs, lastMs + 1)
  }

  /** All depths, side by side. */
  async sweep(everyMs: number, signal: AbortSignal): Promise<number> {
    const { clock, reach, queues, recorder, onNews } = this.#options
    const atMs = clock.now()
    this.#lastTryAtMs = atMs
    const { row, answered, faults } = await queues.sweep(atMs, signal)
    if (signal.aborted) return 0
    // Where no depth is told, nothing was asked: somebody must still say that the server is there.
    if (answered === 0 && !faults.some(isAnswer)) {
      await reach.confirm(this.evidenceMs(atMs), signal)
      if (isOver(signal) || !reach.isUp) return 0
    } else {
      reach.answered()
    }
    if (faults.length === 0) this.#lastSweepAtMs = atMs
    const waitMs = longestWaitMs(faults)
    this.#nextSweepAtMs = atMs + Math.max(everyMs, waitMs)
    onNews(recorder.sweep(row, everyMs, reachSample(reach.reach, atMs)))
    return waitMs
  }

  /** The failed jobs of every queue that has a count of them. */
  async countFailed(everyMs: number, signal: AbortSignal): Promise<number> {
    const { clock, reach, queues, recorder, onNews } = this.#options
    const { samples, faults } = await queues.countFailed(clock.now(), signal)
    // Whether the server is lost is left to the sweep; of a lost one nothing is kept.
    if (signal.aborted || !reach.isUp) return 0
    recorder.write(samples, everyMs)
    onNews([])
    return longestWaitMs(faults)
  }

  /** These checks, side by side. */
  async check(names: readonly CheckId[], everyMs: number, signal: AbortSignal): Promise<number> {
    const { clock, reach, checks, recorder, onNews } = this.#options
    const startedMs = clock.now()
    const run = await checks.run(names, startedMs, signal)
    if (signal.aborted || run.found.length === 0) return 0
    if (run.isInDoubt) await reach.confirm(this.evidenceMs(startedMs), signal)
    // Of a server that is lost the last known results are shown, not that nobody answers now.
    if (isOver(signal) || !reach.isUp) return 0
    checks.keep(run, startedMs, everyMs)
    recorder.write(
      run.found.flatMap(([name, found]) => findingSamples(name, found, startedMs)),
      everyMs
    )
    onNews([])
    return longestWaitMs(run.faults)
  }

  /** Tries every connection's own project and key: all else asks with one of them only. */
  async checkAccess(signal: AbortSignal): Promise<number> {
    const { asker, ring, onNews } = this.#options
    let waitMs = 0
    for (const { connection } of ring.seats) {
      const credentials = ring.credentialsOf(connection)
      if (credentials === null) continue
      const asked = await asker.probeWith(credentials, (health) => health.http(signal))
      if (signal.aborted) return 0
      if (!asked.ok) waitMs = Math.max(waitMs, longestWaitMs([asked.fault]))
    }
    onNews([])
    return waitMs
  }

  /** A lost server is tried at this distance; one gap says that it is offline, since that is looked for too often. */
  lost(queues: readonly QueueName[], evidenceMs: number, everyMs: number, isFirst: boolean): void {
    const { reach, recorder, onNews } = this.#options
    const isOffline = reach.reach.kind === 'lost' && reach.reach.state === 'offline'
    if (isOffline && !isFirst) {
      onNews([])
      return
    }
    const row = { atMs: evidenceMs, depths: Object.fromEntries(queues.map((queue) => [queue, null])) }
    onNews(recorder.sweep(row, everyMs, reachSample(reach.reach, evidenceMs)))
  }
}

/** Read by a function because the compiler takes what it saw before an `await` for settled. */
const isOver = (signal: AbortSignal): boolean => signal.aborted

/** Whether somebody told us off: that is no sign of a lost server. */
const isAnswer = ({ code }: Fault): boolean => code === 'limited'

function longestWaitMs(faults: readonly Fault[]): number {
  return Math.max(0, ...faults.map((fault) => (fault.code === 'limited' ? (fault.retryAfterMs ?? 0) : 0)))
}
