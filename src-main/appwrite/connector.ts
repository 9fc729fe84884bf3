import type { LookupFunction, Socket } from 'node:net'
import type { buildConnector } from 'undici'
import { dial } from './dial.ts'
import { certificateCheck, type ServerTrust } from './trust.ts'

export interface ConnectorOptions {
  readonly trust: ServerTrust
  readonly lookup?: LookupFunction
  readonly timeoutMs: number
}

/** Opens undici's connections. */
export interface Connector {
  readonly connect: buildConnector.connector
  /** Gives up what is still connecting; undici would let it go on until its timeout. */
  close(): void
}

/** A connector that gives undici no connection whose certificate the trust does not cover. */
export function createConnector({ trust, ...options }: ConnectorOptions): Connector {
  const check = certificateCheck(trust)
  const connecting = new Set<Socket>()
  return {
    connect({ hostname, port, protocol }, callback) {
      const isTls = protocol === 'https:'
      const peer = { hostname, port: port === '' ? (isTls ? 443 : 80) : Number(port) }
      const socket = dial(peer, { ...options, check: isTls ? check : null }, (...outcome) => {
        connecting.delete(socket)
        callback(...outcome)
      })
      connecting.add(socket)
    },
    close() {
      for (const socket of connecting) socket.destroy()
    }
  }
}
