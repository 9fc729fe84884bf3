import { setMaxListeners } from 'node:events'
import type { Dispatcher } from 'undici'

export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** How far an exchange came; tells whose fault its end is. */
export type Phase = 'waiting' | 'connecting' | 'sent'

/** Why an exchange ended without a reply, where undici has no error of its own for it. */
export type Stop = 'deadline' | 'aborted' | 'closed' | 'too-big'

export type Cause = { readonly stop: Stop } | { readonly error: Error }

export interface ExchangeOptions {
  /** From the construction to the end, whatever happens between: undici's own timeouts begin anew with each chunk. */
  readonly deadlineMs: number
  readonly signal: AbortSignal
  /** Called right before the first byte is written. */
  readonly onSend: () => void
  readonly onFailed: (cause: Cause, phase: Phase) => void
}

/** One request and what becomes of it. Settles once: by the reply, an error, its deadline, an abort or a cap. */
export abstract class Exchange implements Dispatcher.DispatchHandler {
  phase: Phase = 'waiting'
  /** Called once at the end, however it ends. */
  onSettled: (exchange: Exchange) => void = () => undefined
  protected sentAt = 0
  readonly #options: ExchangeOptions
  readonly #onAbort = (): void => this.stop('aborted')
  #timer: NodeJS.Timeout | undefined
  #isSettled = false
  #controller: Dispatcher.DispatchController | null = null

  constructor(options: ExchangeOptions) {
    this.#options = options
    this.arm()
    // A sweep shares one signal; Node would warn of a leak at the eleventh listener, and each is removed at its end.
    setMaxListeners(0, options.signal)
    options.signal.addEventListener('abort', this.#onAbort, { once: true })
  }

  /** Ends the exchange now and frees its connection. Does nothing when it has ended. */
  stop(stop: Stop): void {
    this.#end({ stop })
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#isSettled) {
      controller.abort(new Error('settled'))
      return
    }
    this.phase = 'sent'
    this.sentAt = performance.now()
    this.#options.onSend()
  }

  abstract onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Headers): void

  abstract onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void

  abstract onResponseEnd(): void

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#end({ error })
  }

  /** Begins the deadline anew. */
  protected arm(): void {
    this.disarm()
    if (!this.#isSettled) this.#timer = setTimeout(() => this.stop('deadline'), this.#options.deadlineMs)
  }

  /** Nothing is expected of the server until the next `arm`. */
  protected disarm(): void {
    clearTimeout(this.#timer)
  }

  /** Ends it for a reason of the one who reads. */
  protected fail(error: Error): void {
    this.#end({ error })
  }

  /** `false` when it has already ended. */
  protected settle(): boolean {
    if (this.#isSettled) return false
    this.#isSettled = true
    clearTimeout(this.#timer)
    this.#options.signal.removeEventListener('abort', this.#onAbort)
    this.onSettled(this)
    return true
  }

  #end(cause: Cause): void {
    if (!this.settle()) return
    this.#options.onFailed(cause, this.phase)
    this.#controller?.abort('error' in cause ? cause.error : new Error(cause.stop))
  }
}
