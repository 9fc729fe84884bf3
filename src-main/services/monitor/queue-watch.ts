import type { Fault } from '../../contract/fault.ts'
import { defaultThreshold, type QueueState, type SweepRow } from '../../contract/queues.ts'
import { queuesOf, type ServerQueueName } from '../../appwrite/queues.ts'
import { changePerMinute, depthLevel } from '../../core/queues.ts'
import type { DepthName } from '../../appwrite/health.ts'
import type { Asker, Asked } from './asker.ts'

interface Known {
  depth: number | null
  atMs: number | null
  changePerMinute: number | null
  failed: number | null
  fault: Fault | null
  isOffered: boolean
}

export interface Sweep {
  readonly row: SweepRow
  /** Queues that gave a depth or said that they are not offered. */
  readonly answered: number
  /** The first fault met; explains a sweep nobody answered. */
  readonly fault: Fault | null
}

const queueNames = queuesOf(null).map(({ name }) => name)

const unknown = (): Known => ({
  depth: null,
  atMs: null,
  changePerMinute: null,
  failed: null,
  fault: null,
  isOffered: true
})

/** What is known of one server's twelve queues. */
export class QueueWatch {
  readonly #asker: Asker
  readonly #known = new Map<ServerQueueName, Known>(queueNames.map((queue) => [queue, unknown()]))

  constructor(asker: Asker) {
    this.#asker = asker
  }

  /** Asks every offered queue for its depth, side by side; the dispatcher bounds how many really are. */
  async sweep(atMs: number, signal: AbortSignal): Promise<Sweep> {
    const results = await Promise.all(
      queueNames.map(async (queue) => [queue, await this.#depth(queue, signal)] as const)
    )
    let answered = 0
    let fault: Fault | null = null
    for (const [queue, asked] of results) {
      const known = this.#of(queue)
      known.atMs = atMs
      known.fault = asked.ok ? null : asked.fault
      known.depth = asked.ok ? asked.value : null
      if (!asked.ok && asked.fault.code === 'unsupported') known.isOffered = false
      if (asked.ok || !known.isOffered) answered++
      else fault ??= asked.fault
    }
    return {
      row: { atMs, depths: Object.fromEntries(queueNames.map((queue) => [queue, this.#of(queue).depth])) },
      answered,
      fault
    }
  }

  /** Asks every offered queue how many failed jobs it keeps; a queue that does not answer keeps its last count. */
  async countFailed(signal: AbortSignal): Promise<void> {
    const offered = queueNames.filter((queue) => this.#of(queue).isOffered)
    await Promise.all(
      offered.map(async (queue) => {
        const asked = await this.#asker.ask((health) => health.failed(queue, signal), signal)
        if (asked.ok) this.#of(queue).failed = asked.value.value
      })
    )
  }

  /** Takes the trends from the rows of the last minutes, the newest included. */
  follow(rows: readonly SweepRow[]): void {
    for (const queue of queueNames) this.#of(queue).changePerMinute = changePerMinute(rows, queue)
  }

  /** The server is of another version now: what it did not offer is asked for again. */
  forgetOffers(): void {
    for (const known of this.#known.values()) known.isOffered = true
  }

  /** The server is lost: depths are unknown from now on, what was last seen stays in the history. */
  lose(atMs: number, fault: Fault): void {
    for (const known of this.#known.values()) {
      if (!known.isOffered) continue
      known.depth = null
      known.changePerMinute = null
      known.atMs = atMs
      known.fault = fault
    }
  }

  names(): readonly string[] {
    return queueNames
  }

  states(): readonly QueueState[] {
    return queueNames.map((queue) => {
      const known = this.#of(queue)
      return {
        queue,
        level: known.isOffered ? depthLevel(known.depth, defaultThreshold) : 'not-offered',
        depth: known.depth,
        atMs: known.atMs,
        changePerMinute: known.changePerMinute,
        threshold: defaultThreshold,
        failed: known.failed,
        forecast: null,
        fault: known.isOffered ? known.fault : null
      }
    })
  }

  async #depth(queue: ServerQueueName, signal: AbortSignal): Promise<Asked<number>> {
    if (!this.#of(queue).isOffered) return { ok: false, fault: notOffered }
    const asked = await this.#asker.ask((health) => health.depth(queue as DepthName, signal), signal)
    return asked.ok ? { ok: true, value: asked.value.value } : asked
  }

  #of(queue: ServerQueueName): Known {
    const known = this.#known.get(queue)
    if (known === undefined) throw new Error(`no such queue: ${queue}`)
    return known
  }
}

const notOffered: Fault = { code: 'unsupported', message: 'This server does not tell the depth of this queue.' }
