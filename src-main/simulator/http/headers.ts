import { without } from '../without.ts'
import { headerOf, type ApiRequest } from './request.ts'

/** Headers of an answer; one with several values is sent once for each. */
export type Headers = Readonly<Record<string, string | readonly string[]>>

/** The headers a version puts on every answer, by how far the request came. */
export interface HeaderStyle {
  /** An answer of an API route. */
  readonly api: (request: ApiRequest) => Headers
  /** An answer to a browser's question whether it may ask. */
  readonly preflight: (request: ApiRequest) => Headers
  /** A refusal before the route's own code is reached. */
  readonly early: (request: ApiRequest) => Headers
  /** An answer outside `/v1`. */
  readonly outside: (request: ApiRequest) => Headers
}

/** What makes a page's browser, and a proxy, not keep an error. */
export const uncached = {
  'Cache-Control': 'no-cache, no-store, must-revalidate',
  Expires: '0',
  Pragma: 'no-cache'
} as const

/** Every answer in JSON; PHP writes the character set in capitals. */
export const jsonType = { 'Content-Type': 'application/json; charset=UTF-8' } as const
/** Every page. */
export const pageType = { 'Content-Type': 'text/html; charset=UTF-8' } as const

const server = { Server: 'Appwrite', 'X-Content-Type-Options': 'nosniff' }
/** The web server under Appwrite, when it answers by itself. */
export const webServer = { Server: 'swoole-http-server' } as const
const methods = 'GET, POST, PUT, PATCH, DELETE'
const sessionHeaders = 'X-Appwrite-Session, X-Fallback-Cookies'
const forwardedHeaders = 'X-Forwarded-For, X-Forwarded-User-Agent'

const isHttps = (request: ApiRequest) => headerOf(request, 'x-forwarded-proto') === 'https'
const security = (request: ApiRequest): Headers =>
  isHttps(request) ? { 'Strict-Transport-Security': 'max-age=10886400' } : {}

/** `true` is the answer to a sender without a session: it may use the fallback for cookies. */
function fallback(request: ApiRequest): string {
  const hasCookie = /(^|;\s*)a_session_/.test(headerOf(request, 'cookie') ?? '')
  return String(!hasCookie && headerOf(request, 'x-appwrite-session') === null)
}

/** Unknown origins are answered with localhost instead, in the origin's own scheme and port. */
function allowedOrigin(request: ApiRequest): string {
  const origin = headerOf(request, 'origin')
  if (origin === null || !URL.canParse(origin)) return `${isHttps(request) ? 'https' : 'http'}://localhost`
  const { protocol, port } = new URL(origin)
  return `${protocol}//localhost${port === '' ? '' : `:${port}`}`
}

const originHeader = (request: ApiRequest) => ({ 'Access-Control-Allow-Origin': headerOf(request, 'origin') ?? '' })

const page = (request: ApiRequest): Headers => ({
  'X-Frame-Options': 'SAMEORIGIN',
  'X-Xss-Protection': `1; mode=block; report=/v1/xss?url=${encodeURIComponent(request.path)}`,
  'X-Ua-Compatible': 'IE=Edge'
})

/** Until 1.8; `allowed` are the headers a browser may send besides those every version takes. */
export function rewritingOrigins(allowed: string): HeaderStyle {
  const shared = { 'Access-Control-Allow-Methods': methods, 'Access-Control-Expose-Headers': sessionHeaders }
  const credentials = { 'Access-Control-Allow-Credentials': 'true' }
  const api: HeaderStyle['api'] = (request) => ({
    ...server,
    ...security(request),
    ...shared,
    'Access-Control-Allow-Headers': `${allowed}, ${forwardedHeaders}`,
    'Access-Control-Allow-Origin': allowedOrigin(request),
    ...credentials,
    'X-Debug-Fallback': fallback(request)
  })
  return {
    api,
    preflight: (request) => ({
      Server: 'Appwrite',
      ...shared,
      'Access-Control-Allow-Headers': `${allowed}, ${sessionHeaders}, ${forwardedHeaders}`,
      ...originHeader(request),
      ...credentials
    }),
    early: api,
    outside: (request) => ({ ...without(api(request), 'X-Debug-Fallback'), ...page(request) })
  }
}

/** From 1.9 on: an origin is allowed or is not, and is never replaced by another. */
export function checkingOrigins(allowed: string): HeaderStyle {
  const shared = {
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': `${allowed}, ${forwardedHeaders}`,
    'Access-Control-Expose-Headers': sessionHeaders,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Max-Age': '86400'
  }
  // Sent twice by mistake unless there is a session: once before it was looked for, once after.
  const debug = (request: ApiRequest) => ({
    'X-Debug-Fallback': fallback(request) === 'true' ? ['false', 'true'] : 'false'
  })
  const api: HeaderStyle['api'] = (request) => ({ ...debug(request), ...server, ...security(request), ...shared })
  return {
    api,
    preflight: (request) => ({ ...debug(request), Server: 'Appwrite', ...shared, ...originHeader(request) }),
    early: (request) => ({ ...debug(request), ...shared, ...webServer }),
    outside: (request) => ({ ...api(request), ...page(request) })
  }
}
