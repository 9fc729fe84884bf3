import type { Timed } from '../../appwrite/health.ts'
import type { ServerVersion } from '../../appwrite/versions.ts'
import type { Fault } from '../../contract/fault.ts'
import type { Forecast } from '../../contract/forecast.ts'
import { defaultThreshold, type QueueName, type QueueState, type SweepRow } from '../../contract/queues.ts'
import type { Sample } from '../../contract/series.ts'
import { changePerMinute, depthLevel } from '../../core/queues.ts'
import type { Asked, Asker } from './asker.ts'
import type { HealthQuestions } from './monitor-client.ts'
import { watchedQueues, type WatchedQueue } from './watched-queues.ts'

interface Known {
  depth: number | null
  atMs: number | null
  failed: number | null
  fault: Fault | null
  isOffered: boolean
}

export interface Sweep {
  readonly row: SweepRow
  /** Queues that gave a depth or said that they are not offered. */
  readonly answered: number
  readonly faults: readonly Fault[]
}

/** What is known of queues beside their last answers. */
export interface QueueTrends {
  /** The last depths of a queue, oldest first. */
  readonly recent: (queue: QueueName) => readonly Sample[]
  readonly forecast: (queue: QueueName) => Forecast | null
}

const unknown = (): Known => ({ depth: null, atMs: null, failed: null, fault: null, isOffered: true })

/** What is known of one server's queues. */
export class QueueWatch {
  readonly #asker: Asker
  readonly #known = new Map<QueueName, Known>()
  #watched: readonly WatchedQueue[] = []

  constructor(asker: Asker) {
    this.#asker = asker
  }

  /** Watches the queues of that version, and those the user added; what is known of one that stays is kept. */
  follow(version: ServerVersion | null, added: readonly QueueName[]): void {
    this.#watched = watchedQueues(version, added)
    const names = new Set(this.names())
    for (const name of this.#known.keys()) if (!names.has(name)) this.#known.delete(name)
  }

  /** Asks every offered queue for its depth, side by side; the dispatcher bounds how many really are. */
  async sweep(atMs: number, signal: AbortSignal): Promise<Sweep> {
    const watched = this.#watched.filter(({ name }) => this.#of(name).isOffered)
    const results = await Promise.all(
      watched.map(async (queue) => [queue.name, await this.#depth(queue, signal)] as const)
    )
    const faults: Fault[] = []
    let answered = 0
    for (const [name, asked] of results) {
      const known = this.#of(name)
      known.atMs = atMs
      known.fault = asked.ok ? null : asked.fault
      known.depth = asked.ok ? asked.value.value : null
      known.isOffered = asked.ok || asked.fault.code !== 'unsupported'
      if (asked.ok || !known.isOffered) answered++
      else faults.push(asked.fault)
    }
    const depths = results.filter(([name]) => this.#of(name).isOffered)
    return {
      row: { atMs, depths: Object.fromEntries(depths.map(([name]) => [name, this.#of(name).depth])) },
      answered,
      faults
    }
  }

  /** Asks how many failed jobs each queue keeps that the version counts any for; without an answer the count stays. */
  async countFailed(
    atMs: number,
    signal: AbortSignal
  ): Promise<{ samples: readonly Sample[]; faults: readonly Fault[] }> {
    const samples: Sample[] = []
    const faults: Fault[] = []
    const count = async (watched: WatchedQueue): Promise<void> => {
      if (watched.kind !== 'own' || watched.queue.failedName === null) return
      const { name, queue } = watched
      const asked = await this.#asker.ask((health) => health.failedOf(queue, signal), signal)
      if (asked.ok) this.#of(name).failed = asked.value.value
      else faults.push(asked.fault)
      if (!asked.ok && asked.fault.code === 'unsupported') return
      samples.push({ series: `failed/${name}`, atMs, value: asked.ok ? asked.value.value : null })
    }
    await Promise.all(this.#watched.map(count))
    return { samples, faults }
  }

  /** The server is of another version now: what it did not offer is asked for again. */
  forgetOffers(): void {
    for (const known of this.#known.values()) known.isOffered = true
  }

  /** The server is lost: depths are unknown from now on, what was last seen stays in the history. */
  lose(atMs: number, fault: Fault): void {
    for (const name of this.names()) {
      const known = this.#of(name)
      if (!known.isOffered) continue
      known.depth = null
      known.atMs = atMs
      known.fault = fault
    }
  }

  names(): readonly QueueName[] {
    return this.#watched.map(({ name }) => name)
  }

  /** Those whose depth the server tells, as far as is known. */
  offered(): readonly QueueName[] {
    return this.names().filter((name) => this.#of(name).isOffered)
  }

  /** Of a queue whose depth is not known there is neither trend nor forecast. */
  states({ recent, forecast }: QueueTrends): readonly QueueState[] {
    return this.names().map((queue) => {
      const known = this.#of(queue)
      return {
        queue,
        level: known.isOffered ? depthLevel(known.depth, defaultThreshold) : 'not-offered',
        depth: known.depth,
        atMs: known.atMs,
        changePerMinute: known.depth === null ? null : changePerMinute(recent(queue)),
        threshold: defaultThreshold,
        failed: known.failed,
        forecast: known.depth === null ? null : forecast(queue),
        fault: known.isOffered ? known.fault : null
      }
    })
  }

  #depth(watched: WatchedQueue, signal: AbortSignal): Promise<Asked<Timed<number>>> {
    const question = (health: HealthQuestions): Promise<Timed<number>> =>
      watched.kind === 'own' ? health.depthOf(watched.queue, signal) : health.depthByName(watched.name, signal)
    return this.#asker.ask(question, signal)
  }

  #of(queue: QueueName): Known {
    let known = this.#known.get(queue)
    if (known === undefined) this.#known.set(queue, (known = unknown()))
    return known
  }
}
