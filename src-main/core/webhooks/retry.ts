const firstMs = 5_000
const longestMs = 300_000
const scatter = 0.2
const longestAskedMs = 3_600_000
const patienceMs = 24 * 3_600_000

/** Whether another try may do better. `null` is no answer at all. */
export function isPassing(status: number | null): boolean {
  return status === null || status === 408 || status === 425 || status === 429 || status >= 500
}

/**
 * How long to wait after this many failures in a row (from 1): 5 s doubling to 5 min, give or take a fifth, so that many
 * desks do not knock together. `random` is in [0, 1). A receiver that said how long to stay away is believed up to an hour.
 */
export function retryAfterMs(failures: number, random: number, askedMs: number | null): number {
  const base = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 10))
  const ownMs = Math.round(base * (1 - scatter + random * 2 * scatter))
  return Math.max(ownMs, Math.min(askedMs ?? 0, longestAskedMs))
}

/** Whether what happened then is too old to be told. */
export function isTooOld(atMs: number, nowMs: number): boolean {
  return nowMs - atMs >= patienceMs
}
