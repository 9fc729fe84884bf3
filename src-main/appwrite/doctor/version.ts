import { headerText, type Answer } from '../answer.ts'
import { detailOf, type Asked } from '../asked.ts'
import type { Fault } from '../../contract/fault.ts'
import { Failure } from '../../core/failure.ts'
import { nobody } from '../credentials.ts'
import { replyFault } from '../faults.ts'
import { versionReply } from '../health-replies.ts'
import { notAppwriteFault } from '../proxy-faults.ts'
import type { Transport } from '../transport.ts'
import type { Finding } from './board.ts'
import type { Case } from './case.ts'
import { everyStatus, versionPath } from './web.ts'

/** Step `appwrite`: the version, which its errors tell as well. Where there is none, other paths are tried, without a key. */
export async function readVersion(
  answer: Answer,
  one: Case,
  transportTo: (endpoint: string) => Transport,
  signal: AbortSignal
): Promise<Finding<string>> {
  const version = versionOf(answer.body)
  if (version !== null) return { value: version, text: `Appwrite ${version}` }
  const asked: Asked = { host: one.url.host, isTls: one.isTls, path: versionPath, projectId: null, apiKey: one.apiKey }
  const isAppwrites = headerText(answer.headers, 'x-debug-speed') !== null
  if (answer.status >= 500) throw new Failure(replyFault(answer, asked))
  const detail = detailOf(`HTTP ${answer.status} ${typeof answer.body === 'string' ? answer.body : 'JSON'}`, asked)
  const place = await elsewhere(one, transportTo, signal)
  if (place !== null) throw new Failure({ ...placeFault(place, one), detail })
  if (isAppwrites) throw new Failure({ ...pathFault(one), detail })
  throw new Failure({ ...(isRefusal(answer) ? refusalFault(answer, asked) : notAppwriteFault(asked)), detail })
}

/** From `/health/version`, from any error body, or from `/versions`. */
function versionOf(body: unknown): string | null {
  const read = versionReply.safeParse(body)
  if (read.success) return read.data.version
  const server = typeof body === 'object' && body !== null && 'server' in body ? body.server : null
  const listed = versionReply.safeParse({ version: server })
  return listed.success ? listed.data.version : null
}

interface Place {
  readonly version: string
  /** `null` when the server itself is there, and its API is not at any path tried. */
  readonly endpoint: string | null
}

/** Where Appwrite answers instead: at another path's `/v1`, or only at `/versions`, which lies outside of it. */
async function elsewhere(
  one: Case,
  transportTo: (endpoint: string) => Transport,
  signal: AbortSignal
): Promise<Place | null> {
  const { origin } = one.url
  const endpoints = otherPaths(one.url.pathname).map((path) => `${origin}${path}`)
  const ask = async (base: string, path: string): Promise<string | null> => {
    const request = { credentials: nobody, method: 'GET', path, accept: everyStatus } as const
    try {
      return versionOf((await transportTo(base).request(request, signal)).body)
    } catch (thrown) {
      if (signal.aborted || !(thrown instanceof Failure)) throw thrown
      return null
    }
  }
  const [server, ...versions] = await Promise.all([
    ask(`${origin}/versions`, ''),
    ...endpoints.map((endpoint) => ask(endpoint, versionPath))
  ])
  for (const [at, endpoint] of endpoints.entries()) {
    const version = versions[at] ?? null
    if (version !== null) return { version, endpoint }
  }
  return server === null ? null : { version: server, endpoint: null }
}

/** The usual places, and the typed path shortened from its end: `/a/b/v1` may mean `/a/v1` or `/v1`. */
function otherPaths(typed: string): readonly string[] {
  const parts = typed.replace(/\/v1$/, '').split('/').slice(1, 4)
  const shortened = parts.map((_, at) => `/${[...parts.slice(0, at), 'v1'].join('/')}`)
  return [...new Set(['/v1', ...shortened, '/appwrite/v1', '/api/v1'])].filter((path) => path !== typed)
}

function placeFault({ version, endpoint }: Place, one: Case): Fault {
  const { host, pathname } = one.url
  return {
    code: 'server',
    field: 'endpoint',
    message:
      endpoint === null
        ? `Appwrite ${version} runs at ${host}, but its API does not answer at ${pathname}. Look at the paths that the proxy in front of it lets through: /v1 must be among them.`
        : `Nothing of Appwrite answers at ${pathname} on ${host}, but Appwrite ${version} does at another path. Change the endpoint to ${endpoint}.`
  }
}

function pathFault({ url }: Case): Fault {
  return {
    code: 'server',
    field: 'endpoint',
    message: `Appwrite answers at ${url.host}, but has nothing at ${url.pathname}. Its API is usually at ${url.origin}/v1: check the path in the endpoint.`
  }
}

function isRefusal({ status }: Answer): boolean {
  return status === 401 || status === 403
}

function refusalFault({ status }: Answer, { host }: Asked): Fault {
  return {
    code: 'denied',
    message: `Something in front of Appwrite at ${host} refuses the request (${status}): a proxy, a gateway or a firewall. Let /v1 pass it, or ask from a network that it allows.`
  }
}
