import type { ServerCard } from '../../../src-main/contract/fleet.ts'
import type { Unwatched } from '../../../src-main/contract/history.ts'
import type { Suspicion } from '../../../src-main/contract/suspicions.ts'
import { isFailing } from '../../parts/levels.ts'
import { counted } from '../../parts/numbers.ts'
import { momentTime } from '../../parts/times.ts'
import { isStale } from '../../shell/scope.ts'

/** What is suspected, as a headline. */
export function suspicionTitle({ kind, subject }: Pick<Suspicion, 'kind' | 'subject'>): string {
  switch (kind) {
    case 'worker-dead':
      return `The worker of ${subject} looks dead`
    case 'drain-slower':
      return `${subject} fills faster than it drains`
    case 'failed-jump':
      return `${subject}: more jobs fail than usual`
    case 'green-but-failing':
      return 'All checks pass while executions fail'
    case 'clock-drift':
      return 'The server’s clock is off'
    case 'certificate-end':
      return `The certificate of ${subject} needs renewing`
  }
}

/** `Not watched 01:10–06:30 (asleep)`. */
export function unwatchedWords({ fromMs, toMs, reason }: Unwatched, nowMs: number, isUtc: boolean): string {
  return `Not watched ${momentTime(fromMs, nowMs, isUtc)}–${momentTime(toMs, nowMs, isUtc)} (${reason})`
}

/** How many queues, checks and suspicions of a server ask for a look; none of a server whose present nobody knows. */
export function thingsOf(server: ServerCard): number {
  if (isStale(server)) return 0
  const levels = [...server.fullest, ...server.checks].map(({ level }) => level)
  return levels.filter(isFailing).length + server.suspicions.length
}

/** `2 things need you`; empty when nothing does. */
export function thingsWords(server: ServerCard): string {
  const things = thingsOf(server)
  return things === 0 ? '' : `${counted(things, 'thing')} ${things === 1 ? 'needs' : 'need'} you`
}

/** From this many servers on, those with nothing to tell are shown small. */
export const foldFrom = 5

/** Whether a server's card may be small: it is well, takes every key, nothing is suspected and its history is whole. */
export function isCalm(server: ServerCard): boolean {
  const takesAll = server.connections.every(({ access }) => access === 'accepted' || access === 'untested')
  return server.state === 'live' && takesAll && thingsOf(server) === 0 && server.trouble === null
}
