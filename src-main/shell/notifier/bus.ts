import { DBusError, Message, MessageType, sessionBus, type MessageBus } from '@jellybrick/dbus-next'
import type { Duplex } from 'node:stream'
import { Topic } from '../../services/live-view.ts'

export interface BusCall {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly signature?: string
  readonly body?: readonly unknown[]
}

export interface BusSignal {
  /** The unique name of the connection it came from, written by the bus itself. */
  readonly sender: string
  readonly interface: string
  readonly member: string
  /** As its sender filled it: to be parsed. */
  readonly body: readonly unknown[]
}

/** The other side, or the bus for it, answered a call with an error. */
export class BusError extends Error {
  /** Such as `org.freedesktop.DBus.Error.ServiceUnknown`. */
  readonly errorName: string

  constructor(errorName: string, text: string) {
    super(`${errorName}: ${text}`)
    this.name = 'BusError'
    this.errorName = errorName
  }
}

const broker = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' }

/** Connects to the bus that listens at `address`; rejects where it cannot, and with the reason of `signal`. */
export function openBus(address: string, signal: AbortSignal): Promise<Bus> {
  return new Promise((resolve, reject) => {
    const connection = sessionBus({ busAddress: address, authMethods: ['EXTERNAL'] })
    let isOpen = false
    const giveUp = (reason: unknown): void => {
      if (isOpen) return
      streamOf(connection)?.destroy()
      reject(reason instanceof Error ? reason : new Error(String(reason)))
    }
    signal.addEventListener('abort', () => giveUp(signal.reason), { once: true })
    // Listened to for good: an error nobody listens to ends the process. Once open, the end of the stream tells all.
    const emitter: NodeJS.EventEmitter = connection
    emitter.on('error', giveUp)
    connection.once('connect', () => {
      const stream = streamOf(connection)
      if (stream === undefined || stream.destroyed) return giveUp('the bus has gone')
      isOpen = true
      resolve(new Bus(connection, stream))
    })
  })
}

/** A connection to a bus. It waits for answers as long as the bus lives: who calls keeps an eye on the time. */
export class Bus {
  readonly #connection: MessageBus
  readonly #stream: Duplex
  readonly #signals = new Topic<BusSignal>()
  readonly #closed = new Topic<null>()

  constructor(connection: MessageBus, stream: Duplex) {
    this.#connection = connection
    this.#stream = stream
    stream.once('close', () => this.#closed.publish(null))
    connection.on('message', (message) => {
      if (message.type !== MessageType.SIGNAL) return
      const { sender, interface: name, member, body } = message
      // Later than the answer that came just before it: who waits for that one goes on in a microtask.
      setImmediate(() => this.#signals.publish({ sender, interface: name, member, body }))
    })
  }

  /** The body of the answer, unparsed. Rejects with a `BusError` for an error, with another one when the bus goes. */
  call(call: BusCall): Promise<readonly unknown[]> {
    return new Promise((resolve, reject) => {
      const stop = this.onClose(() => reject(new Error('the bus has gone')))
      this.#connection
        .call(new Message({ ...call, body: [...(call.body ?? [])] }))
        .then((reply) => resolve(reply?.body ?? []))
        .catch((error: unknown) => {
          if (error instanceof DBusError) reject(new BusError(error.type, error.text))
          else reject(error instanceof Error ? error : new Error(String(error)))
        })
        .finally(stop)
    })
  }

  /** Calls the bus itself. */
  ask(member: string, signature: string, ...body: readonly unknown[]): Promise<readonly unknown[]> {
    return this.call({ ...broker, member, signature, body })
  }

  /** Every signal that reaches this connection; the bus sends those asked for with `AddMatch`. */
  onSignal(listener: (signal: BusSignal) => void): () => void {
    return this.#signals.subscribe(listener)
  }

  onClose(listener: () => void): () => void {
    return this.#closed.subscribe(listener)
  }

  close(): void {
    this.#stream.destroy()
  }
}

/** The package tells of errors and not of an end, which the stream below does; its types leave that one out. */
function streamOf(connection: MessageBus): Duplex | undefined {
  return (connection as unknown as { readonly _connection: { readonly stream?: Duplex } })._connection.stream
}
