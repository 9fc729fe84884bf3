import { saltOf } from '../random.ts'
import { callerRun } from './caller-run.ts'
import { createDice } from './dice.ts'
import type { BuildStatus, Deployment } from './deployment.ts'
import type { FunctionState } from './function.ts'
import type { FunctionsWorld } from './functions-world.ts'
import type { FunctionProfile } from './profile.ts'
import { deploymentAt } from './seeded-deployments.ts'
import { standIn } from './stand-in.ts'

/** A deployment to be put there; it stays in the status it is given. */
export interface PlacedDeployment {
  readonly id: string
  readonly status: BuildStatus
  readonly buildId?: string
  /** Yes when not given; a ready one is active from its end on. */
  readonly isActivating?: boolean
}

/** A run to be put there. What comes of it its path decides, as with any caller's. */
export interface PlacedExecution {
  readonly id: string
  /** `/` when not given. */
  readonly path?: string
  readonly method?: string
  /** Stays waiting; else it is over. */
  readonly isWaiting?: boolean
  /** Unix milliseconds; stays scheduled until then. */
  readonly scheduledAtMs?: number
  /** How long ago it was made, milliseconds. */
  readonly ageMs?: number
}

export interface PlacedVariable {
  readonly id: string
  readonly key: string
  readonly value: string
  readonly isSecret?: boolean
}

/** A function to be put into a project, for tests that need a certain state: it answers as its caller's path says. */
export interface PlacedFunction {
  readonly functionId: string
  readonly name?: string
  readonly isEnabled?: boolean
  readonly isLogging?: boolean
  readonly timeoutS?: number
  readonly entrypoint?: string
  readonly schedule?: string
  readonly events?: readonly string[]
  readonly execute?: readonly string[]
  /** In the order they are listed in. */
  readonly deployments?: readonly PlacedDeployment[]
  readonly executions?: readonly PlacedExecution[]
  readonly variables?: readonly PlacedVariable[]
}

/** Everything placed is as old as this, and a little younger one after the other. */
const ageMs = 3_600_000
const apartMs = 1_000

function profileOf(placed: PlacedFunction): FunctionProfile {
  const like = standIn(placed.functionId, placed.name ?? placed.functionId)
  return {
    ...like,
    isEnabled: placed.isEnabled ?? true,
    isLogging: placed.isLogging ?? true,
    timeoutS: placed.timeoutS ?? like.timeoutS,
    entrypoint: placed.entrypoint ?? like.entrypoint,
    schedule: placed.schedule ?? '',
    events: placed.events ?? [],
    execute: placed.execute ?? like.execute
  }
}

/** Its stages begin and end so that at its own time it is where it shall be, and stays there. */
function deploymentOf(profile: FunctionProfile, placed: PlacedDeployment, atMs: number, nowMs: number): Deployment {
  const { status } = placed
  const isProcessing = status === 'processing'
  const drawn = deploymentAt(profile, atMs, createDice(saltOf(placed.id), 0, 0))
  return {
    ...drawn,
    id: placed.id,
    buildId: placed.buildId ?? drawn.buildId,
    type: 'manual',
    isActivating: placed.isActivating ?? true,
    waitMs: status === 'waiting' ? Infinity : isProcessing ? nowMs - atMs : 0,
    buildMs: status === 'building' ? Infinity : profile.buildMs,
    isFailing: status === 'failed',
    canceledAtMs: status === 'canceled' ? atMs + 1 : null
  }
}

/** Puts a function there, in the place of one with its id, with everything it shall have. */
export function placeFunction(world: FunctionsWorld, placed: PlacedFunction, nowMs: number): FunctionState {
  const profile = profileOf(placed)
  const fromMs = Math.floor(nowMs) - ageMs
  const state = world.place(profile, fromMs)
  for (const { id, key, value, isSecret = false } of placed.variables ?? []) {
    state.variables.place({ id, key, value, isSecret, createdAtMs: fromMs, updatedAtMs: fromMs })
  }
  for (const [at, one] of (placed.deployments ?? []).entries()) {
    state.deployments.add(deploymentOf(profile, one, fromMs + (at + 1) * apartMs, nowMs))
  }
  for (const [at, one] of (placed.executions ?? []).entries()) {
    const { path = '/', method = 'POST', isWaiting = false, scheduledAtMs = null } = one
    const isAsync = isWaiting || scheduledAtMs !== null
    const asked = { method, path, headers: [], body: '', isAsync, scheduledAtMs }
    const atMs = one.ageMs === undefined ? fromMs + ageMs / 2 + at * apartMs : Math.floor(nowMs) - one.ageMs
    const run = callerRun(profile, asked, { seed: world.seed, nowMs: atMs, isFrozen: true, count: at })
    state.addRun({ ...run, id: one.id, queuedMs: isWaiting ? Infinity : run.queuedMs })
  }
  return state
}
