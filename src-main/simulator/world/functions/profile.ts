import type { Dice, Some } from './dice.ts'

export type Trigger = 'http' | 'schedule' | 'event'

/** What a run's words are made from: its own stream of chance, and what it was asked. */
export interface Scene {
  readonly dice: Dice
  /** Unix milliseconds of its beginning. */
  readonly atMs: number
  readonly method: string
  readonly path: string
  readonly durationMs: number
  readonly functionId: string
  readonly deploymentId: string
  /** As the caller sent it. */
  readonly body: string
}

export type Words = (scene: Scene) => string

/** A way a run ends. */
export interface Ending {
  readonly weight: number
  readonly code: number
  /** What it wrote to its error log; nothing when absent. */
  readonly errors?: Words
  /** Takes the place of the task's own log. */
  readonly logs?: Words
  /** Runs until the function's timeout ends it. */
  readonly isTimeout?: boolean
}

/** One thing a function is asked to do. */
export interface Task {
  readonly weight: number
  readonly trigger: Trigger
  readonly method: string
  /** Where the path does not vary, the words to know it again by. */
  readonly path: Words
  readonly medianMs: number
  readonly spread: number
  readonly logs: Words
  readonly endings: Some<Ending>
  /** What it answers with; a few words of JSON when absent. */
  readonly response?: Words
}

/** What is decided about a run when it is asked for. */
export interface Fate {
  readonly task: Task
  readonly ending: Ending
  readonly durationMs: number
}

/** A repository that pushes become deployments of. */
export interface Repository {
  readonly id: string
  readonly name: string
  readonly owner: string
  readonly branch: string
  readonly rootDirectory: string
}

export interface ProfileVariable {
  readonly key: string
  readonly value: string
  readonly isSecret: boolean
}

/** How a function is deployed: never, once long ago, well as a rule, or with builds that always fail since some time. */
export type DeploymentHabit = 'none' | 'once' | 'steady' | 'failing'

/** One function as its team made it; what happens to it follows from this, the seed and the clock. */
export interface FunctionProfile {
  readonly functionId: string
  readonly name: string
  readonly runtime: string
  readonly entrypoint: string
  readonly commands: string
  readonly timeoutS: number
  /** A cron expression, or empty. */
  readonly schedule: string
  readonly events: readonly string[]
  readonly execute: readonly string[]
  readonly scopes: readonly string[]
  readonly isEnabled: boolean
  readonly isLogging: boolean
  readonly repository: Repository | null
  readonly variables: readonly ProfileVariable[]
  readonly habit: DeploymentHabit
  /** Runs an hour at the busiest time, apart from the schedule's. */
  readonly runsPerHour: number
  readonly peakHour: number
  /** What comes in over the day, and what the schedule starts. */
  readonly tasks: readonly Task[]
  /** How runs of a bad deployment fail. */
  readonly breakage: Ending
  readonly sourceBytes: number
  readonly buildBytes: number
  readonly buildMs: number
  /** Variables were changed since the active build. */
  readonly isStale: boolean
  /** Decides about a caller's run by what it asks for, in the place of chance. */
  readonly decide?: (path: string) => Fate
}
