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
  readonly #connector: Connector
  readonly #pool: Pool
  /**
   * One place for each request that may run. An array and no `Set`: tables a set has outgrown keep what was in them, and
   * one another, from the young generation's collection, which doubled the CPU of a small request.
   */
  readonly #places: (Exchange | null)[]
  #waiting: (readonly [exchange: Exchange, options: Dispatcher.DispatchOptions])[] = []

  constructor({ origin, connections, connector }: WireOptions) {
    this.#places = Array.from({ length: connections }, () => null)
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
    const place = this.#waiting.length === 0 ? this.#places.indexOf(null) : -1
    if (place === -1) this.#waiting.push([exchange, options])
    else this.#dispatch(place, exchange, options)
  }

  /** Ends everything under way and closes the connections. */
  async close(): Promise<void> {
    const waiting = this.#waiting.map(([exchange]) => exchange)
    for (const exchange of [...this.#places, ...waiting]) exchange?.stop('closed')
    this.#connector.close()
    await this.#pool.destroy()
  }

  #dispatch(place: number, exchange: Exchange, options: Dispatcher.DispatchOptions): void {
    this.#places[place] = exchange
    exchange.phase = 'connecting'
    this.#pool.dispatch(options, exchange)
  }

  /** Waiting is done here and not in undici: what is given up while it waits never costs the server a connection. */
  #next(): void {
    for (const [place, running] of this.#places.entries()) {
      if (running !== null) continue
      const next = this.#waiting.shift()
      if (next === undefined) return
      this.#dispatch(place, ...next)
    }
  }

  readonly #release = (exchange: Exchange): void => {
    if (exchange.phase === 'waiting') {
      this.#waiting = this.#waiting.filter(([waiting]) => waiting !== exchange)
      return
    }
    this.#places[this.#places.indexOf(exchange)] = null
    // Not at once: requests of one sweep run into their deadline together, and the freed place is no use to them.
    if (this.#waiting.length > 0) setImmediate(() => this.#next())
  }
}
