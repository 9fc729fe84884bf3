import { headerText, type Answer } from '../answer.ts'
import { detailOf, toldOf, type Asked } from '../asked.ts'
import type { Fault } from '../../contract/fault.ts'
import { Failure } from '../../core/failure.ts'
import { nobody } from '../credentials.ts'
import { replyFault } from '../faults.ts'
import { plainOnTlsFault } from '../network-faults.ts'
import { plainLine } from '../plain-text.ts'
import { proxyName } from '../proxy-faults.ts'
import type { Transport } from '../transport.ts'
import type { Finding } from './board.ts'

/** Answers without a key or project; every one below it also says its version in an error. */
export const versionPath = '/health/version'

/** Every error status, as an answer to look at. */
export const everyStatus: readonly number[] = Array.from({ length: 200 }, (_, at) => 400 + at)

/** Step `http`: any answer that a page or a wall in front of the server did not give. Sends neither project nor key. */
export async function browse(
  transport: Transport,
  speaksTls: () => Promise<boolean>,
  signal: AbortSignal
): Promise<Finding<Answer>> {
  const asked = transport.asked(nobody, versionPath)
  const request = { credentials: nobody, method: 'GET', path: versionPath, accept: everyStatus } as const
  const answer = await transport.request(request, signal).catch(async (thrown: unknown) => {
    if (!(thrown instanceof Failure) || signal.aborted) throw thrown
    // Many https ports just hang up on plain http; only a handshake tells them from a server that broke.
    const isBroken = thrown.fault.code === 'unreachable' && !asked.isTls
    if (isBroken && (await speaksTls())) throw new Failure(plainOnTlsFault(asked, thrown.fault.detail ?? ''))
    throw thrown
  })
  const fault = frontFault(answer, asked)
  if (fault !== null) throw new Failure(fault)
  const server = headerText(answer.headers, 'server')
  return {
    value: answer,
    text: `HTTP ${answer.status}${server === null ? '' : ` from ${plainLine(server, null, 40)}`}`
  }
}

const proxyStatuses = new Set([407, 429, 502, 503, 504])

/** The fault for what something in front of Appwrite answered; `null` for what may be Appwrite's, or a wrong path. */
function frontFault(answer: Answer, asked: Asked): Fault | null {
  const { status, headers, body } = answer
  // Appwrite signs even its error pages with the time it took.
  if (answer.isJson || headerText(headers, 'x-debug-speed') !== null || status === 404) return null
  const isWall = headerText(headers, 'www-authenticate') !== null
  const text = typeof body === 'string' ? body.slice(0, 4096) : ''
  const isMixedUp = status === 400 && /https (port|server)/i.test(text)
  if (proxyStatuses.has(status) || status >= 520 || isWall || isMixedUp) return replyFault(answer, asked)
  return /^\s*<(!doctype|html)/i.test(text) ? pageFault(answer, text, asked) : null
}

function pageFault(answer: Answer, text: string, asked: Asked): Fault {
  const name = proxyName(answer, asked)
  const title = toldOf(/<title[^>]*>([^<]{1,200})/i.exec(text)?.[1] ?? '', asked, 60)
  const called = title === '' ? '' : ` titled “${title}”`
  return {
    code: 'server',
    field: 'endpoint',
    message: `${asked.host} answers with a web page${called} instead of JSON${name === null ? '' : `; it comes from ${name}`}. A proxy, a login page or another site stands where Appwrite should be: open the endpoint in a browser, and let /v1 through to Appwrite.`,
    detail: detailOf(`HTTP ${answer.status} ${title === '' ? text.replace(/<[^>]*>/g, ' ') : title}`, asked)
  }
}
