import type { ComponentHealth } from '../../appwrite/health-replies.ts'
import type { Health, Timed } from '../../appwrite/health.ts'
import type { FaultCode } from '../../contract/fault.ts'
import { checkNames, type Check, type CheckName } from '../../contract/health.ts'
import {
  antiVirusFinding,
  componentFinding,
  faultFinding,
  timeFinding,
  withFinding,
  type Finding
} from '../../core/checks.ts'
import type { Asker } from './asker.ts'

/** Checks that cost the server next to nothing; asked often. */
export const cheapChecks = ['http', 'db', 'cache', 'queue', 'pubsub'] as const satisfies readonly CheckName[]
/** Checks that write a file, ask NTP or wake the scanner; asked rarely (the API facts §13). */
export const slowChecks = ['storage', 'storage-local', 'time', 'anti-virus'] as const satisfies readonly CheckName[]

const ask: Readonly<Record<CheckName, (health: Health, signal: AbortSignal) => Promise<Finding>>> = {
  http: async (health, signal) => one(await health.http(signal)),
  db: async (health, signal) => many(await health.db(signal)),
  cache: async (health, signal) => many(await health.cache(signal)),
  queue: async (health, signal) => many(await health.queue(signal)),
  pubsub: async (health, signal) => many(await health.pubsub(signal)),
  storage: async (health, signal) => one(await health.storage(signal)),
  'storage-local': async (health, signal) => one(await health.storageLocal(signal)),
  time: async (health, signal) => timeFinding((await health.time(signal)).value.offsetMs),
  'anti-virus': async (health, signal) => antiVirusFinding((await health.antiVirus(signal)).value.status)
}

/** Results of checks that were asked and are not known yet. */
export interface CheckRun {
  readonly found: readonly (readonly [CheckName, Finding])[]
  /** No check was answered, or one failed as it would when the server is lost. */
  readonly isInDoubt: boolean
}

const doubtful: readonly FaultCode[] = ['unreachable', 'timeout', 'offline']

/** What is known of one server's component checks. */
export class CheckWatch {
  readonly #asker: Asker
  readonly #now: () => number
  readonly #checks = new Map<CheckName, Check>()

  constructor(asker: Asker, now: () => number) {
    this.#asker = asker
    this.#now = now
  }

  /** Asks these checks side by side. What is known changes when the run is kept. */
  async run(names: readonly CheckName[], signal: AbortSignal): Promise<CheckRun> {
    const wanted = names.filter((name) => this.#checks.get(name)?.level !== 'not-offered')
    const results = await Promise.all(
      wanted.map(async (name) => [name, await this.#asker.ask((health) => ask[name](health, signal), signal)] as const)
    )
    const found = results.map(
      ([name, asked]) => [name, asked.ok ? asked.value : faultFinding(name, asked.fault)] as const
    )
    const isAnswered = wanted.length === 0 || results.some(([, asked]) => asked.ok)
    const isInDoubt = !isAnswered || results.some(([, asked]) => !asked.ok && doubtful.includes(asked.fault.code))
    return { found, isInDoubt }
  }

  keep({ found }: CheckRun, everyMs: number): void {
    const nowMs = this.#now()
    for (const [name, finding] of found) {
      this.#checks.set(name, withFinding(this.#checks.get(name), name, finding, nowMs, everyMs))
    }
  }

  /** The server is of another version now: what it did not offer is asked for again. */
  forgetOffers(): void {
    for (const [name, check] of this.#checks) if (check.level === 'not-offered') this.#checks.delete(name)
  }

  /** In the order of `checkNames`; what was not asked yet is absent. */
  list(): readonly Check[] {
    return checkNames.flatMap((name) => this.#checks.get(name) ?? [])
  }
}

function one({ value, elapsedMs }: Timed<ComponentHealth>): Finding {
  return componentFinding([value], elapsedMs)
}

function many({ value, elapsedMs }: Timed<readonly ComponentHealth[]>): Finding {
  return componentFinding(value, elapsedMs)
}
