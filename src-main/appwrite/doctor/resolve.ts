import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Failure } from '../../core/failure.ts'
import { networkFault } from '../network-faults.ts'
import type { Finding } from './board.ts'
import { askedOf, type Case } from './case.ts'

export type Addresses = readonly [LookupAddress, ...LookupAddress[]]

/** Step `dns`: all addresses of the name, as the system finds them. */
export async function resolve(
  one: Case,
  lookup: LookupFunction | undefined,
  signal: AbortSignal
): Promise<Finding<Addresses>> {
  const { hostname } = one.peer
  const family = isIP(hostname)
  if (family !== 0) return { value: [{ address: hostname, family }], text: `${hostname} is an address already` }
  const asked = askedOf(one)
  const found = await addressesOf(hostname, lookup ?? systemLookup, one.deadlineMs, signal).catch((thrown: unknown) => {
    if (signal.aborted || !(thrown instanceof Error)) throw thrown
    throw new Failure(networkFault(thrown, asked, 'connecting'))
  })
  const [first, ...others] = found
  if (first === undefined) throw new Failure(networkFault(coded('EAI_NODATA', 'no addresses'), asked, 'connecting'))
  return { value: [first, ...others], text: listed(found.map(({ address }) => address)) }
}

/** The system's resolver cannot be stopped; at the deadline, or once aborted, it is left to itself. */
function addressesOf(
  hostname: string,
  lookup: LookupFunction,
  deadlineMs: number,
  signal: AbortSignal
): Promise<readonly LookupAddress[]> {
  return new Promise((done, reject) => {
    signal.throwIfAborted()
    const end = (act: () => void): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      act()
    }
    const onAbort = (): void => end(() => reject(signal.reason as Error)) // an AbortError, or what the caller put there
    const late = coded('EAI_AGAIN', `no answer within ${deadlineMs} ms`)
    const timer = setTimeout(() => end(() => reject(late)), deadlineMs)
    signal.addEventListener('abort', onAbort, { once: true })
    lookup(hostname, { all: true }, (error, found, family) => {
      if (error !== null) end(() => reject(error))
      else end(() => done(typeof found === 'string' ? [{ address: found, family: family ?? isIP(found) }] : found))
    })
  })
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}

const shownAddresses = 4

function listed(addresses: readonly string[]): string {
  const rest = addresses.length - shownAddresses
  return `${addresses.slice(0, shownAddresses).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
