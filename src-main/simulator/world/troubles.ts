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
  | { readonly kind: 'check-fail'; readonly check: CheckName }
  /** The NTP server's time minus the server's, in seconds. */
  | { readonly kind: 'time-off'; readonly seconds: number }
  | { readonly kind: 'database-down' }
  /** Undoing it stands for Redis back *and* Appwrite restarted: 1.5.11 does not recover by itself. */
  | { readonly kind: 'redis-down' }
  | { readonly kind: 'latency'; readonly ms: number }
  /** Every connection to the API is reset. */
  | { readonly kind: 'cut' }
  /** No key is known any more. */
  | { readonly kind: 'wrong-key' }

export type TroubleKind = Trouble['kind']

/** A trouble with its time; the past ones are kept because the queues' past follows from them. */
export interface Span {
  readonly trouble: Trouble
  readonly fromMs: number
  /** `null` while it stands. */
  readonly toMs: number | null
}

/** Which troubles an undo means: one queue's or check's when named, else all of the kind. */
export interface TroubleMatch {
  readonly kind: TroubleKind
  readonly queue?: Queue
  readonly check?: CheckName
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

function matches(trouble: Trouble, match: TroubleMatch): boolean {
  if (trouble.kind !== match.kind) return false
  if (match.queue !== undefined && (!('queue' in trouble) || trouble.queue !== match.queue)) return false
  return match.check === undefined || ('check' in trouble && trouble.check === match.check)
}

export function createTroubles(): Troubles {
  let spans: readonly Span[] = []
  const undo = (match: TroubleMatch | 'all', nowMs: number) => {
    let ended = 0
    spans = spans.map((span) => {
      if (span.toMs !== null || (match !== 'all' && !matches(span.trouble, match))) return span
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
      const { kind } = trouble
      undo(
        {
          kind,
          ...('queue' in trouble ? { queue: trouble.queue } : {}),
          ...('check' in trouble ? { check: trouble.check } : {})
        },
        nowMs
      )
      spans = [...spans, { trouble, fromMs: nowMs, toMs: null }]
    },
    undo
  }
}
