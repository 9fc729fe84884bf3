import type { Version } from '../versions/version.ts'
import type { Clock } from './clock.ts'
import { failedJobs } from './failed-jobs.ts'
import { createFunctionsWorld } from './functions/functions-world.ts'
import { createMessagingWorld } from './messaging/messaging-world.ts'
import type { Project } from './projects.ts'
import { createProjects } from './projects.ts'
import { queueDepth } from './queue-depth.ts'
import type { Queue } from './queue-profiles.ts'
import { createTroubles, type Troubles } from './troubles.ts'

/** The server that is simulated: what stands behind every answer, following from seed, clock and troubles. */
export interface World {
  readonly seed: number
  /** The one that runs now: a server may be upgraded. */
  readonly version: Version
  readonly upgrade: (version: Version) => void
  readonly clock: Clock
  readonly projects: readonly Project[]
  readonly troubles: Troubles
  /** Waiting jobs now, or at any other time. */
  readonly depthOf: (queue: Queue, atMs?: number) => number
  /** Failed jobs kept now. */
  readonly failedOf: (queue: Queue) => number
}

export function createWorld(seed: number, version: Version, clock: Clock, projectCount: number): World {
  const troubles = createTroubles()
  let running = version
  return {
    seed,
    get version() {
      return running
    },
    upgrade: (next) => {
      running = next
    },
    clock,
    projects: createProjects(seed, projectCount, version.keyPrefix, (project) => ({
      functions: createFunctionsWorld(seed, project, clock, troubles),
      messaging: createMessagingWorld(seed, project, clock, troubles)
    })),
    troubles,
    depthOf: (queue, atMs = clock.nowMs()) => queueDepth(seed, queue, troubles.spans(), atMs),
    failedOf: (queue) => failedJobs(seed, queue, troubles.spans(), clock.nowMs())
  }
}
