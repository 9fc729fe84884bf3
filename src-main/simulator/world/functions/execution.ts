import { chance, saltOf } from '../random.ts'
import type { Span } from '../troubles.ts'
import { activeAt, type Activation } from './activations.ts'
import type { Deployment } from './deployment.ts'
import { takenAt, workerless } from './postponed.ts'
import type { Ending, FunctionProfile } from './profile.ts'
import type { Run } from './run.ts'

export type Phase = 'scheduled' | 'waiting' | 'processing' | 'done'

/** A run as it stands at a time. */
export interface Execution {
  readonly run: Run
  readonly deploymentId: string
  readonly phase: Phase
  readonly ending: Ending
  /** Unix milliseconds; `Infinity` for one that no worker takes. */
  readonly startedAtMs: number
  readonly durationMs: number
  readonly updatedAtMs: number
}

/** What decides about the runs of one function at one time. */
export interface Circumstances {
  readonly seed: number
  readonly profile: FunctionProfile
  readonly deployments: readonly Deployment[]
  readonly activations: readonly Activation[]
  readonly spans: readonly Span[]
  readonly nowMs: number
}

/** Whether a schedule's run never happened, because the scheduler missed it. */
export function isMissed({ trigger, createdAtMs }: Run, functionId: string, spans: readonly Span[]): boolean {
  if (trigger !== 'schedule') return false
  return spans.some(
    ({ trouble, fromMs, toMs }) =>
      trouble.kind === 'missed-cron' &&
      (trouble.functionId ?? functionId) === functionId &&
      createdAtMs >= fromMs &&
      createdAtMs < (toMs ?? Infinity)
  )
}

/** Looks at runs; what does not depend on the run is worked out once. */
export function executionsAt(circumstances: Circumstances): (run: Run) => Execution {
  const { seed, profile, deployments, activations, spans, nowMs } = circumstances
  const gaps = workerless(spans, 'functions')
  const failRates = new Map(deployments.map(({ id, failRate }) => [id, failRate]))
  const first = deployments[0]?.id ?? ''
  const salt = saltOf(`${profile.functionId} breakage`)
  return (run) => {
    const dueMs = run.scheduledAtMs ?? run.createdAtMs
    const startedAtMs = run.isAsync ? takenAt(dueMs + run.queuedMs, gaps) : run.createdAtMs - run.durationMs
    // Runs of a past so old that nobody remembers its deployments had the first one.
    const deploymentId = activeAt(activations, run.createdAtMs) || first
    const failRate = failRates.get(deploymentId) ?? 0
    const isBroken = failRate > 0 && chance(seed, salt, run.index) < failRate
    const ending = isBroken ? profile.breakage : run.ending
    // What is broken breaks early.
    const durationMs = isBroken ? Math.min(run.durationMs, 18 + 60 * chance(seed, salt + 1, run.index)) : run.durationMs
    const endMs = run.isAsync ? startedAtMs + durationMs : run.createdAtMs
    const phase = phaseAt(run, startedAtMs, endMs, nowMs)
    const updatedAtMs = phase === 'done' ? endMs : phase === 'processing' ? startedAtMs : run.createdAtMs
    return { run, deploymentId, phase, ending, startedAtMs, durationMs, updatedAtMs }
  }
}

function phaseAt(run: Run, startedAtMs: number, endMs: number, nowMs: number): Phase {
  // A synchronous run has a document only once it is over.
  if (!run.isAsync || nowMs >= endMs) return 'done'
  if (nowMs >= startedAtMs) return 'processing'
  return run.scheduledAtMs !== null && nowMs < run.scheduledAtMs ? 'scheduled' : 'waiting'
}
