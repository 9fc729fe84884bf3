import { heardIn, type Heard } from '../../appwrite/capabilities.ts'
import { nobody } from '../../appwrite/credentials.ts'
import type { Operation } from '../../appwrite/offers.ts'
import { parseVersion, type ServerVersion } from '../../appwrite/versions.ts'
import type { Fault } from '../../contract/fault.ts'
import { Failure } from '../../core/failure.ts'
import type { MonitorClient } from './monitor-client.ts'

/** After a surprise the version is asked again, but not for each of a sweep's twelve. */
const restMs = 10_000

/** What is known of one server's version, and of what it offers by its own replies. */
export class OfferWatch {
  readonly #client: MonitorClient
  readonly #monotonicMs: () => number
  readonly #heard = new Map<Operation, Heard>()
  #version: string | null = null
  #parsed: ServerVersion | null = null
  #askedMs = -Infinity
  #isDoubted = false

  constructor(client: MonitorClient, monotonicMs: () => number) {
    this.#client = client
    this.#monotonicMs = monotonicMs
  }

  /** As the server calls itself; `null` before it said so. */
  get version(): string | null {
    return this.#version
  }

  /** The same, read; `null` for what is no version. */
  get parsed(): ServerVersion | null {
    return this.#parsed
  }

  get heard(): ReadonlyMap<Operation, Heard> {
    return this.#heard
  }

  /** Learns from the end of a request. An answer other than before, or than the version has it, may mean an upgrade. */
  hear(operation: Operation, fault: Fault | null): void {
    const told = heardIn(fault)
    const before = this.#heard.get(operation)
    if (told === null || told === before) return
    this.#heard.set(operation, told)
    if (before !== undefined || (told === 'not-offered' && this.#parsed !== null)) this.#isDoubted = true
  }

  /** Whether to ask for the version before its time. */
  isDoubtful(): boolean {
    return this.#isDoubted && this.#monotonicMs() - this.#askedMs > restMs
  }

  /**
   * Asks for the version, without a key: newer servers would refuse one here. After an upgrade all that was heard is
   * forgotten.
   */
  async ask(signal: AbortSignal): Promise<'first' | 'same' | 'upgraded'> {
    this.#askedMs = this.#monotonicMs()
    this.#isDoubted = false
    const version = await this.#told(signal)
    if (version === null || signal.aborted || version === this.#version) return 'same'
    const isFirst = this.#version === null
    this.#version = version
    this.#parsed = parseVersion(version)
    if (isFirst) return 'first'
    this.#heard.clear()
    return 'upgraded'
  }

  async #told(signal: AbortSignal): Promise<string | null> {
    try {
      return (await this.#client.health(nobody).version(signal)).value
    } catch (thrown) {
      // The sweep and its probe judge whether the server can be reached.
      if (thrown instanceof Failure) return null
      throw thrown
    }
  }
}
