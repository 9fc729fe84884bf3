const firstMs = 2_000
const longestMs = 30_000

/**
 * How long to wait before the n-th probe of a server that does not answer (n from 1): 2 s doubling to 30 s, give or
 * take a fifth, so that many desks do not knock together. `random` is in [0, 1).
 */
export function backoffMs(attempt: number, random: number): number {
  const base = Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 10))
  return Math.round(base * (0.8 + random * 0.4))
}
