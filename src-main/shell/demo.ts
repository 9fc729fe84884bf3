import { utilityProcess } from 'electron'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Sample } from '../contract/series.ts'
import type { DemoSwitch, DemoTrouble, DemoView } from '../contract/demo.ts'
import type { ServerRef } from '../contract/fleet.ts'
import { Failure } from '../core/failure.ts'
import { normaliseEndpoint } from '../core/endpoint.ts'
import { serverIdOf, type Connections } from '../services/connections.ts'
import { Topic, type LiveView } from '../services/live-view.ts'
import type { SampleStore } from '../services/monitor/sample-store.ts'
import type { Log } from '../services/ports.ts'

export interface DemoOptions {
  /** The built simulator. */
  readonly script: string
  readonly connections: Connections
  readonly history: SampleStore
  /** Distance of two sweeps. */
  readonly sweepMs: () => number
  readonly log: Log
}

const started = z.object({
  endpoint: z.string(),
  controlUrl: z.string(),
  projects: z.array(z.object({ projectId: z.string(), apiKey: z.string() })).min(1)
})

const past = z.object({
  queues: z.array(z.string()),
  rows: z.array(z.object({ atMs: z.number(), depths: z.array(z.int().nonnegative()) }))
})

/** What each trouble is on the simulator's control route. */
const troubles: Readonly<Record<DemoTrouble, Readonly<Record<string, string | number>>>> = {
  flood: { kind: 'flood', queue: 'functions', perMinute: 3000 },
  'dead-worker': { kind: 'stop-worker', queue: 'mails' },
  'database-down': { kind: 'database-down' },
  slow: { kind: 'latency', ms: 2500 },
  cut: { kind: 'cut' },
  'wrong-key': { kind: 'wrong-key' }
}

const startLimitMs = 10_000
const pastMs = 3_600_000
const pastDays = 7
const dayMs = 86_400_000
const minuteMs = 60_000

/**
 * The demo: a simulated Appwrite server in a process of its own, asked over HTTP like any other. It comes with the hour
 * before it was opened, so that its charts can be read at once, and is never saved.
 */
export class Demo {
  readonly #options: DemoOptions
  #opened: Promise<ServerRef> | null = null
  #controlUrl: string | null = null
  #standing: readonly DemoTrouble[] = []
  readonly #changed = new Topic<DemoView>()

  constructor(options: DemoOptions) {
    this.#options = options
  }

  /** Starts the demo unless it runs. Throws `server` when the simulator does not start. */
  open(): Promise<ServerRef> {
    this.#opened ??= this.#start().catch((thrown: unknown) => {
      this.#opened = null
      throw thrown
    })
    return this.#opened
  }

  watch(): LiveView<DemoView, DemoView> {
    return { snapshot: () => this.#view(), subscribe: (push) => this.#changed.subscribe(push) }
  }

  /** Starts one trouble or undoes it. Throws `missing` while no demo runs, `server` when it does not obey. */
  async switch({ trouble, isOn }: DemoSwitch): Promise<null> {
    if (this.#controlUrl === null) throw new Failure({ code: 'missing', message: 'The demo is not open.' })
    const { kind, queue } = troubles[trouble]
    const reply = await fetch(`${this.#controlUrl}/trouble`, {
      method: isOn ? 'POST' : 'DELETE',
      body: JSON.stringify(isOn ? troubles[trouble] : { kind, queue })
    })
    if (!reply.ok) throw new Failure({ code: 'server', message: 'The demo did not obey. Start Standby again.' })
    const others = this.#standing.filter((one) => one !== trouble)
    this.#tell(this.#controlUrl, isOn ? [...others, trouble] : others)
    return null
  }

  #view(): DemoView {
    return { isRunning: this.#controlUrl !== null, standing: this.#standing }
  }

  #tell(controlUrl: string | null, standing: readonly DemoTrouble[]): void {
    this.#controlUrl = controlUrl
    this.#standing = standing
    this.#changed.publish(this.#view())
  }

  async #start(): Promise<ServerRef> {
    const { script, connections, history, sweepMs, log } = this.#options
    const child = utilityProcess.fork(script, ['--port', '0', '--version', '1.5.11', '--seed', '7'], {
      serviceName: 'standby demo server',
      stdio: 'pipe'
    })
    const { stdout } = child
    if (stdout === null) throw new Error('the simulator has no standard output')
    const line = await firstLine(stdout, (gone) => child.once('exit', gone))
    const { endpoint, controlUrl, projects } = started.parse(JSON.parse(line))
    // Before anybody watches it: whoever begins takes up where the history ends.
    history.append(serverIdFor(endpoint), await pastSamples(controlUrl, sweepMs()))
    const names = ['Demo shop', 'Demo billing']
    const added = projects.slice(0, names.length).map(({ projectId, apiKey }, index) =>
      connections.addEphemeral({
        name: names[index] ?? 'Demo',
        endpoint,
        projectId,
        apiKey,
        environment: 'development'
      })
    )
    const [first] = added
    if (first === undefined) throw new Error('the simulator has no project')
    // Whoever reads this log may script the demo's trouble; the control route reaches nothing else.
    log(`the demo server runs at ${endpoint}, its control route is ${controlUrl}`)
    this.#tell(controlUrl, [])
    void this.#remember(controlUrl, first.serverId)
    child.once('exit', (code) => {
      this.#tell(null, [])
      log(`the demo server ended with code ${code}`)
      this.#opened = null
      for (const { connectionId } of connections.list().filter((one) => one.isDemo)) connections.remove(connectionId)
    })
    return { serverId: first.serverId }
  }

  /** The days before that hour, one after the other, so that nothing waits for them; longer ranges have something to show. */
  async #remember(controlUrl: string, serverId: string): Promise<void> {
    const { history, connections, log } = this.#options
    const endMs = Date.now() - pastMs
    try {
      for (let day = 0; day < pastDays; day++) {
        const toMs = endMs - day * dayMs
        const samples = await samplesBetween(controlUrl, toMs - dayMs, toMs - minuteMs, minuteMs)
        if (this.#controlUrl !== controlUrl || !connections.list().some((one) => one.serverId === serverId)) return
        history.append(serverId, samples)
      }
    } catch (thrown) {
      // The demo ended meanwhile; it has nothing to remember.
      log(`the demo's past cannot be read: ${String(thrown)}`)
    }
  }
}

function firstLine(stdout: NodeJS.ReadableStream, onExit: (gone: () => void) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (): void =>
      reject(
        new Failure({ code: 'server', message: 'The demo server did not start. Try again; the log may say more.' })
      )
    const timer = setTimeout(fail, startLimitMs)
    const lines = createInterface(stdout)
    lines.once('line', (line) => {
      clearTimeout(timer)
      resolve(line)
    })
    onExit(fail)
  })
}

function serverIdFor(address: string): string {
  const normalised = normaliseEndpoint(address)
  if (!normalised.ok) throw new Error('the simulator is at no address')
  return serverIdOf(normalised.endpoint)
}

/** What the demo's queues held in the last hour; the newest is one sweep old, so that the first real one follows it. */
async function pastSamples(controlUrl: string, stepMs: number): Promise<readonly Sample[]> {
  const toMs = Date.now() - stepMs
  return samplesBetween(controlUrl, toMs - pastMs, toMs, stepMs)
}

async function samplesBetween(
  controlUrl: string,
  fromMs: number,
  toMs: number,
  stepMs: number
): Promise<readonly Sample[]> {
  const reply = await fetch(`${controlUrl}/depths?fromMs=${fromMs}&toMs=${toMs}&stepMs=${stepMs}`)
  const { queues, rows } = past.parse(await reply.json())
  return rows.flatMap(({ atMs, depths }) =>
    queues.map((queue, column): Sample => ({
      series: `depth/${queue}`,
      atMs: Math.round(atMs),
      value: depths[column] ?? null
    }))
  )
}
