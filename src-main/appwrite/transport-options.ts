import type { LookupFunction } from 'node:net'
import type { Method } from './api-request.ts'
import type { ResolveProxy } from './proxy-routes.ts'
import type { Timing } from './timing.ts'
import type { ServerTrust } from './trust.ts'
import type { WritePolicy } from './write-policy.ts'

/** How one server is reached, and what may be asked of it. */
export interface TransportOptions {
  /** Normalised: an http or https URL that ends in `/v1`. */
  readonly endpoint: string
  /** Default: refuse every write. */
  readonly policy?: WritePolicy
  /** Of the body, unpacked. Default: 32 MiB. */
  readonly maxBodyBytes?: number
  /** For a request that does not say, from the call to the last byte. Default: by its class, see `deadlines.ts`. */
  readonly deadlineMs?: number
  /** How many requests this server gets at a time; further ones wait here. Default: 6. */
  readonly connections?: number
  /** Default: the system's authorities. Certificates are always checked: there is no way to ask for less. */
  readonly trust?: ServerTrust
  /** An own resolver. */
  readonly connect?: { readonly lookup?: LookupFunction }
  /** How the system says by which proxy to go; asked for each connection. Default: no proxy is used. */
  readonly resolveProxy?: ResolveProxy
  /** For proxies reached by TLS, whatever the server is trusted by. Default: the system's authorities. */
  readonly proxyTrust?: ServerTrust
  /** Called for each request right before it is put on the wire. */
  readonly onRequest?: (method: Method) => void
  /** Default: the system's clock and `Math.random`. */
  readonly timing?: Timing
}
