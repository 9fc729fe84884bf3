import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { CertificateCheck } from './trust.ts'

export interface Peer {
  /** A name or an address, without brackets. */
  readonly hostname: string
  readonly port: number
}

export interface DialOptions {
  /** `null` for plain http. */
  readonly check: CertificateCheck | null
  readonly lookup?: LookupFunction
  /** For name, connection and handshake together. */
  readonly timeoutMs: number
}

/** Called once: with the connection as soon as it may carry a request, else with the error. */
export type Dialled = (...outcome: [error: null, socket: Socket] | [error: Error, socket: null]) => void

type Options = DialOptions & {
  /** A connection that leads to the peer already. */
  readonly over?: Socket
}

/**
 * Opens a connection. TLS sessions are never resumed: each connection shows its certificate anew and has it checked.
 * Destroying the returned socket gives up.
 */
export function dial(peer: Peer, options: Options, done: Dialled): Socket {
  const { check, timeoutMs, lookup, over } = options
  const target = {
    host: peer.hostname,
    port: peer.port,
    // Node gives an address 250 ms before it tries the next: too little for a phone's network.
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 1500,
    ...(lookup === undefined ? {} : { lookup }),
    ...(over === undefined ? {} : { socket: over })
  }
  let isSettled = false
  const settle = (error: Error | null): void => {
    if (isSettled) return
    isSettled = true
    clearTimeout(timer)
    if (error === null) {
      done(null, socket)
      return
    }
    socket.destroy()
    done(error, null)
  }
  const socket = check === null ? connectTcp(target, () => settle(null)) : secured(target, check, settle)
  const timer = setTimeout(() => settle(lateError(socket)), timeoutMs)
  socket.setNoDelay(true)
  socket.setKeepAlive(true, 60_000)
  socket.on('error', settle)
  socket.once('close', () => settle(coded('ECONNRESET', 'closed while connecting')))
  return socket
}

function secured(
  target: { host: string; port: number },
  check: CertificateCheck,
  settle: (error: Error | null) => void
) {
  const socket: TLSSocket = connectTls(
    {
      ...target,
      ...check.options,
      servername: isIP(target.host) === 0 ? target.host : '',
      ALPNProtocols: ['http/1.1']
    },
    () => settle(check.refusal(socket))
  )
  return socket
}

function lateError(socket: Socket): Error {
  return socket.connecting
    ? coded('ETIMEDOUT', 'no connection in time')
    : coded('TLS_HANDSHAKE_TIMEOUT', 'no handshake in time')
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}

/** Makes a connection that leads to the peer, such as a tunnel, a secure one. Rejects as `dialled` does. */
export function secureOver(
  over: Socket,
  peer: Peer,
  options: DialOptions & { readonly check: CertificateCheck },
  signal: AbortSignal
): Promise<Socket> {
  return settled((done) => dial(peer, { ...options, over }, done), signal)
}

/** As `dial`. Rejects with the signal's reason as soon as it is aborted; the socket is then destroyed. */
export function dialled(peer: Peer, options: DialOptions, signal: AbortSignal): Promise<Socket> {
  return settled((done) => dial(peer, options, done), signal)
}

function settled(start: (done: Dialled) => Socket, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const onAbort = (): void => {
      reject(signal.reason as Error) // an AbortError, or what the caller put there
      socket.destroy()
    }
    const socket = start((error, connected) => {
      signal.removeEventListener('abort', onAbort)
      if (error === null) resolve(connected)
      else reject(error)
    })
    signal.addEventListener('abort', onAbort, { once: true })
  })
}
