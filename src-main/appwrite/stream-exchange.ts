import type { Dispatcher } from 'undici'
import { Exchange, type ExchangeOptions, type Headers } from './exchange.ts'
import type { RawReply } from './whole-exchange.ts'

export interface ReplyHead {
  readonly status: number
  readonly headers: Headers
}

/** Takes one piece of a body; the next one comes when this one is put away, so that no more than one is held. */
export type Take = (chunk: Buffer) => Promise<void>

export interface StreamExchangeOptions extends ExchangeOptions {
  /** Called with the head of the reply; `null` for a body that is told as a whole, such as that of an error. */
  readonly onHead: (head: ReplyHead) => Take | null
  /** The body in `bytes` is empty when it was taken. */
  readonly onReply: (reply: RawReply) => void
}

/** The end of an exchange whose body was not put away; `thrown` is what `Take` failed with. */
export class NotTaken extends Error {
  readonly thrown: Error

  constructor(thrown: unknown) {
    super('the body was not taken')
    this.name = 'NotTaken'
    this.thrown = thrown instanceof Error ? thrown : new Error(String(thrown))
  }
}

/** Errors are short; what is longer is no error of anybody's. */
const maxWholeBytes = 256 * 1024

/**
 * An exchange whose body is taken piece by piece, never faster than it is put away. Its deadline is for each piece, and
 * rests while one is put away: a slow disk is not the server's silence.
 */
export class StreamExchange extends Exchange {
  readonly #options: StreamExchangeOptions
  #head: ReplyHead = { status: 0, headers: {} }
  #take: Take | null = null
  #chunks: Buffer[] = []
  #size = 0

  constructor(options: StreamExchangeOptions) {
    super(options)
    this.#options = options
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) return
    this.arm()
    this.#head = { status, headers }
    this.#take = this.#options.onHead(this.#head)
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#take === null) {
      this.#size += chunk.length
      if (this.#size > maxWholeBytes) this.stop('too-big')
      else this.#chunks.push(chunk)
      return
    }
    // undici hands on an empty piece after each pause; to pause for it would go on for ever.
    if (chunk.length === 0) return
    controller.pause()
    this.disarm()
    this.#take(chunk).then(
      () => {
        this.arm()
        controller.resume()
      },
      (thrown: unknown) => this.fail(new NotTaken(thrown))
    )
  }

  onResponseEnd(): void {
    if (!this.settle()) return
    const bytes = Buffer.concat(this.#chunks, this.#size)
    this.#options.onReply({ ...this.#head, bytes, elapsedMs: performance.now() - this.sentAt })
  }
}
