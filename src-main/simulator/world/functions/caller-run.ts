import { saltOf } from '../random.ts'
import { createDice, pickWeighted } from './dice.ts'
import { idAt } from './ids.ts'
import { silence } from './kind.ts'
import type { Ending, Fate, FunctionProfile, Task } from './profile.ts'
import { fateOf, type Header, type Run } from './run.ts'
import { executorError } from './words.ts'

/** Longer than this no caller is kept waiting, whatever the function's own timeout is. */
export const longestSyncMs = 30_000

/** Nobody is really kept waiting longer than this, whatever a run is said to have taken: tests would be. */
const longestWaitMs = 2_000
/** A timer may be early by this much. */
const timerSlackMs = 2

/** How long the answer to a run is held back. */
export function waitOf({ isAsync, durationMs }: Run): number {
  return isAsync ? 0 : Math.min(durationMs, longestWaitMs)
}

export const syncTimeoutText =
  "Synchronous function execution timed out. Use asynchronous execution instead, or ensure the execution duration doesn't exceed 30 seconds."

/** What a caller asks a function to do. */
export interface AskedRun {
  readonly method: string
  readonly path: string
  /** Those that are kept. */
  readonly headers: readonly Header[]
  readonly body: string
  readonly isAsync: boolean
  readonly scheduledAtMs: number | null
}

const firstPart = (path: string) => path.split(/[/?]/)[1] ?? ''

const lost: Ending = { weight: 1, code: 404 }

/** The task a path is for; a function that answers no HTTP does what it always does, whatever the path. */
function taskFor({ tasks }: FunctionProfile, path: string, method: string): Task | null {
  const answering = tasks.filter(({ trigger }) => trigger === 'http')
  const probe = { dice: createDice(1, 1, 1), atMs: 0, method, path, durationMs: 0, functionId: '', deploymentId: '' }
  const meant = answering.filter((task) => firstPart(task.path({ ...probe, body: '' })) === firstPart(path))
  const asked = meant.find((task) => task.method === method) ?? meant[0]
  return asked ?? tasks.find(({ trigger }) => trigger !== 'http') ?? null
}

function fateFor(profile: FunctionProfile, asked: AskedRun, index: number, seed: number): Fate {
  if (profile.decide !== undefined) return profile.decide(asked.path)
  const dice = createDice(seed, saltOf(`${profile.functionId} callers`), index)
  const task = taskFor(profile, asked.path, asked.method)
  if (task !== null) return fateOf(task, profile, dice)
  const [first, ...rest] = profile.tasks
  const nothing: Task = {
    weight: 1,
    trigger: 'http',
    method: asked.method,
    path: () => asked.path,
    medianMs: 20,
    spread: 0.4,
    logs: silence,
    endings: [lost]
  }
  const like = first === undefined ? nothing : pickWeighted(dice, [first, ...rest])
  return { task: { ...like, response: () => '{"error":"not found"}' }, ending: lost, durationMs: dice.around(20, 0.4) }
}

/** A run as a caller starts it at a moment. One that is waited for has its document when it is over. */
export function callerRun(
  profile: FunctionProfile,
  asked: AskedRun,
  { seed, nowMs, isFrozen, count }: { seed: number; nowMs: number; isFrozen: boolean; count: number }
): Run {
  const index = -1 - Math.floor(nowMs) * 64 - (count % 64)
  const fate = fateFor(profile, asked, index, seed)
  const isOverdue = !asked.isAsync && fate.durationMs > longestSyncMs
  const tooLong: Ending = { weight: 1, code: 500, logs: silence, errors: () => executorError(syncTimeoutText, 408) }
  const durationMs = isOverdue ? longestSyncMs + 3.26 : fate.durationMs
  // Its document is there when the answer is; in a time that stands still that is at once.
  const isAtOnce = asked.isAsync || isFrozen
  const createdAtMs = Math.floor(isAtOnce ? nowMs : nowMs + Math.min(durationMs, longestWaitMs) - timerSlackMs)
  const dice = createDice(seed, saltOf(`${profile.functionId} ids`), index)
  return {
    id: idAt(createdAtMs, dice),
    createdAtMs,
    scheduledAtMs: asked.scheduledAtMs,
    trigger: asked.scheduledAtMs === null ? 'http' : 'schedule',
    method: asked.method,
    path: asked.path,
    headers: asked.headers,
    body: asked.body,
    isAsync: asked.isAsync,
    queuedMs: dice.around(700, 0.6),
    task: fate.task,
    ending: isOverdue ? tooLong : fate.ending,
    durationMs,
    index
  }
}
