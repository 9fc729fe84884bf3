import type { ErrorType } from '../http/error-types.ts'
import type { HeaderStyle } from '../http/headers.ts'
import type { Outages } from '../http/ending.ts'
import type { Queue } from '../world/queue-profiles.ts'

/** A depth endpoint: the queue it reads, and the queue's name in Redis. */
export interface DepthEndpoint {
  readonly queue: Queue
  readonly redisName: string
}

/** What differs from one Appwrite version to the next (the API facts, §1, §2, §11 and §12). */
export interface Version {
  /** As it is asked for: a release, or `main` for what was not released yet. */
  readonly name: string
  /** What the server says it is; `main` still says the release it came after. */
  readonly told: string
  /** `/versions` besides the server's own. */
  readonly sdks: Readonly<Record<string, string>>

  /** Every other code leaves as 500 with the message `Server Error` (§2). */
  readonly publicCodes: readonly number[]
  /** Scopes of a request without a valid key; only those that decide something here. */
  readonly guestScopes: readonly string[]
  /** What every valid key may do, whatever was ticked for it. */
  readonly impliedKeyScopes: readonly string[]
  /** What a key made by this version begins with; a key that begins otherwise up to its first `_` is no key. */
  readonly keyPrefix: string
  /** Whether an unknown key is taken for no key at all; later versions refuse it, even for a route that is not there. */
  readonly isUnknownKeyGuest: boolean
  /** Whether a key without the project's own header is refused before anything else. */
  readonly needsProjectHeader: boolean
  readonly refusesSessionWithKey: boolean
  readonly refusesForeignOrigin: boolean
  /** How the refusal for a missing scope names it. */
  readonly scopeText: (scopes: readonly string[]) => string

  readonly headers: HeaderStyle
  /** How a route that is not there is told of: by JSON, or by a page whatever was asked for. */
  readonly lostRoute: { readonly kind: 'json'; readonly message: string } | { readonly kind: 'page' }
  readonly outsideApi: 'text' | 'page'
  readonly hasPing: boolean
  /** Bodies above this are compressed for those who ask. */
  readonly leastZippedBytes: number
  readonly zippedHeaders: Readonly<Record<string, string>>
  readonly outages: Outages

  /** Component checks that answer with a list, and the names of their pools. */
  readonly pools: Readonly<Record<string, readonly string[]>>
  /** Pool checks whose failure is told by `status: "fail"` in a 200; the others answer 500. */
  readonly softChecks: readonly string[]
  readonly storageFailure: ErrorType
  /** Whether the ping is measured; before it is 0, being divided by a thousand once too often. */
  readonly isPingReal: boolean
  readonly hasGeo: boolean
  /** The refusal of a host whose certificate could not be read; `null` for the error's own text. */
  readonly hostText: ((reason: string) => string) | null

  /** Depth endpoints under `/health/queue`. */
  readonly depthEndpoints: Readonly<Record<string, DepthEndpoint>>
  /** Queues that have a list in Redis, and no endpoint. */
  readonly hiddenQueues: Readonly<Record<string, Queue>>
  /** The names `/health/queue/failed/{name}` takes, in the order its refusal lists them; `null` never has any. */
  readonly failedQueues: Readonly<Record<string, Queue | null>>
  /** Thresholds beyond this many bits are refused. */
  readonly thresholdBits: 32 | 64
  readonly depthText: (size: number, threshold: number) => string
  readonly failedText: (size: number, threshold: number) => string

  /** How long a proxy may keep the answer of `/locale`; `null` when nothing is said of it. */
  readonly localeCache: 'public' | 'private' | null
}

/** Whether a version is a release or comes after it: `isFrom(version, '1.7')`. */
export function isFrom(version: Version, release: string): boolean {
  if (version.name === 'main') return true
  const [own, asked] = [version.name.split('.'), release.split('.')]
  for (const [at, part] of asked.entries()) {
    const difference = Number(own[at] ?? 0) - Number(part)
    if (difference !== 0) return difference > 0
  }
  return true
}
