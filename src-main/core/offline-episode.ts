/** A stretch in which this machine has no network, and whether that was told. */
export interface OfflineEpisode {
  readonly fromMs: number
  readonly isTold: boolean
}

/** One look at the network by what is known of the servers. */
export interface OfflineLook {
  /** Since when a server is out of reach because this machine is offline; `null` while none is. */
  readonly sinceMs: number | null
  /** Whether a server off this machine was reached or judged: nothing else ends it. */
  readonly isOnline: boolean
  /** How long this machine was awake and offline without a break, in milliseconds. */
  readonly awakeMs: number
}

export interface OfflineTurn {
  readonly episode: OfflineEpisode | null
  /** Somebody must be told, once for each episode. */
  readonly isDue: boolean
  /** The episode is over, and was told. */
  readonly over: { readonly fromMs: number } | null
}

/**
 * A machine without a network, told once and only after `limitMs`. A lid that was shut for the night counts for nothing:
 * the network comes back some seconds after it is opened.
 */
export function offlineTurn(episode: OfflineEpisode | null, look: OfflineLook, limitMs: number): OfflineTurn {
  const { sinceMs, isOnline, awakeMs } = look
  if (sinceMs === null) {
    const isOver = episode !== null && isOnline
    return {
      episode: isOver ? null : episode,
      isDue: false,
      over: isOver && episode.isTold ? { fromMs: episode.fromMs } : null
    }
  }
  const current = episode ?? { fromMs: sinceMs, isTold: false }
  return { episode: current, isDue: !current.isTold && awakeMs >= limitMs, over: null }
}
