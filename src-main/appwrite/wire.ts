import { Pool, type Dispatcher } from 'undici'
import type { Connector } from './connector.ts'
import type { Exchange } from './exchange.ts'

export interface WireOptions {
  readonly origin: string
  /** How many requests the server gets at a time. */
  readonly connections: number
  readonly connector: Connector
}

/** The connections to one server, what is under way on them and what waits for one. */
export class Wire {
  readonly #connections: number
  readonly #connector: Connector
  readonly #pool: Pool
  readonly #open = new Set<Exchange>()
  #waiting: (readonly [exchange: Exchange, options: Dispatcher.DispatchOptions])[] = []
  #running = 0

  constructor({ origin, connections, connector }: WireOptions) {
    this.#connections = connections
    this.#connector = connector
    this.#pool = new Pool(origin, {
      connections,
      pipelining: 1,
      // Each exchange has a deadline of its own.
      headersTimeout: 0,
      bodyTimeout: 0,
      // Below the 60 s after which common proxies drop an idle connection, above the distance of two sweeps.
      keepAliveTimeout: 30_000,
      connect: connector.connect
    })
  }

  send(exchange: Exchange, options: Dispatcher.DispatchOptions): void {
    exchange.onSettled = this.#release
    this.#open.add(exchange)
    if (this.#running < this.#connections && this.#waiting.length === 0) this.#dispatch(exchange, options)
    else this.#waiting.push([exchange, options])
  }

  /** Ends everything under way and closes the connections. */
  async close(): Promise<void> {
    for (const exchange of this.#open) exchange.stop('closed')
    this.#connector.close()
    await this.#pool.destroy()
  }

  #dispatch(exchange: Exchange, options: Dispatcher.DispatchOptions): void {
    this.#running += 1
    exchange.phase = 'connecting'
    this.#pool.dispatch(options, exchange)
  }

  /** Waiting is done here and not in undici: what is given up while it waits never costs the server a connection. */
  #next(): void {
    while (this.#running < this.#connections) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      this.#dispatch(...next)
    }
  }

  readonly #release = (exchange: Exchange): void => {
    this.#open.delete(exchange)
    if (exchange.phase === 'waiting') {
      this.#waiting = this.#waiting.filter(([waiting]) => waiting !== exchange)
      return
    }
    this.#running -= 1
    // Not at once: requests of one sweep run into their deadline together, and the freed place is no use to them.
    if (this.#waiting.length > 0) setImmediate(() => this.#next())
  }
}
