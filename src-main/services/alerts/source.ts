import type { Evidence } from '../../core/alerts/book.ts'
import type { History } from '../history/history.ts'
import type { Poller } from '../poller.ts'
import type { Clock } from '../ports.ts'
import { evidenceOf } from './evidence.ts'

/** Where alerts take what they judge from. */
export interface AlertSource {
  serverIds(): readonly string[]
  /** Everything rules may look at of a server, as it is now. */
  evidence(serverId: string): readonly Evidence[]
  /** Told after every look at a server, and when nobody watches it any more. */
  onNews(listener: (news: { readonly serverId: string; readonly isGone: boolean }) => void): () => void
}

/** All that is polled, and kept of it. */
export function polledSource(options: {
  readonly poller: Poller
  readonly history: Pick<History, 'samples'>
  readonly clock: Clock
}): AlertSource {
  const { poller, history, clock } = options
  return {
    serverIds: () => poller.all().map(({ server }) => server.serverId),
    evidence: (serverId) =>
      evidenceOf(poller.facts(serverId), {
        samples: (series, fromMs) => history.samples(serverId, series, fromMs),
        nowMs: clock.now()
      }),
    onNews: (listener) =>
      poller.onNews(({ serverId, kind }) => {
        listener({ serverId, isGone: kind === 'gone' })
      })
  }
}
