import type { QueuesArgs, QueuesDelta, QueuesSnapshot } from '../contract/queues.ts'
import type { LiveView } from './live-view.ts'
import type { Poller } from './poller.ts'

export interface QueuesOptions {
  readonly poller: Poller
  /** Distance of two sweeps. */
  readonly intervalMs: () => number
}

/** How the queues of one server are, sweep by sweep. */
export class Queues {
  readonly #options: QueuesOptions

  constructor(options: QueuesOptions) {
    this.#options = options
  }

  /** Throws `missing` for a server without a connection; ends when its last connection is removed. */
  watch({ serverId }: QueuesArgs): LiveView<QueuesSnapshot, QueuesDelta> {
    const { poller, intervalMs } = this.#options
    poller.facts(serverId)
    return {
      snapshot: () => ({ serverId, intervalMs: intervalMs(), queues: poller.facts(serverId).queues }),
      subscribe: (push, end) =>
        poller.onNews((news) => {
          if (news.serverId !== serverId) return
          if (news.kind === 'gone') end({ code: 'missing', message: 'The last connection to this server was removed.' })
          else push({ intervalMs: intervalMs(), queues: poller.facts(serverId).queues, rows: news.news.rows })
        })
    }
  }
}
