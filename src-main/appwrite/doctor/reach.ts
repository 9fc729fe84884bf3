import type { LookupAddress } from 'node:dns'
import { Failure } from '../../core/failure.ts'
import { dialled } from '../dial.ts'
import { networkFault } from '../network-faults.ts'
import type { Finding } from './board.ts'
import { askedOf, fixedLookup, type Case } from './case.ts'
import type { Addresses } from './resolve.ts'

/** Step `tcp`: the first of the addresses that takes a connection, each given a while before the next is tried. */
export async function reach(one: Case, addresses: Addresses, signal: AbortSignal): Promise<Finding<LookupAddress>> {
  const { peer, deadlineMs } = one
  const options = { check: null, lookup: fixedLookup(addresses), timeoutMs: deadlineMs }
  try {
    const socket = await dialled(peer, options, signal)
    const { remoteAddress } = socket
    socket.destroy()
    const value = addresses.find(({ address }) => address === remoteAddress) ?? addresses[0]
    return { value, text: `${value.address} takes connections on port ${peer.port}` }
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof Error)) throw thrown
    throw new Failure(networkFault(thrown, askedOf(one), 'connecting'))
  }
}
