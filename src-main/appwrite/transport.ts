import type { LookupFunction } from 'node:net'
import { Pool } from 'undici'
import type { Fault } from '../contract/fault.ts'
import { Failure } from '../core/failure.ts'
import { checkPath } from './api-path.ts'
import { outgoingOf, type ApiRequest, type Method, type Outgoing } from './api-request.ts'
import { readAnswer, type Answer } from './answer.ts'
import { createConnector, type Connector } from './connector.ts'
import { checkCredentials, type Credentials } from './credentials.ts'
import { Exchange, type Cause, type Phase, type RawReply } from './exchange.ts'
import { redirectFault, replyFault } from './faults.ts'
import type { Asked } from './asked.ts'
import { bodyFault, cancelledFault, deadlineFault, networkFault } from './network-faults.ts'
import { systemTrust, type ServerTrust } from './trust.ts'
import { checkWrite, isRead, refuseWrites, type WritePolicy } from './write-policy.ts'

export type { ApiRequest, Method, ResponseFormat } from './api-request.ts'

export interface TransportOptions {
  /** Normalised: an http or https URL that ends in `/v1`. */
  readonly endpoint: string
  /** Default: refuse every write. */
  readonly policy?: WritePolicy
  /** Of the body, unpacked. Default: 32 MiB. */
  readonly maxBodyBytes?: number
  /** For a whole exchange, from the call to the last byte. Default: 10 s. */
  readonly deadlineMs?: number
  /** How many requests this server gets at a time; further ones wait here. Default: 6. */
  readonly connections?: number
  /** Default: the system's authorities. Certificates are always checked: there is no way to ask for less. */
  readonly trust?: ServerTrust
  /** An own resolver. */
  readonly connect?: { readonly lookup?: LookupFunction }
  /** Called for each request right before it is put on the wire. */
  readonly onRequest?: (method: Method) => void
}

/** One server: its connections, what is under way on them, and the rules every request keeps. */
export class Transport {
  readonly #options: TransportOptions
  readonly #deadlineMs: number
  readonly #maxBodyBytes: number
  readonly #connections: number
  readonly #url: URL
  readonly #connector: Connector
  readonly #pool: Pool
  readonly #open = new Set<Exchange>()
  #waiting: (readonly [exchange: Exchange, dispatch: () => void])[] = []
  #running = 0
  #isClosed = false

  constructor(options: TransportOptions) {
    this.#options = options
    this.#deadlineMs = options.deadlineMs ?? 10_000
    this.#maxBodyBytes = options.maxBodyBytes ?? 32 * 1024 * 1024
    this.#connections = options.connections ?? 6
    this.#url = new URL(options.endpoint)
    this.#connector = createConnector({
      trust: options.trust ?? systemTrust,
      timeoutMs: this.#deadlineMs,
      ...options.connect
    })
    this.#pool = new Pool(this.#url.origin, {
      connections: this.#connections,
      pipelining: 1,
      // Each exchange has one deadline of its own.
      headersTimeout: 0,
      bodyTimeout: 0,
      // Below the 60 s after which common proxies drop an idle connection, above the distance of two sweeps.
      keepAliveTimeout: 30_000,
      connect: this.#connector.connect
    })
  }

  /**
   * Sends one request. A `Failure` is thrown for everything but a reply below 300 or one of `accept`. Redirects are
   * not followed, so key and project reach this server alone. Nothing is sent twice.
   */
  async request(request: ApiRequest, signal: AbortSignal): Promise<Answer> {
    const { credentials, method, path, accept } = request
    checkPath(path)
    const outgoing = outgoingOf(request)
    if (!isRead(outgoing, request.documents)) {
      checkWrite(this.#options.policy ?? refuseWrites, { method, path, projectId: credentials.projectId })
    }
    checkCredentials(credentials)
    if (this.#isClosed || signal.aborted) throw new Failure(cancelledFault)
    const asked = this.asked(credentials, path)
    const raw = await this.#exchange(request, outgoing, asked, signal)
    if (raw.status >= 300 && raw.status < 400) throw new Failure(redirectFault(raw, asked))
    const answer = await readAnswer(raw, asked, this.#maxBodyBytes)
    if (answer.status >= 400 && accept?.includes(answer.status) !== true) throw new Failure(replyFault(answer, asked))
    return answer
  }

  /** What the faults of a request to `path` are told by. */
  asked({ projectId, apiKey }: Credentials, path: string): Asked {
    return { host: this.#url.host, isTls: this.#url.protocol === 'https:', path, projectId, apiKey }
  }

  /** Ends everything under way as `cancelled` and closes the connections. Requests made later are `cancelled` too. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const exchange of this.#open) exchange.stop('closed')
    this.#connector.close()
    await this.#pool.destroy()
  }

  #exchange(request: ApiRequest, outgoing: Outgoing, asked: Asked, signal: AbortSignal): Promise<RawReply> {
    const deadlineMs = request.deadlineMs ?? this.#deadlineMs
    return new Promise((resolve, reject) => {
      const exchange = new Exchange({
        maxBodyBytes: this.#maxBodyBytes,
        deadlineMs,
        signal,
        onSend: () => this.#options.onRequest?.(request.method),
        onReply: resolve,
        onFailed: (cause, phase) => reject(new Failure(causeFault(cause, phase, asked, deadlineMs))),
        onSettled: (settled) => this.#release(settled)
      })
      this.#open.add(exchange)
      this.#waiting.push([exchange, () => this.#dispatch(exchange, outgoing)])
      this.#next()
    })
  }

  /** Waiting is done here and not in undici: what is given up while it waits never costs the server a connection. */
  #next(): void {
    while (this.#running < this.#connections) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      this.#running += 1
      next[1]()
    }
  }

  #release(exchange: Exchange): void {
    this.#open.delete(exchange)
    if (exchange.phase === 'waiting') {
      this.#waiting = this.#waiting.filter(([waiting]) => waiting !== exchange)
      return
    }
    this.#running -= 1
    // Not at once: requests of one sweep run into their deadline together, and the freed place is no use to them.
    if (this.#waiting.length > 0) setImmediate(() => this.#next())
  }

  #dispatch(exchange: Exchange, { method, path, query, body, headers }: Outgoing): void {
    exchange.phase = 'connecting'
    const target = `${this.#url.pathname}${path}${query === '' ? '' : `?${query}`}`
    this.#pool.dispatch({ method, path: target, headers, body }, exchange)
  }
}

function causeFault(cause: Cause, phase: Phase, asked: Asked, deadlineMs: number): Fault {
  if ('error' in cause) return networkFault(cause.error, asked, phase)
  if (cause.stop === 'deadline') return deadlineFault(asked, deadlineMs, phase)
  if (cause.stop === 'too-big') return bodyFault('too-big', asked, 'body over the limit')
  return cancelledFault
}
