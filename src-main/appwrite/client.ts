import type { Credentials } from './credentials.ts'
import { Health } from './health.ts'
import { Transport, type TransportOptions } from './transport.ts'

/** One server's client: connections are shared by all projects on it, credentials are given per connection. */
export class ServerClient {
  readonly #transport: Transport

  constructor(options: TransportOptions) {
    this.#transport = new Transport(options)
  }

  health(credentials: Credentials): Health {
    return new Health(this.#transport, credentials)
  }

  /** Ends everything under way as `cancelled`. */
  close(): Promise<void> {
    return this.#transport.close()
  }
}
