import type { Access } from '../../contract/connections.ts'
import type { Fault } from '../../contract/fault.ts'
import type { KnownConnection } from '../connections.ts'

/** A project and its key, and the connection they come from. */
export interface OwnCredentials {
  readonly connectionId: string
  readonly projectId: string
  readonly apiKey: string
}

interface Seat {
  readonly connection: KnownConnection
  access: Access
  fault: Fault | null
}

const keyMissing: Fault = {
  code: 'denied',
  message: 'The key of this connection is not on this machine. Edit the connection and enter it.'
}

/**
 * Which of a server's connections to ask with: the first whose key the server has not refused. A server is polled once,
 * whatever the number of its connections; when a key is refused the next one takes over.
 */
export class CredentialRing {
  readonly #keyOf: (connectionId: string) => string | null
  #seats: Seat[] = []

  constructor(keyOf: (connectionId: string) => string | null) {
    this.#keyOf = keyOf
  }

  /** Takes over the connections there are now; what is known of those that stay as they were is kept. */
  update(connections: readonly KnownConnection[]): void {
    this.#seats = connections.map((connection) => {
      const known = this.#seats.find(
        (seat) =>
          seat.connection.connectionId === connection.connectionId && seat.connection.revision === connection.revision
      )
      return { connection, access: known?.access ?? 'untested', fault: known?.fault ?? null }
    })
  }

  get seats(): readonly Readonly<Seat>[] {
    return this.#seats
  }

  /** The credentials to ask with, those of `except` left out, or `null` when every one was refused. */
  current(except?: ReadonlySet<string>): OwnCredentials | null {
    for (const seat of this.#seats) {
      if (seat.access === 'refused' || seat.access === 'keyless') continue
      if (except?.has(seat.connection.connectionId) === true) continue
      const credentials = this.credentialsOf(seat.connection)
      if (credentials !== null) return credentials
    }
    return null
  }

  /** This connection's own; without a key on this machine it is `keyless` from then on, and there are none. */
  credentialsOf({ connectionId, projectId }: KnownConnection): OwnCredentials | null {
    const apiKey = this.#keyOf(connectionId)
    if (apiKey !== null) return { connectionId, projectId, apiKey }
    this.#set(connectionId, 'keyless', keyMissing)
    return null
  }

  accept(connectionId: string): void {
    this.#set(connectionId, 'accepted', null)
  }

  refuse(connectionId: string, fault: Fault): void {
    this.#set(connectionId, 'refused', fault)
  }

  /** Why nothing can be asked; the first connection's reason stands for all. */
  refusal(): Fault {
    return this.#seats.find((seat) => seat.fault !== null)?.fault ?? keyMissing
  }

  /** Gives refused keys another chance: the server or the key may have been mended. */
  forgive(): void {
    for (const seat of this.#seats) if (seat.access !== 'accepted') seat.access = 'untested'
  }

  #set(connectionId: string, access: Access, fault: Fault | null): void {
    const seat = this.#seats.find((one) => one.connection.connectionId === connectionId)
    if (seat === undefined) return
    seat.access = access
    seat.fault = fault
  }
}
