/** What a detector may find. */
export const suspicionKinds = [
  /** A queue rises, nothing leaves it, and its failed jobs stay as they are. */
  'worker-dead',
  /** Jobs come faster than they are done, and have for a while. */
  'drain-slower',
  /** More jobs failed of late than is usual. */
  'failed-jump',
  /** All checks pass while executions fail. */
  'green-but-failing',
  /** The server's clock is off. */
  'clock-drift',
  /** A certificate ends soon or has ended. */
  'certificate-end'
] as const
export type SuspicionKind = (typeof suspicionKinds)[number]

/** Something no single check says, with the evidence. */
export interface Suspicion {
  readonly kind: SuspicionKind
  /** The queue, domain or function it is about; empty for the server. */
  readonly subject: string
  readonly level: 'warning' | 'critical'
  readonly sinceMs: number
  /** What was seen, in one sentence with figures. */
  readonly saw: string
  /** What to look at next, in one sentence. */
  readonly check: string
}
