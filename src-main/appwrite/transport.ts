import type { Answer } from './answer.ts'
import { checkPath } from './api-path.ts'
import { outgoingOf, type ApiRequest, type Outgoing } from './api-request.ts'
import type { Asked } from './asked.ts'
import { silentFailure } from './silent-failure.ts'
import { Breaker } from './breaker.ts'
import { createConnector } from './connector.ts'
import { checkCredentials, type Credentials } from './credentials.ts'
import { callClassOf, deadlines, type CallClass } from './deadlines.ts'
import type { DownloadTarget } from './download.ts'
import { Downloads, type DownloadRequest } from './downloads.ts'
import { judged } from './judged.ts'
import { cancelledFault } from './network-faults.ts'
import { RequestFailure, triedFailure, writeFailure } from './request-failure.ts'
import { pauseBeforeRetry } from './retry.ts'
import { pause, systemTiming, type Timing } from './timing.ts'
import type { TransportOptions } from './transport-options.ts'
import { systemTrust } from './trust.ts'
import { WholeExchange, type RawReply } from './whole-exchange.ts'
import { Wire } from './wire.ts'
import { checkWrite, isRead, refuseWrites } from './write-policy.ts'

export type { ApiRequest, Method, ResponseFormat } from './api-request.ts'
export type { DownloadProgress, DownloadTarget } from './download.ts'
export type { DownloadRequest } from './downloads.ts'
export type { TransportOptions } from './transport-options.ts'

const connectTimeoutMs = 10_000

/** A request on its way, with all that was decided about it. */
interface Underway {
  readonly request: ApiRequest
  readonly outgoing: Outgoing
  readonly asked: Asked
  readonly limits: CallClass
}

/** One server: its connections, what is under way on them, and the rules every request keeps. */
export class Transport {
  readonly #options: TransportOptions
  readonly #maxBodyBytes: number
  readonly #timing: Timing
  readonly #url: URL
  readonly #wire: Wire
  readonly #breaker: Breaker
  readonly #downloads: Downloads
  readonly #closing = new AbortController()

  constructor(options: TransportOptions) {
    const { resolveProxy, proxyTrust = systemTrust } = options
    this.#options = options
    this.#maxBodyBytes = options.maxBodyBytes ?? 32 * 1024 * 1024
    this.#timing = options.timing ?? systemTiming
    this.#url = new URL(options.endpoint)
    this.#breaker = new Breaker(this.#timing)
    this.#wire = new Wire({
      origin: this.#url.origin,
      connections: options.connections ?? 6,
      connector: createConnector({
        trust: options.trust ?? systemTrust,
        timeoutMs: options.deadlineMs ?? connectTimeoutMs,
        ...options.connect,
        ...(resolveProxy === undefined ? {} : { proxy: { resolve: resolveProxy, trust: proxyTrust } })
      })
    })
    this.#downloads = new Downloads({
      wire: this.#wire,
      breaker: this.#breaker,
      timing: this.#timing,
      basePath: this.#url.pathname,
      idleMs: options.deadlineMs ?? deadlines.downloadIdle,
      asked: ({ credentials, path }) => this.asked(credentials, path),
      onRequest: options.onRequest
    })
  }

  /**
   * Sends one request. Thrown is a `Failure` for what may not be sent, and a `RequestFailure` for everything but a reply
   * below 300 or one of `accept`; its `outcome` says what is known of a write. A read is sent again after a passing
   * failure, within its deadline; a write never. Redirects are not followed, so key and project reach this server alone.
   */
  async request(request: ApiRequest, signal: AbortSignal): Promise<Answer> {
    const { credentials, method, path } = request
    checkPath(path)
    const outgoing = outgoingOf(request)
    const reads = isRead(outgoing, request.documents)
    if (!reads) {
      checkWrite(this.#options.policy ?? refuseWrites, { method, path, projectId: credentials.projectId })
    }
    checkCredentials(credentials)
    if (this.#isOver(signal)) throw new RequestFailure(cancelledFault, 'unsent', null, false)
    const limits = this.#limitsOf(request, reads)
    const underway = { request, outgoing, asked: this.asked(credentials, path, request.secrets), limits }
    return reads ? this.#read(underway, signal) : this.#write(underway, signal)
  }

  /**
   * Loads a file of the server to the one the user chose, in parts, and goes on where an earlier time ended. Resolves to
   * its size in bytes. Throws as `request` does, and a `Failure` of field `file` for the disk. At most two at a time:
   * further ones wait, so that the checks of the server find a free connection.
   */
  async download(request: DownloadRequest, target: DownloadTarget, signal: AbortSignal): Promise<number> {
    checkPath(request.path)
    checkCredentials(request.credentials)
    return this.#downloads.load(request, target, AbortSignal.any([signal, this.#closing.signal]))
  }

  /** What the faults of a request to `path` are told by. */
  asked({ projectId, apiKey }: Credentials, path: string, secrets: readonly string[] = []): Asked {
    return { host: this.#url.host, isTls: this.#url.protocol === 'https:', path, projectId, apiKey, secrets }
  }

  /** Ends everything under way as `cancelled` and closes the connections. Requests made later are `cancelled` too. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#wire.close()
  }

  async #read(underway: Underway, signal: AbortSignal): Promise<Answer> {
    const { retries, deadlineMs } = underway.limits
    const endsAt = this.#timing.now() + deadlineMs
    const pass = this.#breaker.admit(retries === 0)
    for (let tries = 1; ; tries += 1) {
      const leftMs = tries === 1 ? deadlineMs : endsAt - this.#timing.now()
      try {
        return await this.#attempt(underway, leftMs, signal)
      } catch (thrown) {
        pass.end()
        if (!(thrown instanceof RequestFailure)) throw thrown
        const next = { tries, retries, leftMs: endsAt - this.#timing.now(), random: this.#timing.random() }
        const pauseMs = this.#breaker.isClosed ? pauseBeforeRetry(thrown, next) : null
        if (pauseMs === null) throw triedFailure(thrown, tries)
        await pause(pauseMs, this.#timing, AbortSignal.any([signal, this.#closing.signal]))
        if (this.#isOver(signal)) throw new RequestFailure(cancelledFault, thrown.outcome, null, false)
      }
    }
  }

  async #write(underway: Underway, signal: AbortSignal): Promise<Answer> {
    try {
      return await this.#attempt(underway, underway.limits.deadlineMs, signal)
    } catch (thrown) {
      throw thrown instanceof RequestFailure ? writeFailure(thrown) : thrown
    }
  }

  async #attempt(underway: Underway, deadlineMs: number, signal: AbortSignal): Promise<Answer> {
    const { asked, request } = underway
    const raw = await this.#exchange(underway, deadlineMs, signal)
    this.#breaker.answered()
    return judged(raw, {
      asked,
      method: request.method,
      maxBodyBytes: this.#maxBodyBytes,
      ...(request.accept === undefined ? {} : { accept: request.accept })
    })
  }

  #exchange({ outgoing, asked, limits }: Underway, deadlineMs: number, signal: AbortSignal): Promise<RawReply> {
    const { method, path, query, headers, body } = outgoing
    return new Promise((resolve, reject) => {
      const exchange = new WholeExchange({
        maxBodyBytes: this.#maxBodyBytes,
        deadlineMs,
        signal,
        onSend: () => this.#options.onRequest?.(method),
        onReply: resolve,
        onFailed: (cause, phase) => {
          const failure = silentFailure(cause, phase, asked, limits.deadlineMs)
          if (phase !== 'waiting') this.#breaker.silent(failure)
          reject(failure)
        }
      })
      const target = `${this.#url.pathname}${path}${query === '' ? '' : `?${query}`}`
      this.#wire.send(exchange, { method, path: target, headers, body })
    })
  }

  #limitsOf(request: ApiRequest, reads: boolean): CallClass {
    const { deadlineMs, retries } = callClassOf(request.method, request.path, reads)
    return {
      deadlineMs: request.deadlineMs ?? this.#options.deadlineMs ?? deadlineMs,
      retries: reads ? (request.retries ?? retries) : 0
    }
  }

  #isOver(signal: AbortSignal): boolean {
    return signal.aborted || this.#closing.signal.aborted
  }
}
