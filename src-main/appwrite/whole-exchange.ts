import type { Dispatcher } from 'undici'
import { Exchange, type ExchangeOptions, type Headers } from './exchange.ts'

/** A reply as it came over the wire. */
export interface RawReply {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
  /** From the first byte sent to the last byte read; waiting for a free connection is not the server's time. */
  readonly elapsedMs: number
}

export interface WholeExchangeOptions extends ExchangeOptions {
  readonly maxBodyBytes: number
  readonly onReply: (reply: RawReply) => void
}

/** An exchange whose reply is told as a whole. */
export class WholeExchange extends Exchange {
  readonly #maxBodyBytes: number
  readonly #onReply: (reply: RawReply) => void
  #status = 0
  #headers: Headers = {}
  #chunks: Buffer[] = []
  #size = 0

  constructor(options: WholeExchangeOptions) {
    super(options)
    this.#maxBodyBytes = options.maxBodyBytes
    this.#onReply = options.onReply
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) return
    this.#status = status
    this.#headers = headers
    if (Number(headers['content-length']) > this.#maxBodyBytes) this.stop('too-big')
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > this.#maxBodyBytes) this.stop('too-big')
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (!this.settle()) return
    const chunks = this.#chunks
    // Let go of at once: what has once survived a collection would keep megabytes until a full one.
    this.#chunks = []
    const [first] = chunks
    this.#onReply({
      status: this.#status,
      headers: this.#headers,
      bytes: chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, this.#size),
      elapsedMs: performance.now() - this.sentAt
    })
  }
}
