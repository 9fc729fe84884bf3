import type { LookupFunction } from 'node:net'
import type { DoctorView } from '../contract/doctor.ts'
import { Failure } from '../core/failure.ts'
import { findProject, tryKey } from './doctor/access.ts'
import { readAddress } from './doctor/address.ts'
import { Board, StepFailed } from './doctor/board.ts'
import { caseOf, fixedLookup, type Case } from './doctor/case.ts'
import { handshake, speaksTls } from './doctor/handshake.ts'
import { reach } from './doctor/reach.ts'
import { resolve } from './doctor/resolve.ts'
import { readVersion } from './doctor/version.ts'
import { readScopes } from './doctor/scopes.ts'
import { browse } from './doctor/web.ts'
import { cancelledFault } from './network-faults.ts'
import { Transport } from './transport.ts'
import type { ServerTrust } from './trust.ts'

export interface ExamineOptions {
  /** As typed. */
  readonly endpoint: string
  readonly projectId: string
  readonly apiKey: string
  readonly trust: ServerTrust
  /** For each step. Default: 8 s. */
  readonly deadlineMs?: number
  /** An own resolver. */
  readonly lookup?: LookupFunction
  /** Called at each change with a new view, first of all with every step waiting. Never after an abort. */
  readonly onView: (view: DoctorView) => void
}

export interface Examination {
  /** The last view told. */
  readonly view: DoctorView
  /** PEM by fingerprint, of every certificate the server sent. */
  readonly seen: ReadonlyMap<string, string>
}

/**
 * Looks at a connection step by step; what is wrong is in the view, never thrown. Throws `cancelled` as soon as the signal
 * is aborted, with every socket closed. The key is sent in the last two steps only, and to this endpoint only.
 */
export async function examine(options: ExamineOptions, signal: AbortSignal): Promise<Examination> {
  if (signal.aborted) throw new Failure(cancelledFault)
  const board = new Board(options.onView, options.apiKey.trim(), signal)
  const opened: Transport[] = []
  try {
    await run(options, board, opened, signal)
  } catch (thrown) {
    if (!(thrown instanceof StepFailed)) throw thrown
  } finally {
    await Promise.all(opened.map((transport) => transport.close()))
  }
  return { view: board.view(), seen: board.seen }
}

async function run(options: ExamineOptions, board: Board, opened: Transport[], signal: AbortSignal): Promise<void> {
  const one = await board.step('address', () => {
    const found = readAddress(options.endpoint)
    board.setEndpoint(found.value)
    return Promise.resolve({ ...found, value: caseFor(found.value, options) })
  })
  const { trust, deadlineMs } = one
  const addresses = await board.step('dns', () => resolve(one, options.lookup, signal))
  const address = await board.step('tcp', () => reach(one, addresses, signal))
  const lookup = fixedLookup([address])
  await board.step('tls', () => handshake(one, lookup, board, signal))
  const transportTo = (endpoint: string): Transport => {
    const transport = new Transport({ endpoint, trust, deadlineMs, connect: { lookup } })
    opened.push(transport)
    return transport
  }
  const transport = transportTo(one.endpoint)
  const answer = await board.step('http', () => browse(transport, () => speaksTls(one, lookup, signal), signal))
  const version = await board.step('appwrite', () => readVersion(answer, one, transportTo, signal))
  await board.step('project', () => findProject(one, transport, signal))
  await board.step('key', () => tryKey(one, transport, signal))
  await board.step('scopes', () => readScopes(one, version, transport, signal))
}

function caseFor(endpoint: string, { projectId, apiKey, trust, deadlineMs = 8_000 }: ExamineOptions): Case {
  return caseOf(endpoint, { projectId: projectId.trim(), apiKey: apiKey.trim(), trust, deadlineMs })
}
