import type { ServerState } from '../contract/fleet.ts'
import type { HistoryTrouble } from '../contract/history.ts'
import type { Pause, Stall, StallKind, WatchView } from '../contract/watch.ts'

/** What is known of a server that says whether somebody watches it. */
export interface WatchedServer {
  readonly state: ServerState
  readonly lastSweepAtMs: number | null
  readonly nextTryAtMs: number | null
  readonly trouble: HistoryTrouble | null
}

export interface Watched {
  readonly servers: readonly WatchedServer[]
  readonly pause: Pause | null
  /** Alerts wait to be written: the disk did not take them. */
  readonly isAlertStoreBehind: boolean
  /** Since when a notice is due that the desktop has not taken. */
  readonly noticeWaitingSinceMs: number | null
  readonly hasTray: boolean
  readonly nowMs: number
}

/** A desktop takes a notice within 3 s or fails; this long without it is no hiccup. */
const noticePatienceMs = 30_000
/** A request this late is not one that waits for its turn. */
const latenessMs = 30_000

const sentences: Readonly<Record<StallKind, string>> = {
  network: 'This machine has no network',
  scheduler: 'Requests are not sent when they are due',
  disk: 'The disk takes nothing more: what is seen is not kept',
  notifier: 'The desktop does not take the notice that is due'
}

/** What stalls now, gravest first. */
export function stallsOf(watched: Watched): readonly StallKind[] {
  const { servers, pause, isAlertStoreBehind, noticeWaitingSinceMs, nowMs } = watched
  const isUnkept = ({ trouble }: WatchedServer): boolean => trouble?.kind === 'full' || trouble?.kind === 'unusable'
  const isLate = ({ nextTryAtMs }: WatchedServer): boolean => nextTryAtMs !== null && nowMs - nextTryAtMs > latenessMs
  const found: readonly (readonly [StallKind, boolean])[] = [
    ['network', servers.some(({ state }) => state === 'offline')],
    ['scheduler', pause === null && servers.some(isLate)],
    ['disk', isAlertStoreBehind || servers.some(isUnkept)],
    ['notifier', noticeWaitingSinceMs !== null && nowMs - noticeWaitingSinceMs > noticePatienceMs]
  ]
  return found.flatMap(([kind, isSo]) => (isSo ? [kind] : []))
}

/** The stalls of now: one that was there before keeps its beginning. */
export function stallsSince(
  kinds: readonly StallKind[],
  before: readonly Stall[],
  beganMs: (kind: StallKind) => number
): readonly Stall[] {
  return kinds.map((kind) => {
    return before.find((stall) => stall.kind === kind) ?? { kind, sentence: sentences[kind], sinceMs: beganMs(kind) }
  })
}

/** Whether somebody watches. A server that is down is watched: that it is down is what was seen. */
export function watchOf({ servers, pause, hasTray }: Watched, stalls: readonly Stall[]): WatchView {
  const sweeps = servers.flatMap(({ lastSweepAtMs }) => lastSweepAtMs ?? [])
  const isBlind = stalls.some(({ kind }) => kind === 'network' || kind === 'scheduler')
  return {
    state: servers.length === 0 ? 'idle' : pause !== null ? 'paused' : isBlind ? 'blind' : 'watching',
    stalls,
    pause,
    lastSweepAtMs: sweeps.length === 0 ? null : Math.min(...sweeps),
    hasTray
  }
}

/** Whether the icon beside the clock is drawn hollow: nobody watches, or what is seen goes nowhere. */
export const isHollow = ({ state, stalls }: WatchView): boolean => state !== 'watching' || stalls.length > 0

/** In one sentence with times and without a full stop: why nobody watches, or what stalls; `null` while all is well or there is no server. */
export function watchSentence({ pause, stalls }: WatchView, clockTime: (atMs: number) => string): string | null {
  if (pause !== null) return `Polling is paused until ${clockTime(pause.untilMs)}`
  const [worst] = stalls
  return worst === undefined ? null : `${worst.sentence} since ${clockTime(worst.sinceMs)}`
}
