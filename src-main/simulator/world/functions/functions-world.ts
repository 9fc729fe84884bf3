import type { Clock } from '../clock.ts'
import type { ProjectIdentity } from '../project-identity.ts'
import { chance, saltOf } from '../random.ts'
import type { Troubles } from '../troubles.ts'
import { profilesOf } from './catalogue.ts'
import type { DeploymentState } from './deployment-store.ts'
import { createFunction, type FunctionState } from './function.ts'
import type { FunctionProfile } from './profile.ts'

/** A deployment with the function it belongs to. */
export interface FoundDeployment {
  readonly owner: FunctionState
  readonly state: DeploymentState
}

/** The functions of one project with their deployments, executions and variables. */
export interface FunctionsWorld {
  readonly projectId: string
  readonly seed: number
  /** In the order they were made in. */
  readonly all: () => readonly FunctionState[]
  readonly find: (functionId: string) => FunctionState | null
  /** Looks through every function. */
  readonly findDeployment: (deploymentId: string) => FoundDeployment | null
  /** Puts a function there, in the place of one with its id. */
  readonly place: (profile: FunctionProfile, createdAtMs: number) => FunctionState
  /** Takes every function away. */
  readonly clear: () => void
}

const firstMadeMs = Date.UTC(2025, 2, 3, 8)
const hourMs = 3_600_000
const spacingMs = 11 * 24 * hourMs
const weekMs = 7 * 24 * hourMs

/** When a function was made: in the working hours of some Monday to Thursday of 2025. */
function madeAt(seed: number, at: number): number {
  const mondayMs = firstMadeMs + Math.floor((at * spacingMs) / weekMs) * weekMs
  const day = Math.floor(4 * chance(seed, saltOf('day made'), at))
  return mondayMs + day * 24 * hourMs + Math.floor(8 * hourMs * chance(seed, saltOf('hour made'), at))
}

export function createFunctionsWorld(
  seed: number,
  { projectId }: ProjectIdentity,
  clock: Clock,
  troubles: Troubles
): FunctionsWorld {
  const own = (seed ^ saltOf(projectId)) >>> 0
  const ground = { seed: own, clock, troubles }
  const functions = new Map<string, FunctionState>()
  for (const [at, profile] of profilesOf(projectId).entries()) {
    functions.set(profile.functionId, createFunction(profile, madeAt(own, at), ground))
  }
  return {
    projectId,
    seed: own,
    all: () => [...functions.values()],
    find: (functionId) => functions.get(functionId) ?? null,
    findDeployment: (deploymentId) => {
      for (const owner of functions.values()) {
        const state = owner.deployments.all().find(({ deployment }) => deployment.id === deploymentId)
        if (state !== undefined) return { owner, state }
      }
      return null
    },
    place: (profile, createdAtMs) => {
      const placed = createFunction(profile, createdAtMs, ground)
      functions.set(profile.functionId, placed)
      return placed
    },
    clear: () => functions.clear()
  }
}
