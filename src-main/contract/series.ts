/** What a series holds. Values are whole numbers. */
export const seriesKinds = [
  /** Waiting jobs of a queue. */
  'depth',
  /** Failed jobs a queue keeps, cumulative until they are retried. */
  'failed',
  /** How long a check took as seen from here, in milliseconds. */
  'latency',
  /** How bad a check was: 0 passes, 1 warning, 2 critical; `server` is the server itself, 2 while it is down. */
  'level',
  /** How far the server's time server is ahead of its clock, in milliseconds. */
  'drift',
  /** Days until the certificate of a domain ends; negative afterwards. */
  'days'
] as const
export type SeriesKind = (typeof seriesKinds)[number]

/** A kind and what it is of: `depth/functions`, `latency/db`, `level/server`, `days/example.com`. */
export type SeriesName = `${SeriesKind}/${string}`

/** One value of one series; `null` is a gap: it was asked and nobody knows. */
export interface Sample {
  readonly series: SeriesName
  /** Wall time of this machine, whole milliseconds. */
  readonly atMs: number
  readonly value: number | null
}
