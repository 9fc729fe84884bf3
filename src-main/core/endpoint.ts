import type { Fault } from '../contract/fault.ts'

export type Endpoint = { readonly ok: true; readonly endpoint: string } | { readonly ok: false; readonly fault: Fault }

const refuse = (message: string): Endpoint => ({ ok: false, fault: { code: 'invalid', field: 'endpoint', message } })

/**
 * The one spelling of a server's API address: scheme and host lower case, no default port, no trailing slash, ending
 * in `/v1`. Two connections belong to one server when these are equal, so every spelling must come out the same.
 * A missing scheme is read as https. Refuses what cannot be an Appwrite endpoint, with a sentence.
 */
export function normaliseEndpoint(typed: string): Endpoint {
  const text = typed.trim()
  if (text === '') return refuse('Enter the address of the server, such as https://appwrite.example.com/v1.')
  if (/\s/.test(text)) return refuse('An address has no spaces in it. Enter it as https://appwrite.example.com/v1.')
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
  if (hasScheme && !/^https?:\/\//i.test(text)) {
    return refuse('Only https:// and http:// addresses can be reached. Enter it as https://appwrite.example.com/v1.')
  }
  const parsed = parseUrl(hasScheme ? text : `https://${text}`)
  if (parsed === null || parsed.hostname === '') {
    return refuse(`“${shorten(text)}” is not an address. Enter it as https://appwrite.example.com/v1.`)
  }
  if (parsed.username !== '' || parsed.password !== '') {
    return refuse('Leave out the user name and password before the @. The API key is all that is needed.')
  }
  if (parsed.search !== '' || parsed.hash !== '') {
    return refuse('Leave out everything from the ? or # on. The address ends in /v1.')
  }
  const path = parsed.pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '')
  if (/^\/console(\/|$)/.test(path)) {
    return refuse(`That is the console’s address. The API of this server is at ${parsed.origin}/v1.`)
  }
  const base = path.endsWith('/v1') ? path : `${path}/v1`
  if (/\/v1\/.+/.test(base)) {
    const end = base.indexOf('/v1/') + 3
    return refuse(`The address goes on after /v1. Try ${parsed.origin}${base.slice(0, end)}.`)
  }
  return { ok: true, endpoint: `${parsed.origin}${base}` }
}

/** The host and port of a normalised endpoint, for people. */
export function hostOf(endpoint: string): string {
  return endpoint.replace(/^https?:\/\//, '').replace(/\/v1$/, '')
}

const loopbackHost =
  /^(localhost|.+\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])$/

/** Whether a normalised endpoint names this machine by an address that needs no network. */
export function isLoopback(endpoint: string): boolean {
  return loopbackHost.test(parseUrl(endpoint)?.hostname.replace(/\.$/, '') ?? '')
}

/** What this room uses of a URL. */
export interface UrlParts {
  readonly origin: string
  readonly hostname: string
  readonly username: string
  readonly password: string
  readonly pathname: string
  readonly search: string
  readonly hash: string
}

// This room is typed without DOM and Node; both of its hosts have `URL`.
declare const URL: new (text: string) => UrlParts

/** `null` for what is no URL. */
export function parseUrl(text: string): UrlParts | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/** A text as a sentence quotes it. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
