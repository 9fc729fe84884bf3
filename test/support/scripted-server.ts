import type { ComponentHealth } from '../../src-main/appwrite/health-replies.ts'
import type { Timed } from '../../src-main/appwrite/health.ts'
import type { Hear } from '../../src-main/appwrite/hearing.ts'
import type { Operation } from '../../src-main/appwrite/offers.ts'
import { queuesOf } from '../../src-main/appwrite/queues.ts'
import { isAtLeast, parseVersion } from '../../src-main/appwrite/versions.ts'
import type { Fault } from '../../src-main/contract/fault.ts'
import { Failure } from '../../src-main/core/failure.ts'
import type { HealthQuestions, MonitorClient } from '../../src-main/services/monitor/monitor-client.ts'
import type { Clock } from '../../src-main/services/ports.ts'

/** What a question meets: how long until its end, and the fault that is the end, `null` for an answer. */
export interface Fate {
  readonly afterMs: number
  readonly fault: Fault | null
}

export interface ScriptedServerOptions {
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly version: string
  /** Decides each question as it is asked, by its name: `depth/functions`, `failed/mails`, `check/db`, `version`. */
  readonly fateOf: (question: string) => Fate
  /** Told of every question as it is asked. */
  readonly onAsked: (question: string) => void
}

/** The end of one question. */
export interface Told {
  readonly question: string
  /** Wall time at which it was asked. */
  readonly askedAtMs: number
  readonly askedMonotonicMs: number
  readonly elapsedMs: number
  /** What a history makes of the answer; `null` without one. */
  readonly value: number | null
  readonly fault: Fault | null
}

/** The client of a server that is not there: it answers as it is told to, and remembers what it told of late. */
export class ScriptedServer implements MonitorClient {
  readonly #options: ScriptedServerOptions
  readonly #pending = new Set<string>()
  readonly #ends = new Map<number, (() => void)[]>()
  readonly #told = new Map<string, Told[]>()
  readonly #aborts = new WeakMap<AbortSignal, (() => void)[]>()
  /** Checks whose part says `fail`. */
  readonly failing = new Set<string>()
  #queues: ReadonlySet<string> = new Set()
  #queuesOf = ''
  hear: Hear = () => undefined
  version: string
  /** Questions that were asked while the same one was under way. `/health` may be: it is a probe and a check besides. */
  overlaps = 0

  constructor(options: ScriptedServerOptions) {
    this.#options = options
    this.version = options.version
  }

  /** The last ends of this question, oldest first. */
  told(question: string): readonly Told[] {
    return this.#told.get(question) ?? []
  }

  health(): HealthQuestions {
    const part = (check: string, signal: AbortSignal): Promise<Timed<ComponentHealth>> => {
      const isPassing = !this.failing.has(check)
      return this.#ask(`check/${check}`, signal, { name: 'part', isPassing, pingMs: 0 }, isPassing ? 0 : 2)
    }
    const parts = async (check: string, signal: AbortSignal): Promise<Timed<readonly ComponentHealth[]>> => {
      const { value, ...times } = await part(check, signal)
      return { value: [value], ...times }
    }
    return {
      version: (signal) => this.#ask('version', signal, this.version, null),
      http: (signal) => part('http', signal),
      db: (signal) => parts('db', signal),
      cache: (signal) => parts('cache', signal),
      queue: (signal) =>
        isAtLeast(parseVersion(this.version), '1.6.2')
          ? this.#refuse('check/queue', 'GET /health/queue', signal)
          : parts('queue', signal),
      pubsub: (signal) => parts('pubsub', signal),
      storage: (signal) => part('storage', signal),
      storageLocal: (signal) => part('storage-local', signal),
      time: (signal) => {
        const offsetMs = Math.floor(this.#options.random() * 5) * 1000
        return this.#ask('check/time', signal, { localAtMs: this.#options.clock.now(), offsetMs }, offsetMs)
      },
      antiVirus: (signal) => this.#ask('check/anti-virus', signal, { status: 'disabled', version: '' } as const, 0),
      certificate: (domain, signal) => {
        const validToMs = this.#options.clock.now() + 60 * 86_400_000 + 1000
        const told = { subject: domain, issuer: 'R3', validFromMs: 0, validToMs }
        return this.#ask(`check/certificate/${domain}`, signal, told, 60)
      },
      depthOf: ({ name, depth }, signal) =>
        depth === 'none'
          ? Promise.reject(new Failure(unsupported))
          : this.#has(name)
            ? this.#count(`depth/${name}`, 40, signal)
            : this.#refuse(`depth/${name}`, 'GET /health/queue/usage', signal),
      depthByName: (name, signal) => this.#count(`depth/${name}`, 40, signal),
      failedOf: ({ name }, signal) => this.#count(`failed/${name}`, 9, signal)
    }
  }

  project(): never {
    throw new Error('Watching asks no project.')
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  #has(queue: string): boolean {
    if (this.#queuesOf !== this.version) {
      this.#queues = new Set(queuesOf(parseVersion(this.version)).map(({ name }) => name))
      this.#queuesOf = this.version
    }
    return this.#queues.has(queue)
  }

  #count(question: string, below: number, signal: AbortSignal): Promise<Timed<number>> {
    const size = Math.floor(this.#options.random() * below)
    return this.#ask(question, signal, size, size)
  }

  async #refuse(question: string, operation: Operation, signal: AbortSignal): Promise<never> {
    await this.#ask(question, signal, null, null)
    this.hear(operation, unsupported)
    throw new Failure(unsupported)
  }

  #ask<Value>(question: string, signal: AbortSignal, answer: Value, told: number | null): Promise<Timed<Value>> {
    const { clock, fateOf, onAsked } = this.#options
    const [askedAtMs, askedMonotonicMs] = [clock.now(), clock.monotonicMs()]
    const { afterMs, fault } = fateOf(question)
    if (this.#pending.has(question) && question !== 'check/http') this.overlaps++
    this.#pending.add(question)
    onAsked(question)
    return new Promise((resolve, reject) => {
      let isOpen = true
      this.#onAbort(signal, () => {
        if (!isOpen) return
        isOpen = false
        this.#pending.delete(question)
        reject(new Failure({ code: 'cancelled', message: 'Cancelled.' }))
      })
      this.#at(askedMonotonicMs + afterMs, () => {
        if (!isOpen) return
        isOpen = false
        this.#pending.delete(question)
        const elapsedMs = clock.monotonicMs() - askedMonotonicMs
        const value = fault === null ? told : null
        this.#remember({ question, askedAtMs, askedMonotonicMs, elapsedMs, value, fault })
        if (fault === null) resolve({ value: answer, elapsedMs, serverMs: null })
        else reject(new Failure(fault))
      })
    })
  }

  /** One timer for all that ends at the same moment. */
  #at(dueMs: number, end: () => void): void {
    const { clock } = this.#options
    const known = this.#ends.get(dueMs)
    if (known !== undefined) {
      known.push(end)
      return
    }
    const ends = [end]
    this.#ends.set(dueMs, ends)
    clock.after(dueMs - clock.monotonicMs(), () => {
      this.#ends.delete(dueMs)
      for (const one of ends) one()
    })
  }

  /** One listener for all that hear of the same signal: they are many. */
  #onAbort(signal: AbortSignal, act: () => void): void {
    let acts = this.#aborts.get(signal)
    if (acts === undefined) {
      const all: (() => void)[] = []
      signal.addEventListener('abort', () => {
        for (const one of all) one()
      })
      this.#aborts.set(signal, (acts = all))
    }
    acts.push(act)
  }

  #remember(told: Told): void {
    const kept = this.#told.get(told.question) ?? []
    kept.push(told)
    if (kept.length > 8) kept.shift()
    this.#told.set(told.question, kept)
  }
}

const unsupported: Fault = { code: 'unsupported', message: 'Not offered.' }
