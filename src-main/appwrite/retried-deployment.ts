import type { Deployment } from './deployments-replies.ts'

/**
 * Of the deployments listed after a retry, the one it made: not there before, and made of the same source. `null` when
 * there is none, or more than one that fits.
 */
export function newestUnlike(
  before: readonly Deployment[],
  after: readonly Deployment[],
  source: Deployment
): Deployment | null {
  const known = new Set(before.map(({ id }) => id))
  // What stood further down before moves up when others are deleted; only what is younger than all known can be new.
  const youngestMs = Math.max(...before.map(({ createdAtMs }) => createdAtMs), source.createdAtMs)
  const added = after.filter((one) => !known.has(one.id) && one.createdAtMs >= youngestMs && isLike(one, source))
  const [first] = added
  return added.length === 1 && first !== undefined ? first : null
}

function isLike(one: Deployment, source: Deployment): boolean {
  return one.type === source.type && one.entrypoint === source.entrypoint && one.commit?.hash === source.commit?.hash
}
