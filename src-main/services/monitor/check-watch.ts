import type { ComponentHealth } from '../../appwrite/health-replies.ts'
import type { Health, Timed } from '../../appwrite/health.ts'
import type { Fault } from '../../contract/fault.ts'
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

/** What is known of one server's component checks. */
export class CheckWatch {
  readonly #asker: Asker
  readonly #now: () => number
  readonly #checks = new Map<CheckName, Check>()

  constructor(asker: Asker, now: () => number) {
    this.#asker = asker
    this.#now = now
  }

  /** Asks these checks side by side. Returns a fault when not one of them was answered, else `null`. */
  async run(names: readonly CheckName[], signal: AbortSignal): Promise<Fault | null> {
    const wanted = names.filter((name) => this.#checks.get(name)?.level !== 'not-offered')
    let answered = 0
    let fault: Fault | null = null
    await Promise.all(
      wanted.map(async (name) => {
        const asked = await this.#asker.ask((health) => ask[name](health, signal), signal)
        if (signal.aborted) return
        const finding = asked.ok ? asked.value : faultFinding(name, asked.fault)
        this.#checks.set(name, withFinding(this.#checks.get(name), name, finding, this.#now()))
        if (asked.ok) answered++
        else fault ??= asked.fault
      })
    )
    return answered > 0 || wanted.length === 0 ? null : fault
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
