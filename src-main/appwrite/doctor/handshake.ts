import type { X509Certificate } from 'node:crypto'
import type { LookupFunction } from 'node:net'
import { TLSSocket } from 'node:tls'
import { Failure } from '../../core/failure.ts'
import { chainOf, dayOf, shortName, viewOf } from '../certificates.ts'
import { dialled, type Peer } from '../dial.ts'
import { networkFault } from '../network-faults.ts'
import { isAboutCertificate } from '../tls-faults.ts'
import { certificateCheck, unchecked, type CertificateCheck } from '../trust.ts'
import type { Board, Finding } from './board.ts'
import { askedOf, type Case } from './case.ts'

/** Step `tls`: a handshake as every request makes it. Over a certificate that is refused, the board gets what may be trusted. */
export async function handshake(
  one: Case,
  lookup: LookupFunction,
  board: Board,
  signal: AbortSignal
): Promise<Finding<null>> {
  if (!one.isTls) return { value: null, text: 'not used: plain http' }
  const until = performance.now() + one.deadlineMs
  const line: Line = {
    peer: one.peer,
    lookup,
    signal,
    leftMs: () => Math.max(1, until - performance.now())
  }
  try {
    const { protocol, chain } = await look(line, certificateCheck(one.trust))
    board.setChain(chain)
    return { value: null, text: summary(protocol, chain[0], one.trust.kind === 'certificate') }
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof Error)) throw thrown
    const chain = isAboutCertificate(thrown) ? await offerTrust(line, board) : []
    const [shown] = chain
    throw new Failure(networkFault(thrown, askedOf(one), 'connecting', shown === undefined ? null : viewOf(shown)))
  }
}

/** Whether the port speaks TLS at all, whatever its certificate. Sends no byte of HTTP. */
export async function speaksTls(
  { peer, deadlineMs }: Case,
  lookup: LookupFunction,
  signal: AbortSignal
): Promise<boolean> {
  const line: Line = { peer, lookup, signal, leftMs: () => deadlineMs }
  return (await lookOrNull(line, uncheckedLook)) !== null
}

/** Where to, and how much of the step's time is left. */
interface Line {
  readonly peer: Peer
  readonly lookup: LookupFunction
  readonly signal: AbortSignal
  readonly leftMs: () => number
}

interface Look {
  readonly protocol: string
  readonly chain: readonly X509Certificate[]
}

const uncheckedLook: CertificateCheck = { options: unchecked, refusal: () => null }

async function look({ peer, lookup, signal, leftMs }: Line, check: CertificateCheck): Promise<Look> {
  const socket = await dialled(peer, { check, lookup, timeoutMs: leftMs() }, signal)
  try {
    if (!(socket instanceof TLSSocket)) throw new TypeError('not a TLS connection')
    return { protocol: socket.getProtocol() ?? 'TLS', chain: chainOf(socket.getPeerCertificate(true)) }
  } finally {
    socket.destroy()
  }
}

async function lookOrNull(line: Line, check: CertificateCheck): Promise<Look | null> {
  try {
    return await look(line, check)
  } catch (thrown) {
    if (line.signal.aborted) throw thrown
    return null
  }
}

/**
 * A second look that takes any certificate. This one may always be trusted; an authority sent along is offered only after
 * a handshake with it came about, since it cures neither a wrong name nor a date.
 */
async function offerTrust(line: Line, board: Board): Promise<readonly X509Certificate[]> {
  const chain = (await lookOrNull(line, uncheckedLook))?.chain ?? []
  const [shown] = chain
  if (shown === undefined) return []
  board.setChain(chain)
  board.offer('certificate', shown)
  // The topmost first: it outlives those below it.
  for (const authority of chain.filter(({ ca }) => ca).reverse()) {
    const check = certificateCheck({ kind: 'authority', pem: authority.toString() })
    if ((await lookOrNull(line, check)) === null) continue
    board.offer('authority', authority)
    break
  }
  return chain
}

function summary(protocol: string, certificate: X509Certificate | undefined, isPinned: boolean): string {
  const version = protocol.replace(/^TLSv/, 'TLS ')
  if (certificate === undefined) return version
  const { issuer, validToMs } = viewOf(certificate)
  const whose = isPinned ? 'the certificate you trusted' : `certificate by ${shortName(issuer)}`
  return `${version}, ${whose}, until ${dayOf(validToMs)}`
}
