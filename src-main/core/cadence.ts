/** How often each group of requests goes to a server, and how long one may take. All in milliseconds. */
export interface Cadence {
  /** All queue depths: the sweep. */
  readonly depthsMs: number
  /** Failed-job counters and the checks that cost the server next to nothing. */
  readonly cheapMs: number
  /** Checks that write files, ask NTP or dial out (the API facts §13). */
  readonly slowMs: number
  /** Each connection's own project and key. */
  readonly accessMs: number
  /** What the server calls itself; an upgrade is noticed sooner, when something is answered otherwise. */
  readonly versionMs: number
}

export const defaultSweepMs = 10_000

/** The cadence that goes with one distance of sweeps; the rest keeps its proportion. */
export function cadenceFor(sweepMs: number): Cadence {
  return {
    depthsMs: sweepMs,
    cheapMs: sweepMs * 3,
    slowMs: sweepMs * 30,
    accessMs: sweepMs * 30,
    versionMs: sweepMs * 360
  }
}
