import type { RuleKind } from '../../contract/alerts.ts'
import type { Evidence } from '../../core/alerts/book.ts'
import type { History } from '../history/history.ts'
import type { Poller } from '../poller.ts'
import type { Clock } from '../ports.ts'
import { evidenceOf, isWatched, type EvidenceOptions } from './evidence.ts'

/** One look at all that is known of a server. */
export interface Look {
  /** Everything rules may look at, as it is now. */
  readonly evidence: readonly Evidence[]
  /** Whether the server is asked for this; `true` as long as that is not known. */
  readonly isWatched: (kind: RuleKind, subject: string) => boolean
}

/** Where alerts take what they judge from. */
export interface AlertSource {
  serverIds(): readonly string[]
  look(serverId: string): Look
  /** Whether nobody looks at this server: this machine is offline, or polling is paused. */
  isBlind(serverId: string): boolean
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
    look: (serverId) => {
      const facts = poller.facts(serverId)
      const samples: EvidenceOptions['samples'] = (series, fromMs) => history.samples(serverId, series, fromMs)
      return {
        evidence: evidenceOf(facts, { samples, nowMs: clock.now() }),
        isWatched: (kind, subject) => isWatched(facts, kind, subject)
      }
    },
    isBlind: (serverId) => {
      const { state } = poller.facts(serverId).verdict
      return state === 'offline' || state === 'paused'
    },
    onNews: (listener) =>
      poller.onNews(({ serverId, kind }) => {
        listener({ serverId, isGone: kind === 'gone' })
      })
  }
}
