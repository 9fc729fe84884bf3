import type { Clock } from '../clock.ts'
import { saltOf } from '../random.ts'
import type { Troubles } from '../troubles.ts'
import { activationsOf, activeAt, willActivate, type Activation } from './activations.ts'
import { buildOf, type Build, type Deployment } from './deployment.ts'
import { createDice } from './dice.ts'
import { executionsAt, isMissed, type Execution } from './execution.ts'
import { idAt } from './ids.ts'
import type { FunctionProfile } from './profile.ts'
import { createRunHistory } from './run-history.ts'
import type { Run } from './run.ts'
import { deploymentAt, impliedDeployments, seededDeployments } from './seeded-deployments.ts'
import { createVariableStore, type VariableStore } from './variable-store.ts'

/** What the functions of a project are made from. */
export interface Ground {
  readonly seed: number
  readonly clock: Clock
  readonly troubles: Troubles
}

/** A deployment with how it stands. */
export interface DeploymentState {
  readonly deployment: Deployment
  readonly build: Build
  /** Whether it will become active by itself. */
  readonly isActivating: boolean
  readonly updatedAtMs: number
}

/** One function of a project: everything about it at the clock's time, and what can be done to it. */
export interface FunctionState {
  readonly profile: FunctionProfile
  readonly createdAtMs: number
  readonly updatedAtMs: () => number
  /** Empty without one; need not be one of its own. */
  readonly activeId: () => string
  /** Whether the active build has the settings and variables of now. */
  readonly isLive: () => boolean
  /** Oldest first. */
  readonly deployments: () => readonly DeploymentState[]
  /** Oldest first; `null` for an id that is none of its runs. */
  readonly executions: () => readonly Execution[]
  readonly execution: (id: string) => Execution | null
  readonly variables: VariableStore
  readonly activate: (deploymentId: string) => void
  /** A new deployment of the same source; returns it. */
  readonly redeploy: (source: Deployment, isActivating: boolean) => Deployment
  readonly cancel: (deploymentId: string) => void
  readonly deleteDeployment: (deploymentId: string) => void
  readonly addDeployment: (deployment: Deployment) => void
  readonly addRun: (run: Run) => Execution
  readonly deleteRun: (id: string) => void
  /** Runs that came by themselves in an hour since 1970, without the troubles. */
  readonly countOf: (hour: number) => number
}

export function createFunction(profile: FunctionProfile, createdAtMs: number, ground: Ground): FunctionState {
  const { seed, clock, troubles } = ground
  const { functionId } = profile
  const history = createRunHistory(seed, profile, createdAtMs)
  const variables = createVariableStore(seed, profile, createdAtMs, clock)
  const made: Deployment[] = []
  const byHand: Activation[] = []
  const canceled = new Map<string, number>()
  const deleted = new Set<string>()

  const known = (nowMs: number): readonly Deployment[] => {
    const all = [
      ...seededDeployments(seed, profile, createdAtMs, nowMs),
      ...impliedDeployments(seed, profile, troubles.spans(), nowMs),
      ...made.filter((deployment) => deployment.createdAtMs <= nowMs)
    ]
    return all
      .map((deployment) => ({ ...deployment, canceledAtMs: canceled.get(deployment.id) ?? deployment.canceledAtMs }))
      .sort((a, b) => a.createdAtMs - b.createdAtMs)
  }
  const activations = (nowMs: number, deployments = known(nowMs)) =>
    activationsOf(deployments, byHand, functionId, troubles.spans(), nowMs)
  const viewer = () => {
    const nowMs = clock.nowMs()
    const deployments = known(nowMs)
    const spans = troubles.spans()
    return executionsAt({ seed, profile, deployments, activations: activations(nowMs, deployments), spans, nowMs })
  }
  const isThere = (run: Run) => !isMissed(run, functionId, troubles.spans())

  return {
    profile,
    createdAtMs,
    updatedAtMs: () => {
      const lastMs = activations(clock.nowMs()).at(-1)?.atMs ?? 0
      return Math.max(createdAtMs, lastMs, variables.editedAtMs() ?? 0)
    },
    activeId: () => activeAt(activations(clock.nowMs()), Infinity),
    isLive: () => {
      const lastMs = activations(clock.nowMs()).at(-1)?.atMs ?? 0
      const edited = variables.editedAtMs()
      if (edited !== null) return lastMs > edited
      return !profile.isStale || byHand.length > 0
    },
    deployments: () => {
      const nowMs = clock.nowMs()
      const spans = troubles.spans()
      const all = known(nowMs)
      return all
        .filter(({ id }) => !deleted.has(id))
        .map((deployment) => {
          const build = buildOf(deployment, spans, nowMs)
          return {
            deployment,
            build,
            isActivating: willActivate(deployment, all, nowMs),
            updatedAtMs: build.endedAtMs ?? build.startedAtMs ?? deployment.createdAtMs
          }
        })
    },
    executions: () => history.until(clock.nowMs()).filter(isThere).map(viewer()),
    execution: (id) => {
      const run = history.find(id, clock.nowMs())
      return run === null || !isThere(run) ? null : viewer()(run)
    },
    variables,
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
    deleteDeployment: (deploymentId) => {
      const nowMs = clock.nowMs()
      if (activeAt(activations(nowMs), nowMs) === deploymentId) byHand.push({ atMs: nowMs, deploymentId: '' })
      deleted.add(deploymentId)
    },
    addDeployment: (deployment) => {
      made.push(deployment)
    },
    addRun: (run) => {
      history.add(run)
      return viewer()(run)
    },
    deleteRun: history.delete,
    countOf: history.countOf
  }
}
