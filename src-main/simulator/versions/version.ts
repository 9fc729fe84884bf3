import type { Queue } from '../world/queue-profiles.ts'

/** What differs from one Appwrite version to the next (the API facts, §11 and §12). */
export interface Version {
  /** As it is asked for: a release, or `main` for what was not released yet. */
  readonly name: string
  /** What the server says it is; `main` still says the release it came after. */
  readonly told: string
  /** Every other code leaves as 500 with the message `Server Error` (§2). */
  readonly publicCodes: readonly number[]
  /** Scopes of a request without a valid key; only those that decide something here. */
  readonly guestScopes: readonly string[]
  /** What every valid key may do, whatever was ticked for it. */
  readonly impliedKeyScopes: readonly string[]
  /** Whether an unknown key is taken for no key at all; later versions refuse it. */
  readonly isUnknownKeyGuest: boolean
  /** Component checks that answer with a list, and the names of their pools. */
  readonly pools: Readonly<Record<string, readonly string[]>>
  /** Pool checks whose failure is told by `status: "fail"` in a 200; the others answer 500. */
  readonly softChecks: readonly string[]
  /** Depth endpoints under `/health/queue`: the queue each reads, and its name in Redis. */
  readonly depthEndpoints: Readonly<Record<string, { readonly queue: Queue; readonly redisName: string }>>
  /** The names `/health/queue/failed/{name}` takes, in the order its refusal lists them; `null` never has any. */
  readonly failedQueues: Readonly<Record<string, Queue | null>>
  /** How the refusal for a missing scope names it. */
  readonly scopeText: (scopes: readonly string[]) => string
  /** Bodies above this are compressed for those who ask. */
  readonly leastZippedBytes: number
  readonly zippedHeaders: Readonly<Record<string, string>>
  readonly depthText: (size: number, threshold: number) => string
  readonly failedText: (size: number, threshold: number) => string
  /** `/versions` besides the server's own. */
  readonly sdks: Readonly<Record<string, string>>
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
