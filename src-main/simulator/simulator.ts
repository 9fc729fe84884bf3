import { randomBytes } from 'node:crypto'
import { createControl, type Control } from './control/control.ts'
import { createControlServer } from './control/control-server.ts'
import { createApiServer } from './http/api-server.ts'
import { createJournal } from './http/journal.ts'
import { closeServer, listenOnLoopback } from './http/listen.ts'
import { versionNamed } from './versions/versions.ts'
import { createClock } from './world/clock.ts'
import { createWorld, type World } from './world/world.ts'

export interface SimulatorOptions {
  /** 0, the default, takes a free one; so for the control route's. */
  readonly port?: number
  readonly controlPort?: number
  /** `1.5.11` when not given. */
  readonly version?: string
  /** Any whole number; makes the world's projects, keys and queues. 1 when not given. */
  readonly seed?: number
  /** How many projects the server has, at least 1; 2 when not given. */
  readonly projects?: number
  /** Where the simulator's clock starts, Unix milliseconds; the machine's time when not given. */
  readonly startMs?: number
  readonly isFrozen?: boolean
  /** The machine's time, which the clock runs with; `Date.now` when not given. */
  readonly now?: () => number
}

/** One project of the simulated server, with keys for it. */
export interface SimulatorProject {
  readonly projectId: string
  readonly name: string
  /** Has every scope. */
  readonly apiKey: string
  readonly expiredKey: string
  /** Has no scope ticked but `locale.read`. */
  readonly narrowKey: string
  /** May read everything and write nothing. */
  readonly readKey: string
  /** Has no scope ticked at all. */
  readonly bareKey: string
}

/** A running simulator. The first project and its key are told apart for those who need one only. */
export interface Simulator {
  /** Ends in `/v1`. */
  readonly endpoint: string
  readonly projectId: string
  readonly apiKey: string
  readonly projects: readonly SimulatorProject[]
  /** The one it started as; it may have been upgraded since. */
  readonly version: string
  readonly seed: number
  /** Holds the token: whoever knows it controls the simulator. */
  readonly controlUrl: string
  readonly control: Control
  /** What stands behind the answers; for tests that need a certain state of it. */
  readonly world: World
  /** Ends every connection; resolves when both ports are free. */
  readonly close: () => Promise<void>
}

/** Rejects with a sentence for a version that is not simulated, and when a port cannot be had. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { version = '1.5.11', seed = 1, projects: projectCount = 2, now = Date.now } = options
  const clock = createClock(now, options.startMs ?? now(), options.isFrozen ?? false)
  const world = createWorld(seed, versionNamed(version), clock, Math.max(1, projectCount))
  const journal = createJournal(clock.nowMs)
  const api = createApiServer(world, journal)
  const control = createControl(world, journal, api)
  const token = randomBytes(24).toString('hex')
  const controlServer = createControlServer(control, token)

  const port = await listenOnLoopback(api.server, options.port ?? 0)
  let controlPort: number
  try {
    controlPort = await listenOnLoopback(controlServer, options.controlPort ?? 0)
  } catch (error) {
    await closeServer(api.server)
    throw error
  }
  const projects = world.projects.map((project) => ({
    projectId: project.projectId,
    name: project.name,
    apiKey: project.fullKey.secret,
    expiredKey: project.expiredKey.secret,
    narrowKey: project.narrowKey.secret,
    readKey: project.readKey.secret,
    bareKey: project.bareKey.secret
  }))
  const [first] = projects
  if (first === undefined) throw new Error('A world has at least one project.')
  return {
    endpoint: `http://127.0.0.1:${port}/v1`,
    projectId: first.projectId,
    apiKey: first.apiKey,
    projects,
    version,
    seed,
    controlUrl: `http://127.0.0.1:${controlPort}/${token}`,
    control,
    world,
    close: async () => {
      await Promise.all([closeServer(api.server), closeServer(controlServer)])
    }
  }
}
