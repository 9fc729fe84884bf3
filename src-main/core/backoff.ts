const firstMs = 2_000
const longestMs = 30_000
const longestAskedMs = 300_000
const scatter = 0.2

/** The longest wait between two probes of a lost server that did not ask for a longer one. */
export const longestBackoffMs = longestMs * (1 + scatter)

/**
 * How long to wait before the n-th probe of a server that does not answer (n from 1): 2 s doubling to 30 s, give or
 * take a fifth, so that many desks do not knock together. `random` is in [0, 1). A proxy that said how long to stay away
 * is believed up to five minutes: a server that is down is wanted back sooner than a careless header says.
 */
export function backoffMs(attempt: number, random: number, askedMs = 0): number {
  const base = Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 10))
  return Math.max(Math.round(base * (1 - scatter + random * 2 * scatter)), Math.min(askedMs, longestAskedMs))
}
