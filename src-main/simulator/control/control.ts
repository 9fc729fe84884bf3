import type { ApiServer } from '../http/api-server.ts'
import type { Journal, JournalState } from '../http/journal.ts'
import type { ClockState } from '../world/clock.ts'
import type { Version } from '../versions/version.ts'
import { versionNamed } from '../versions/versions.ts'
import { queues, type Queue } from '../world/queue-profiles.ts'
import type { Trouble, TroubleMatch } from '../world/troubles.ts'
import type { World } from '../world/world.ts'

/** A standing trouble and when it began. */
export type StandingTrouble = Trouble & { readonly sinceMs: number }

/** Which version runs, and what it says it is. */
export interface VersionState {
  readonly name: string
  readonly told: string
}

/** Depths over a time: what a watcher would have seen. */
export interface Depths {
  readonly queues: readonly Queue[]
  /** Oldest first; `depths` follows `queues`. */
  readonly rows: readonly { readonly atMs: number; readonly depths: readonly number[] }[]
}

/** The most rows one question about depths may have. */
export const mostDepthRows = 20_000

/** Everything that can be done to a simulator from outside; the control route speaks the same verbs. */
export interface Control {
  readonly clock: () => ClockState
  readonly freeze: () => ClockState
  readonly resume: () => ClockState
  readonly step: (ms: number) => ClockState
  readonly setTo: (ms: number) => ClockState
  readonly version: () => VersionState
  /** An upgrade, or the way back: routes and behaviours change at once, the world stays. Throws for an unknown one. */
  readonly upgrade: (name: string) => VersionState
  readonly troubles: () => readonly StandingTrouble[]
  readonly start: (trouble: Trouble) => readonly StandingTrouble[]
  readonly undo: (match: TroubleMatch | 'all') => readonly StandingTrouble[]
  /** From `fromMs` to `toMs`, both included; with the troubles as they were then. */
  readonly depths: (fromMs: number, toMs: number, stepMs: number) => Depths
  readonly requests: () => JournalState
  readonly resetRequests: () => void
}

/** The queues a version's server has. */
function queuesOf({ failedQueues, hiddenQueues }: Version): readonly Queue[] {
  const own = new Set([...Object.values(failedQueues), ...Object.values(hiddenQueues), 'databases'])
  return queues.filter((queue) => own.has(queue))
}

export function createControl(world: World, journal: Journal, api: ApiServer): Control {
  const { clock, troubles } = world
  const standing = () => troubles.standing().map(({ trouble, fromMs }) => ({ ...trouble, sinceMs: fromMs }))
  const version = () => ({ name: world.version.name, told: world.version.told })
  const after = (change: () => void) => {
    change()
    return clock.state()
  }
  return {
    clock: clock.state,
    freeze: () => after(clock.freeze),
    resume: () => after(clock.resume),
    step: (ms) => after(() => clock.step(ms)),
    setTo: (ms) => after(() => clock.setTo(ms)),
    version,
    upgrade: (name) => {
      world.upgrade(versionNamed(name))
      return version()
    },
    troubles: standing,
    start: (trouble) => {
      troubles.start(trouble, clock.nowMs())
      if (trouble.kind === 'cut') api.resetConnections()
      return standing()
    },
    undo: (match) => {
      troubles.undo(match, clock.nowMs())
      return standing()
    },
    depths: (fromMs, toMs, stepMs) => {
      const own = queuesOf(world.version)
      const rows = Array.from({ length: Math.floor((toMs - fromMs) / stepMs) + 1 }, (_, at) => {
        const atMs = fromMs + at * stepMs
        return { atMs, depths: own.map((queue) => world.depthOf(queue, atMs)) }
      })
      return { queues: own, rows }
    },
    requests: journal.state,
    resetRequests: journal.reset
  }
}
