import type { Span } from '../troubles.ts'
import { buildOf, type Deployment } from './deployment.ts'

/** A change of the active deployment; an empty id is none. */
export interface Activation {
  readonly atMs: number
  readonly deploymentId: string
}

/** The active deployment at a time; empty before the first. */
export function activeAt(activations: readonly Activation[], atMs: number): string {
  return activations.findLast((activation) => activation.atMs <= atMs)?.deploymentId ?? ''
}

/** Whether a deployment becomes active when its build is ready: a newer one that will takes that from it. */
export function willActivate(deployment: Deployment, deployments: readonly Deployment[], nowMs: number): boolean {
  const isOvertaken = deployments.some(
    ({ isActivating, createdAtMs }) => isActivating && createdAtMs > deployment.createdAtMs && createdAtMs <= nowMs
  )
  return deployment.isActivating && !isOvertaken
}

/** Every change up to a time, oldest first: by builds that became ready, by hand, and by a bad one taken back. */
export function activationsOf(
  deployments: readonly Deployment[],
  byHand: readonly Activation[],
  functionId: string,
  spans: readonly Span[],
  nowMs: number
): readonly Activation[] {
  const byBuild = deployments.flatMap((deployment) => {
    const { status, endedAtMs } = buildOf(deployment, spans, nowMs)
    const isActivated = status === 'ready' && endedAtMs !== null && willActivate(deployment, deployments, endedAtMs)
    return isActivated ? [{ atMs: endedAtMs, deploymentId: deployment.id }] : []
  })
  const activations = [...byBuild, ...byHand].filter(({ atMs }) => atMs <= nowMs)
  activations.sort((a, b) => a.atMs - b.atMs)
  const bad = new Set(deployments.filter(({ failRate }) => failRate > 0).map(({ id }) => id))
  const takenBack = spans.flatMap(({ trouble, toMs }) => {
    if (trouble.kind !== 'bad-deployment' || toMs === null || toMs > nowMs) return []
    if ((trouble.functionId ?? functionId) !== functionId) return []
    const before = activations.filter(({ atMs }) => atMs <= toMs)
    if (!bad.has(before.at(-1)?.deploymentId ?? '')) return []
    const good = before.findLast(({ deploymentId }) => !bad.has(deploymentId))
    return [{ atMs: toMs, deploymentId: good?.deploymentId ?? '' }]
  })
  return [...activations, ...takenBack].sort((a, b) => a.atMs - b.atMs)
}
