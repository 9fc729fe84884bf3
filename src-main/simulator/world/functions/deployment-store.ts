import { saltOf } from '../random.ts'
import { activationsOf, activeAt, willActivate, type Activation } from './activations.ts'
import { buildOf, type Build, type Deployment } from './deployment.ts'
import { createDice } from './dice.ts'
import type { Ground } from './ground.ts'
import { idAt } from './ids.ts'
import type { FunctionProfile } from './profile.ts'
import { deploymentAt, impliedDeployments, seededDeployments } from './seeded-deployments.ts'

/** A deployment with how it stands. */
export interface DeploymentState {
  readonly deployment: Deployment
  readonly build: Build
  /** Whether it will become active by itself. */
  readonly isActivating: boolean
  readonly updatedAtMs: number
}

/** The deployments of one function: those its team made, those that troubles mean, and those that callers made here. */
export interface DeploymentStore {
  /** Oldest first, with those that were deleted: runs remember them. */
  readonly known: () => readonly Deployment[]
  /** Oldest first, without those that were deleted. */
  readonly all: () => readonly DeploymentState[]
  /** Every change of the active one up to now, oldest first. */
  readonly activations: () => readonly Activation[]
  readonly wasActivatedByHand: () => boolean
  readonly activate: (deploymentId: string) => void
  /** A new deployment of the same source; returns it. */
  readonly redeploy: (source: Deployment, isActivating: boolean) => Deployment
  readonly cancel: (deploymentId: string) => void
  readonly delete: (deploymentId: string) => void
  readonly add: (deployment: Deployment) => void
}

export function createDeploymentStore(
  profile: FunctionProfile,
  createdAtMs: number,
  { seed, clock, troubles }: Ground
): DeploymentStore {
  const { functionId } = profile
  const made: Deployment[] = []
  const byHand: Activation[] = []
  const canceled = new Map<string, number>()
  const deleted = new Set<string>()

  const known = (): readonly Deployment[] => {
    const nowMs = clock.nowMs()
    const all = [
      ...seededDeployments(seed, profile, createdAtMs, nowMs),
      ...impliedDeployments(seed, profile, troubles.spans(), nowMs),
      ...made.filter((deployment) => deployment.createdAtMs <= nowMs)
    ]
    return all
      .map((deployment) => ({ ...deployment, canceledAtMs: canceled.get(deployment.id) ?? deployment.canceledAtMs }))
      .sort((a, b) => a.createdAtMs - b.createdAtMs)
  }
  const activations = () => activationsOf(known(), byHand, functionId, troubles.spans(), clock.nowMs())

  return {
    known,
    all: () => {
      const nowMs = clock.nowMs()
      const spans = troubles.spans()
      const all = known()
      return all
        .filter(({ id }) => !deleted.has(id))
        .map((deployment) => {
          const build = buildOf(deployment, spans, nowMs)
          const updatedAtMs = build.endedAtMs ?? build.startedAtMs ?? deployment.createdAtMs
          return { deployment, build, isActivating: willActivate(deployment, all, nowMs), updatedAtMs }
        })
    },
    activations,
    wasActivatedByHand: () => byHand.length > 0,
    activate: (deploymentId) => {
      byHand.push({ atMs: clock.nowMs(), deploymentId })
    },
    redeploy: (source, isActivating) => {
      const nowMs = Math.floor(clock.nowMs())
      const dice = createDice(seed, saltOf(`${functionId} redeployed`), nowMs + made.length)
      const { sourceSalt, sourceBytes, buildBytes, commit, type, failRate } = source
      const drawn = deploymentAt(profile, nowMs, dice)
      const same = { sourceSalt, sourceBytes, buildBytes, commit, type, failRate }
      // What failed by bad luck does well the second time.
      const isFailing = source.isFailing && profile.habit === 'failing'
      const deployment = { ...drawn, ...same, id: idAt(nowMs, dice), isActivating, isFailing }
      made.push(deployment)
      return deployment
    },
    cancel: (deploymentId) => {
      canceled.set(deploymentId, clock.nowMs())
    },
    delete: (deploymentId) => {
      const nowMs = clock.nowMs()
      if (activeAt(activations(), nowMs) === deploymentId) byHand.push({ atMs: nowMs, deploymentId: '' })
      deleted.add(deploymentId)
    },
    add: (deployment) => {
      made.push(deployment)
    }
  }
}
