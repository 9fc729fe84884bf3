import { activeAt } from './activations.ts'
import { createDeploymentStore, type DeploymentStore } from './deployment-store.ts'
import { executionsAt, isMissed, type Execution } from './execution.ts'
import type { Ground } from './ground.ts'
import type { FunctionProfile } from './profile.ts'
import { createRunHistory } from './run-history.ts'
import type { Run } from './run.ts'
import { createVariableStore, type VariableStore } from './variable-store.ts'

/** One function of a project: everything about it at the clock's time, and what can be done to it. */
export interface FunctionState {
  readonly profile: FunctionProfile
  readonly createdAtMs: number
  readonly updatedAtMs: () => number
  /** Empty without one; need not be one of its own. */
  readonly activeId: () => string
  /** Whether the active build has the settings and variables of now. */
  readonly isLive: () => boolean
  readonly deployments: DeploymentStore
  readonly variables: VariableStore
  /** Oldest first. */
  readonly executions: () => readonly Execution[]
  /** `null` for an id that is none of its runs. */
  readonly execution: (id: string) => Execution | null
  readonly addRun: (run: Run) => Execution
  readonly deleteRun: (id: string) => void
  /** Runs that came by themselves in an hour since 1970, without the troubles. */
  readonly countOf: (hour: number) => number
}

export function createFunction(profile: FunctionProfile, createdAtMs: number, ground: Ground): FunctionState {
  const { seed, clock, troubles } = ground
  const history = createRunHistory(seed, profile, createdAtMs)
  const deployments = createDeploymentStore(profile, createdAtMs, ground)
  const variables = createVariableStore(seed, profile, createdAtMs, clock)
  const lastActivationMs = () => deployments.activations().at(-1)?.atMs ?? 0
  const viewer = () =>
    executionsAt({
      seed,
      profile,
      deployments: deployments.known(),
      activations: deployments.activations(),
      spans: troubles.spans(),
      nowMs: clock.nowMs()
    })
  const isThere = (run: Run) => !isMissed(run, profile.functionId, troubles.spans())

  return {
    profile,
    createdAtMs,
    updatedAtMs: () => Math.max(createdAtMs, lastActivationMs(), variables.editedAtMs() ?? 0),
    activeId: () => activeAt(deployments.activations(), Infinity),
    isLive: () => {
      const editedAtMs = variables.editedAtMs()
      if (editedAtMs !== null) return lastActivationMs() > editedAtMs
      return !profile.isStale || deployments.wasActivatedByHand()
    },
    deployments,
    variables,
    executions: () => history.until(clock.nowMs()).filter(isThere).map(viewer()),
    execution: (id) => {
      const run = history.find(id, clock.nowMs())
      return run === null || !isThere(run) ? null : viewer()(run)
    },
    addRun: (run) => {
      history.add(run)
      return viewer()(run)
    },
    deleteRun: history.delete,
    countOf: history.countOf
  }
}
