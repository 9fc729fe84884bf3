/** Kinds of work that must not wait for each other, in the order in which they start when all are due. */
export const laneNames = ['probe', 'depths', 'cheap', 'slow', 'rare'] as const
export type LaneName = (typeof laneNames)[number]

export interface Lane {
  /** Runs of this lane under way at once. */
  readonly limit: number
  /** Over how long its tasks are spread that come due together: after a sleep, or when a server is back. */
  readonly spreadMs: number
}

/** Runs under way at once in all lanes: what the others may take together leaves the sweeps 32 of them. */
export const totalLimit = 128

/** A run spends nearly all of its time waiting for a reply, so these bound open requests and not work. */
export const lanes: Readonly<Record<LaneName, Lane>> = {
  probe: { limit: 32, spreadMs: 3_000 },
  depths: { limit: 64, spreadMs: 3_000 },
  cheap: { limit: 32, spreadMs: 6_000 },
  slow: { limit: 16, spreadMs: 20_000 },
  rare: { limit: 16, spreadMs: 40_000 }
}
