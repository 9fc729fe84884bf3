import { Caller } from './caller.ts'
import type { Credentials } from './credentials.ts'
import { Health } from './health.ts'
import type { Hear } from './hearing.ts'
import { ProjectClient } from './project-client.ts'
import { Transport, type TransportOptions } from './transport.ts'
import type { ServerVersion } from './versions.ts'

export interface ClientOptions extends TransportOptions {
  /** Told of every operation that was sent, whichever resource sent it. */
  readonly hear?: Hear
}

/** One server's client: connections are shared by all projects on it, credentials are given per connection. */
export class ServerClient {
  readonly #transport: Transport

  readonly #hear: Hear | undefined

  constructor({ hear, ...options }: ClientOptions) {
    this.#transport = new Transport(options)
    this.#hear = hear
  }

  /** Without a version every check is asked for, and the reply tells whether it is offered. */
  health(credentials: Credentials, version: ServerVersion | null = null): Health {
    return new Health(this.#transport, credentials, version, this.#hear)
  }

  /** Everything else a project has. `version` is the server's, `null` while unknown; made anew when it changes. */
  project(credentials: Credentials, version: ServerVersion | null): ProjectClient {
    return new ProjectClient(new Caller({ transport: this.#transport, credentials, version, hear: this.#hear }))
  }

  /** Ends everything under way as `cancelled`. */
  close(): Promise<void> {
    return this.#transport.close()
  }
}
