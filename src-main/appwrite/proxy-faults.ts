import type { Fault } from '../contract/fault.ts'
import { headerText, type Answer } from './answer.ts'
import { toldOf, type Asked } from './asked.ts'
import type { Headers } from './exchange.ts'

/** The fault for a reply made by a proxy because Appwrite behind it did not answer. */
export function proxyFault(answer: Answer, asked: Asked): Fault {
  const name = proxyName(answer, asked)
  const proxy = name === null ? 'The proxy' : `The proxy (${name})`
  const waitMs = retryAfterMs(answer.headers)
  const late = answer.status === 504 || answer.status === 522 || answer.status === 524
  return {
    code: 'server',
    message: late
      ? `${proxy} in front of ${asked.host} got no answer from Appwrite in time (${answer.status}). Appwrite hangs or is overloaded: look at its database and Redis first.`
      : `${proxy} in front of ${asked.host} cannot reach Appwrite (${answer.status}). Check that the appwrite container is running and not restarting over and over.`,
    ...(waitMs === null ? {} : { retryAfterMs: waitMs })
  }
}

/** The fault for an address where something answers that is not Appwrite. */
export function notAppwriteFault({ host }: Asked): Fault {
  return {
    code: 'server',
    field: 'endpoint',
    message: `What answers at ${host} does not look like Appwrite. Check the endpoint: it is the address of the server with /v1 at its end.`
  }
}

/** How long to stay away, from `Retry-After` in either form; measured by the server's own clock, at most a day. */
export function retryAfterMs(headers: Headers): number | null {
  const value = headerText(headers, 'retry-after')
  if (value === null || value.trim() === '') return null
  const seconds = Number(value)
  const waitMs = Number.isFinite(seconds)
    ? seconds * 1000
    : Date.parse(value) - Date.parse(headerText(headers, 'date') ?? '')
  return Number.isFinite(waitMs) ? Math.min(Math.max(Math.round(waitMs), 0), 86_400_000) : null
}

const known = ['nginx', 'cloudflare', 'traefik', 'caddy', 'haproxy', 'envoy', 'openresty', 'apache', 'varnish']

/** What a proxy calls itself, or `null`: from the `Server` header, else from the page; Traefik names itself nowhere. */
export function proxyName({ headers, body }: Answer, asked: Asked): string | null {
  const server = headerText(headers, 'server')
  if (server !== null) return toldOf(server, asked, 40)
  const page = typeof body === 'string' ? body.slice(0, 4096).toLowerCase() : ''
  return known.find((name) => page.includes(name)) ?? null
}
