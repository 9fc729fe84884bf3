import type { Fault, FaultCode } from '../../contract/fault.ts'
import { checkNames, type Check, type CheckId, type CheckName } from '../../contract/health.ts'
import { faultFinding, withFinding, type Finding } from '../../core/checks.ts'
import type { Asker } from './asker.ts'
import { questionOf } from './check-question.ts'

/** Checks that cost the server next to nothing; asked often, and together. */
export const cheapChecks = ['http', 'db', 'cache', 'queue', 'pubsub'] as const satisfies readonly CheckName[]
/** Checks that write a file, ask NTP or wake the scanner; asked rarely, each on its own (the API facts §13). */
export const slowChecks = ['storage', 'storage-local', 'time', 'anti-virus'] as const satisfies readonly CheckName[]

/** Results of checks that were asked and are not known yet. */
export interface CheckRun {
  readonly found: readonly (readonly [CheckId, Finding])[]
  /** No check was answered, or one failed as it would when the server is lost. */
  readonly isInDoubt: boolean
  /** All that went wrong. */
  readonly faults: readonly Fault[]
}

const doubtful: readonly FaultCode[] = ['unreachable', 'timeout', 'offline']
/** Somebody answered, though not with what was asked for. */
const answers: readonly FaultCode[] = ['limited', 'unsupported', 'invalid']

/** What is known of one server's checks. */
export class CheckWatch {
  readonly #asker: Asker
  readonly #checks = new Map<CheckId, Check>()

  constructor(asker: Asker) {
    this.#asker = asker
  }

  /** Asks these checks side by side. What is known changes when the run is kept. */
  async run(names: readonly CheckId[], nowMs: number, signal: AbortSignal): Promise<CheckRun> {
    const wanted = names.filter((name) => this.#checks.get(name)?.level !== 'not-offered')
    const results = await Promise.all(
      wanted.map(async (name) => {
        const question = questionOf(name, nowMs)
        return [name, await this.#asker.ask((health) => question(health, signal), signal)] as const
      })
    )
    const found = results.map(
      ([name, asked]) => [name, asked.ok ? asked.value : faultFinding(name, asked.fault)] as const
    )
    const faults = results.flatMap(([, asked]) => (asked.ok ? [] : [asked.fault]))
    const isAnswered = wanted.length > faults.length || faults.every(({ code }) => answers.includes(code))
    return { found, isInDoubt: !isAnswered || faults.some(({ code }) => doubtful.includes(code)), faults }
  }

  keep({ found }: CheckRun, atMs: number, everyMs: number): void {
    for (const [name, finding] of found) {
      this.#checks.set(name, withFinding(this.#checks.get(name), name, finding, atMs, everyMs))
    }
  }

  /** These are asked this often from now on. */
  retime(names: readonly CheckId[], everyMs: number): void {
    for (const name of names) {
      const check = this.#checks.get(name)
      if (check !== undefined) this.#checks.set(name, { ...check, everyMs })
    }
  }

  /** A check that is not asked any more. */
  drop(name: CheckId): void {
    this.#checks.delete(name)
  }

  /** The server is of another version now: what it did not offer is asked for again. */
  forgetOffers(): void {
    for (const [name, check] of this.#checks) if (check.level === 'not-offered') this.#checks.delete(name)
  }

  /** In the order of `checkNames`, then the certificates by domain; what was not asked yet is absent. */
  list(): readonly Check[] {
    const certificates = [...this.#checks.values()].filter(({ check }) => check.startsWith('certificate/'))
    return [
      ...checkNames.flatMap((name) => this.#checks.get(name) ?? []),
      ...certificates.sort((a, b) => (a.check < b.check ? -1 : 1))
    ]
  }
}
