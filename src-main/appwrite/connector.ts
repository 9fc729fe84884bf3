import { setMaxListeners } from 'node:events'
import type { LookupFunction, Socket } from 'node:net'
import type { buildConnector } from 'undici'
import { dialled, type DialOptions, type Peer } from './dial.ts'
import { dialByRoutes } from './proxy-dial.ts'
import type { ResolveProxy } from './proxy-routes.ts'
import { certificateCheck, type CertificateCheck, type ServerTrust } from './trust.ts'

export interface ConnectorOptions {
  readonly trust: ServerTrust
  readonly lookup?: LookupFunction
  readonly timeoutMs: number
  /** Without it no proxy is used. */
  readonly proxy?: { readonly resolve: ResolveProxy; readonly trust: ServerTrust }
}

/** Opens undici's connections. */
export interface Connector {
  readonly connect: buildConnector.connector
  /** Gives up what is still connecting; undici would let it go on until its timeout. */
  close(): void
}

/** A connector that gives undici no connection whose certificate the trust does not cover. */
export function createConnector({ trust, proxy, ...options }: ConnectorOptions): Connector {
  const serverCheck = certificateCheck(trust)
  const closing = new AbortController()
  // Each connection that is being made listens, and no longer; Node would warn of a leak at the eleventh.
  setMaxListeners(0, closing.signal)
  const dialFor = dialling(proxy, options)
  return {
    connect({ hostname, port, protocol }, callback) {
      const isTls = protocol === 'https:'
      const peer = { hostname, port: port === '' ? (isTls ? 443 : 80) : Number(port) }
      dialFor(peer, isTls ? serverCheck : null, closing.signal).then(
        (socket) => callback(null, socket),
        (thrown: unknown) => callback(thrown instanceof Error ? thrown : new Error(String(thrown)), null)
      )
    },
    close: () => closing.abort()
  }
}

type Dial = (peer: Peer, check: CertificateCheck | null, signal: AbortSignal) => Promise<Socket>

function dialling(proxy: ConnectorOptions['proxy'], options: Pick<DialOptions, 'lookup' | 'timeoutMs'>): Dial {
  if (proxy === undefined) return (peer, check, signal) => dialled(peer, { ...options, check }, signal)
  const { resolve, trust } = proxy
  const proxyCheck = certificateCheck(trust)
  return (peer, check, signal) => dialByRoutes(peer, { ...options, resolve, proxyCheck, check }, signal)
}
