import { setMaxListeners } from 'node:events'
import type { Dispatcher } from 'undici'

export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** A reply as it came over the wire. */
export interface RawReply {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
  /** From the first byte sent to the last byte read; waiting for a free connection is not the server's time. */
  readonly elapsedMs: number
}

/** How far an exchange came; tells whose fault its end is. */
export type Phase = 'waiting' | 'connecting' | 'sent'

/** Why an exchange ended without a reply, where undici has no error of its own for it. */
export type Stop = 'deadline' | 'aborted' | 'closed' | 'too-big'

export type Cause = { readonly stop: Stop } | { readonly error: Error }

export interface ExchangeOptions {
  readonly maxBodyBytes: number
  /** Counted from the construction to the last byte, whatever happens between: undici's own timeouts begin anew with each chunk. */
  readonly deadlineMs: number
  readonly signal: AbortSignal
  /** Called right before the first byte is written. */
  readonly onSend: () => void
  readonly onReply: (reply: RawReply) => void
  readonly onFailed: (cause: Cause, phase: Phase) => void
  /** Called once at the end, however it ends. */
  readonly onSettled: (exchange: Exchange) => void
}

/** One request and its reply. Settles once: by the reply, an error, its deadline, an abort or the body cap. */
export class Exchange implements Dispatcher.DispatchHandler {
  phase: Phase = 'waiting'
  readonly #options: ExchangeOptions
  readonly #timer: NodeJS.Timeout
  readonly #onAbort = (): void => this.stop('aborted')
  #isSettled = false
  #controller: Dispatcher.DispatchController | null = null
  #sentAt = 0
  #status = 0
  #headers: Headers = {}
  #chunks: Buffer[] = []
  #size = 0

  constructor(options: ExchangeOptions) {
    this.#options = options
    this.#timer = setTimeout(() => this.stop('deadline'), options.deadlineMs)
    // A sweep shares one signal; Node would warn of a leak at the eleventh listener, and each is removed at its end.
    setMaxListeners(0, options.signal)
    options.signal.addEventListener('abort', this.#onAbort, { once: true })
  }

  /** Ends the exchange now and frees its connection. Does nothing when it has ended. */
  stop(stop: Stop): void {
    if (this.#fail({ stop })) this.#controller?.abort(new Error(stop))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#isSettled) {
      controller.abort(new Error('settled'))
      return
    }
    this.phase = 'sent'
    this.#sentAt = performance.now()
    this.#options.onSend()
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) return
    this.#status = status
    this.#headers = headers
    if (Number(headers['content-length']) > this.#options.maxBodyBytes) this.stop('too-big')
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > this.#options.maxBodyBytes) this.stop('too-big')
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (!this.#settle()) return
    const [first] = this.#chunks
    this.#options.onReply({
      status: this.#status,
      headers: this.#headers,
      bytes: this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks, this.#size),
      elapsedMs: performance.now() - this.#sentAt
    })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail({ error })
  }

  #fail(cause: Cause): boolean {
    if (!this.#settle()) return false
    this.#chunks = []
    this.#options.onFailed(cause, this.phase)
    return true
  }

  #settle(): boolean {
    if (this.#isSettled) return false
    this.#isSettled = true
    clearTimeout(this.#timer)
    this.#options.signal.removeEventListener('abort', this.#onAbort)
    this.#options.onSettled(this)
    return true
  }
}
