import { saltOf } from '../random.ts'
import { createDice, pickWeighted, type Dice, type Some } from './dice.ts'
import { idAt } from './ids.ts'
import type { Ending, Fate, FunctionProfile, Scene, Task, Trigger } from './profile.ts'

export interface Header {
  readonly name: string
  readonly value: string
}

/** One run of a function as chance or a caller made it; what becomes of it is the world's. */
export interface Run {
  readonly id: string
  /** When its document was made: for a synchronous run, when it was over. */
  readonly createdAtMs: number
  /** Waits until this moment before it is queued. */
  readonly scheduledAtMs: number | null
  readonly trigger: Trigger
  readonly method: string
  readonly path: string
  readonly headers: readonly Header[]
  readonly body: string
  /** Whether a worker has to take it from the queue. */
  readonly isAsync: boolean
  /** How long it lies in the queue in calm times. */
  readonly queuedMs: number
  readonly task: Task
  readonly ending: Ending
  readonly durationMs: number
  /** Where its words begin. */
  readonly index: number
}

const timeoutOverheadMs = 40

/** The stream that a run's words come from. */
function wordsOf(seed: number, profile: FunctionProfile, run: Run): Dice {
  return createDice(seed, saltOf(`${profile.functionId} words`), run.index)
}

/** The scene of a run, from the beginning of its words on. */
export function sceneOf(
  seed: number,
  profile: FunctionProfile,
  run: Run,
  { atMs, durationMs, deploymentId }: Pick<Scene, 'atMs' | 'durationMs' | 'deploymentId'>
): Scene {
  const { method, path, body } = run
  return {
    dice: wordsOf(seed, profile, run),
    atMs,
    method,
    path,
    durationMs,
    functionId: profile.functionId,
    deploymentId,
    body
  }
}

/** How a run of a task goes. */
export function fateOf(task: Task, profile: FunctionProfile, dice: Dice): Fate {
  const ending = pickWeighted(dice, task.endings)
  const timeoutMs = profile.timeoutS * 1000
  const lastsMs = dice.around(task.medianMs, task.spread)
  if (ending.isTimeout === true) return { task, ending, durationMs: timeoutMs + timeoutOverheadMs * dice.next() }
  return { task, ending, durationMs: Math.min(lastsMs, timeoutMs * 0.97) }
}

function headersOf(trigger: Trigger, method: string, host: string, dice: Dice): readonly Header[] {
  if (trigger !== 'http') return []
  const own = { name: 'host', value: host }
  if (method === 'GET') return [own]
  const length = String(dice.int(2, 1800))
  return [{ name: 'content-type', value: 'application/json' }, { name: 'content-length', value: length }, own]
}

/** The run that came in at a moment of the seeded past or future. */
export function seededRun(
  seed: number,
  profile: FunctionProfile,
  tasks: Some<Task>,
  { atMs, index }: { readonly atMs: number; readonly index: number }
): Run {
  const dice = createDice(seed, saltOf(`${profile.functionId} runs`), index)
  const task = pickWeighted(dice, tasks)
  const fate = fateOf(task, profile, dice)
  const isAsync = task.trigger !== 'http'
  const createdAtMs = Math.floor(isAsync ? atMs : atMs + fate.durationMs)
  const { method, trigger } = task
  const scene = {
    dice,
    atMs,
    method,
    path: '',
    durationMs: fate.durationMs,
    functionId: profile.functionId,
    deploymentId: '',
    body: ''
  }
  return {
    id: idAt(createdAtMs, dice),
    createdAtMs,
    scheduledAtMs: null,
    trigger,
    method,
    path: task.path(scene),
    headers: headersOf(trigger, method, `${profile.functionId}.fjellwerk.example`, dice),
    body: '',
    isAsync,
    queuedMs: dice.around(900, 0.8),
    ...fate,
    index
  }
}
