import type { LookupFunction, Socket } from 'node:net'
import { dialled, secureOver, type Peer } from './dial.ts'
import { errorCodeOf } from './error-code.ts'
import { ProxyFailure } from './proxy-failure.ts'
import { routesIn, type ResolveProxy, type Route } from './proxy-routes.ts'
import type { CertificateCheck } from './trust.ts'
import { openTunnel, placeOf } from './tunnel.ts'

export interface ProxyDialOptions {
  readonly resolve: ResolveProxy
  /** For proxies that are themselves reached by TLS. */
  readonly proxyCheck: CertificateCheck
  /** The server's own check, through whatever tunnel; `null` for plain http. */
  readonly check: CertificateCheck | null
  readonly lookup?: LookupFunction
  /** For each route, all its steps together. */
  readonly timeoutMs: number
}

/**
 * Opens a connection by the routes the system names for this server. The next one is tried only when a proxy cannot be
 * reached: what a proxy answers, and what the server shows, is an answer. Rejects as `dial` does, or with a `ProxyFailure`.
 */
export async function dialByRoutes(peer: Peer, options: ProxyDialOptions, signal: AbortSignal): Promise<Socket> {
  const scheme = options.check === null ? 'http' : 'https'
  const routes = await routesTo(`${scheme}://${placeOf(peer)}/`, options.resolve)
  let first: ProxyFailure | null = null
  for (const route of routes) {
    try {
      return route.kind === 'direct'
        ? await dialled(peer, options, signal)
        : await through(route, peer, options, signal)
    } catch (thrown) {
      if (signal.aborted || !(thrown instanceof ProxyFailure) || thrown.trouble !== 'connection') throw first ?? thrown
      first ??= thrown
    }
  }
  throw first ?? new ProxyFailure('unusable', '', 'PROXY_UNUSABLE', 'no route of a kind that can be taken')
}

async function routesTo(url: string, resolve: ResolveProxy): Promise<readonly Route[]> {
  try {
    return routesIn(await resolve(url))
  } catch (thrown) {
    throw new ProxyFailure('unresolved', '', 'PROXY_UNRESOLVED', thrown instanceof Error ? thrown.message : 'rejected')
  }
}

async function through(
  route: Route & { readonly kind: 'proxy' },
  peer: Peer,
  { check, proxyCheck, lookup, timeoutMs }: ProxyDialOptions,
  signal: AbortSignal
): Promise<Socket> {
  const proxy = placeOf(route)
  const late = AbortSignal.timeout(timeoutMs)
  const either = AbortSignal.any([signal, late])
  const dialling = { check: route.isTls ? proxyCheck : null, timeoutMs, ...(lookup === undefined ? {} : { lookup }) }
  try {
    const socket = await dialled(route, dialling, either).catch((thrown: unknown) => {
      throw either.aborted ? thrown : connectionFailure(proxy, thrown)
    })
    await openTunnel(socket, proxy, peer, either)
    return check === null ? socket : await secureOver(socket, peer, { check, timeoutMs }, either)
  } catch (thrown) {
    if (late.aborted && !signal.aborted) throw new ProxyFailure('connection', proxy, 'ETIMEDOUT', 'no tunnel in time')
    throw thrown
  }
}

function connectionFailure(proxy: string, thrown: unknown): ProxyFailure {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  return new ProxyFailure('connection', proxy, errorCodeOf(error), error.message)
}
