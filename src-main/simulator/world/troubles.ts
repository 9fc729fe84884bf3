import type { Queue } from './queue-profiles.ts'

/** The component checks that can be made to fail; how each says so is the version's (the API facts, §2). */
export const checks = ['db', 'cache', 'queue', 'pubsub', 'storage', 'storage-local', 'time', 'anti-virus'] as const
export type CheckName = (typeof checks)[number]

/** Something that goes wrong until it is undone. */
export type Trouble =
  /** The queue grows by `perMinute` from the moment on. */
  | { readonly kind: 'flood'; readonly queue: Queue; readonly perMinute: number }
  /** `jobs` more at once; they stay until the flood is undone. */
  | { readonly kind: 'flood'; readonly queue: Queue; readonly jobs: number }
  /** Jobs arrive and nobody takes them. */
  | { readonly kind: 'stop-worker'; readonly queue: Queue }
  /** The worker runs, takes nothing and fails nothing: only the depth tells of it. */
  | { readonly kind: 'silent-consumer'; readonly queue: Queue }
  /** Runs that start meanwhile fail with this likelihood, 0 to 1; of every function when none is named. */
  | { readonly kind: 'bad-deployment'; readonly functionId?: string; readonly failRate: number }
  /** Builds that have not ended stay as they are. */
  | { readonly kind: 'wedged-build'; readonly functionId?: string }
  /** Schedules do not run; of every function when none is named. */
  | { readonly kind: 'missed-cron'; readonly functionId?: string }
  | { readonly kind: 'check-fail'; readonly check: CheckName }
  /** The NTP server's time minus the server's, in seconds. */
  | { readonly kind: 'time-off'; readonly seconds: number }
  /** `holdMs` is how long a request is held that hangs; the version's own time when not given. */
  | { readonly kind: 'database-down'; readonly holdMs?: number }
  /** Undoing it stands for Redis back *and* Appwrite restarted: no version recovers wholly by itself. */
  | { readonly kind: 'redis-down'; readonly holdMs?: number }
  /** Redis was away and is back, and Appwrite was not restarted. */
  | { readonly kind: 'restart-owed' }
  | { readonly kind: 'latency'; readonly ms: number }
  /** Every connection to the API is reset. */
  | { readonly kind: 'cut' }
  /** No key is known any more. */
  | { readonly kind: 'wrong-key' }
  /** The keys of one project were deleted. */
  | { readonly kind: 'revoked-key'; readonly projectId: string }
  /** A proxy in front answers 429 with `Retry-After`. */
  | { readonly kind: 'rate-limit'; readonly retryAfterS: number; readonly body: 'html' | 'json' }
  /** Bodies leave in pieces of one byte, this long apart. */
  | { readonly kind: 'slow-drip'; readonly msPerByte: number }
  /** What a proxy or a crash makes of a reply. */
  | { readonly kind: 'garbage'; readonly body: 'invalid-json' | 'cut-short' | 'wrong-shape' | 'html-502' }

export type TroubleKind = Trouble['kind']

/** A trouble with its time; the past ones are kept because the queues' past follows from them. */
export interface Span {
  readonly trouble: Trouble
  readonly fromMs: number
  /** `null` while it stands. */
  readonly toMs: number | null
}

/** What one trouble of a kind can be about, and be told from another by. */
export const targets = ['queue', 'check', 'functionId', 'projectId'] as const
type Targets = Readonly<Record<(typeof targets)[number], string>>

/** Which troubles an undo means: those about the target when one is named, else all of the kind. */
export interface TroubleMatch extends Partial<Targets> {
  readonly kind: TroubleKind
}

export interface Troubles {
  readonly spans: () => readonly Span[]
  readonly standing: () => readonly Span[]
  readonly find: <Kind extends TroubleKind>(kind: Kind) => Extract<Trouble, { kind: Kind }> | null
  readonly isFailing: (check: CheckName) => boolean
  /** Takes the place of a standing one of the same kind and target. */
  readonly start: (trouble: Trouble, nowMs: number) => void
  /** Returns how many stood; undoing what does not stand is no error. */
  readonly undo: (match: TroubleMatch | 'all', nowMs: number) => number
}

function targetOf(about: Trouble | TroubleMatch): Readonly<Record<string, unknown>> {
  return { ...about }
}

function matches(trouble: Trouble, match: TroubleMatch): boolean {
  const [own, asked] = [targetOf(trouble), targetOf(match)]
  return trouble.kind === match.kind && targets.every((name) => asked[name] === undefined || asked[name] === own[name])
}

/** Whether both are about the same thing: one about everything is not about one thing. */
function isSameTarget(one: Trouble, other: Trouble): boolean {
  const [a, b] = [targetOf(one), targetOf(other)]
  return one.kind === other.kind && targets.every((name) => a[name] === b[name])
}

export function createTroubles(): Troubles {
  let spans: readonly Span[] = []
  const end = (isMeant: (trouble: Trouble) => boolean, nowMs: number) => {
    let ended = 0
    spans = spans.map((span) => {
      if (span.toMs !== null || !isMeant(span.trouble)) return span
      ended++
      return { ...span, toMs: nowMs }
    })
    return ended
  }
  const standing = () => spans.filter((span) => span.toMs === null)
  const find: Troubles['find'] = (kind) => {
    for (const { trouble } of standing()) {
      // The kinds are equal, which is all that `Extract` asks; the compiler does not follow a generic here.
      if (trouble.kind === kind) return trouble as Extract<Trouble, { kind: typeof kind }>
    }
    return null
  }
  return {
    spans: () => spans,
    standing,
    find,
    isFailing: (check) => standing().some(({ trouble }) => trouble.kind === 'check-fail' && trouble.check === check),
    start: (trouble, nowMs) => {
      end((standing) => isSameTarget(standing, trouble), nowMs)
      spans = [...spans, { trouble, fromMs: nowMs, toMs: null }]
    },
    undo: (match, nowMs) => end((trouble) => match === 'all' || matches(trouble, match), nowMs)
  }
}
