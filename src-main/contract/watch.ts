/** What keeps Standby from watching, or from keeping or telling what it sees. */
export type StallKind =
  /** This machine has no network. */
  | 'network'
  /** Requests are not sent when they are due. */
  | 'scheduler'
  /** What is seen is not written. */
  | 'disk'
  /** The desktop does not take a notice that is due. */
  | 'notifier'

export interface Stall {
  readonly kind: StallKind
  /** What is wrong, without a time and without a full stop. */
  readonly sentence: string
  readonly sinceMs: number
}

/** Proof that somebody watches, or why nobody does. */
export interface WatchView {
  /** `idle`: there is no server. `blind`: nobody looks at a server, though somebody should. */
  readonly state: 'idle' | 'watching' | 'blind' | 'paused'
  /** Gravest first; also while it watches: then it is the telling or the keeping that fails. */
  readonly stalls: readonly Stall[]
  readonly pause: Pause | null
  /** The oldest of all servers' last full sweeps; `null` before the first. */
  readonly lastSweepAtMs: number | null
  /** Whether the desktop shows the icon beside the clock. */
  readonly hasTray: boolean
}

export interface Pause {
  readonly fromMs: number
  readonly untilMs: number
}

export interface PauseArgs {
  readonly untilMs: number
}

/** A pause always has an end, and no later than this. */
export const longestPauseMs = 8 * 3_600_000
