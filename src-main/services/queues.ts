import type { QueuesArgs, QueuesDelta, QueuesSnapshot } from '../contract/queues.ts'
import type { LiveView } from './live-view.ts'
import type { SampleStore } from './monitor/sample-store.ts'
import type { Poller } from './poller.ts'
import type { Clock } from './ports.ts'
import { sweepRows } from './sweep-rows.ts'

export interface QueuesOptions {
  readonly poller: Poller
  readonly history: SampleStore
  readonly clock: Clock
  /** Distance of two sweeps. */
  readonly intervalMs: () => number
}

/** What the Queues page shows of one server. */
export class Queues {
  readonly #options: QueuesOptions

  constructor(options: QueuesOptions) {
    this.#options = options
  }

  /** Throws `missing` for a server without a connection; ends when its last connection is removed. */
  watch({ serverId, rangeMs }: QueuesArgs): LiveView<QueuesSnapshot, QueuesDelta> {
    const { poller, history, clock, intervalMs } = this.#options
    poller.facts(serverId)
    return {
      snapshot: () => {
        const { queues } = poller.facts(serverId)
        const names = queues.map(({ queue }) => queue)
        return {
          serverId,
          rangeMs,
          intervalMs: intervalMs(),
          queues,
          rows: sweepRows(history, serverId, names, clock.now() - rangeMs)
        }
      },
      subscribe: (push, end) =>
        poller.onNews((news) => {
          if (news.serverId !== serverId) return
          if (news.kind === 'gone') end({ code: 'missing', message: 'The last connection to this server was removed.' })
          else push({ queues: poller.facts(serverId).queues, rows: news.news.rows })
        })
    }
  }
}
