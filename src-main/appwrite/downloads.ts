import { isAbsolute } from 'node:path'
import { Failure } from '../core/failure.ts'
import { outgoingOf, type ApiRequest, type Method } from './api-request.ts'
import type { Asked } from './asked.ts'
import type { Breaker } from './breaker.ts'
import { download, type DownloadLine, type DownloadTarget } from './download.ts'
import { busyFault } from './download-faults.ts'
import { judged } from './judged.ts'
import { cancelledFault } from './network-faults.ts'
import { RequestFailure } from './request-failure.ts'
import { pauseBeforeRetry } from './retry.ts'
import { silentFailure } from './silent-failure.ts'
import { NotTaken, StreamExchange, type ReplyHead, type Take } from './stream-exchange.ts'
import { pause, type Timing } from './timing.ts'
import { Turns } from './turns.ts'
import type { RawReply } from './whole-exchange.ts'
import type { Wire } from './wire.ts'

export type DownloadRequest = Pick<ApiRequest, 'credentials' | 'path' | 'query'>

export interface DownloadsOptions {
  readonly wire: Wire
  readonly breaker: Breaker
  readonly timing: Timing
  /** Of the endpoint, such as `/v1`. */
  readonly basePath: string
  /** For the head of a reply and between two pieces of its body. */
  readonly idleMs: number
  readonly asked: (request: DownloadRequest) => Asked
  readonly onRequest: ((method: Method) => void) | undefined
}

const atATime = 2
const retries = 2

/** The downloads of one transport. */
export class Downloads {
  readonly #options: DownloadsOptions
  readonly #turns = new Turns(atATime)
  readonly #files = new Set<string>()

  constructor(options: DownloadsOptions) {
    this.#options = options
  }

  async load(request: DownloadRequest, target: DownloadTarget, signal: AbortSignal): Promise<number> {
    const { file } = target
    if (!isAbsolute(file)) throw new Error('not an absolute path')
    if (this.#files.has(file)) throw new Failure(busyFault)
    this.#files.add(file)
    try {
      const done = await this.#turns.take(signal).catch(() => null)
      if (done === null) throw new RequestFailure(cancelledFault, 'unsent', null, false)
      try {
        return await download(this.#line(request, signal), target)
      } finally {
        done()
      }
    } finally {
      this.#files.delete(file)
    }
  }

  #line(request: DownloadRequest, signal: AbortSignal): DownloadLine {
    const { timing } = this.#options
    const asked = this.#options.asked(request)
    const { path, query } = outgoingOf({ ...request, method: 'GET' })
    return {
      asked,
      resource: `${path}?${query}`,
      ask: (range, onHead) => this.#ask(request, asked, range, onHead, signal),
      pauseAfter: async (failure, tries) => {
        const next = { tries, retries, leftMs: Infinity, random: timing.random() }
        const pauseMs = pauseBeforeRetry(failure, next)
        if (pauseMs === null) throw failure
        await pause(pauseMs, timing, signal)
      }
    }
  }

  async #ask(
    request: DownloadRequest,
    asked: Asked,
    range: string | null,
    onHead: (head: ReplyHead) => Take | null,
    signal: AbortSignal
  ): Promise<RawReply> {
    if (signal.aborted) throw new RequestFailure(cancelledFault, 'unsent', null, false)
    const reply = await this.#exchange(request, asked, range, onHead, signal)
    if (reply.status !== 200 && reply.status !== 206) {
      await judged(reply, { asked, method: 'GET', maxBodyBytes: reply.bytes.length })
    }
    return reply
  }

  #exchange(
    request: DownloadRequest,
    asked: Asked,
    range: string | null,
    onHead: (head: ReplyHead) => Take | null,
    signal: AbortSignal
  ): Promise<RawReply> {
    const { wire, breaker, basePath, idleMs, onRequest } = this.#options
    const { path, query, headers } = outgoingOf({ ...request, method: 'GET' })
    // Packed bytes would be other bytes, and their ranges other ranges.
    headers.push('Accept-Encoding', 'identity', ...(range === null ? [] : ['Range', range]))
    return new Promise((resolve, reject) => {
      const exchange = new StreamExchange({
        deadlineMs: idleMs,
        signal,
        onSend: () => onRequest?.('GET'),
        onHead: (head) => {
          breaker.answered()
          return onHead(head)
        },
        onReply: resolve,
        onFailed: (cause, phase) => {
          if ('error' in cause && cause.error instanceof NotTaken) return reject(cause.error.thrown)
          const failure = silentFailure(cause, phase, asked, idleMs)
          if (phase !== 'waiting') breaker.silent(failure)
          reject(failure)
        }
      })
      wire.send(exchange, { method: 'GET', path: `${basePath}${path}${query === '' ? '' : `?${query}`}`, headers })
    })
  }
}
