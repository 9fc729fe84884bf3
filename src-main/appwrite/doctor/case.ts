import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import type { Asked } from '../asked.ts'
import type { Peer } from '../dial.ts'
import type { ServerTrust } from '../trust.ts'

/** Whom an examination is about, once the address makes sense. */
export interface Case {
  /** Normalised. */
  readonly endpoint: string
  readonly url: URL
  readonly peer: Peer
  readonly isTls: boolean
  /** Trimmed. */
  readonly projectId: string
  readonly apiKey: string
  readonly trust: ServerTrust
  /** For a whole step. */
  readonly deadlineMs: number
}

export function caseOf(endpoint: string, rest: Pick<Case, 'projectId' | 'apiKey' | 'trust' | 'deadlineMs'>): Case {
  const url = new URL(endpoint)
  const isTls = url.protocol === 'https:'
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const port = url.port === '' ? (isTls ? 443 : 80) : Number(url.port)
  return { ...rest, endpoint, url, isTls, peer: { hostname, port } }
}

/** For the faults of the steps below HTTP. */
export function askedOf({ url, isTls, apiKey }: Case): Asked {
  return { host: url.host, isTls, path: '', projectId: null, apiKey }
}

/** Finds these addresses without asking again: every step then speaks of the same machine. */
export function fixedLookup(addresses: readonly [LookupAddress, ...LookupAddress[]]): LookupFunction {
  const [first] = addresses
  return (_hostname, options, done) => {
    if (options.all === true) done(null, [...addresses])
    else done(null, first.address, first.family)
  }
}
