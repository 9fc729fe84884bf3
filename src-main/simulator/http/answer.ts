/** A whole reply but for what belongs to the transport: date, connection, length, compression. */
export interface Answer {
  readonly status: number
  /** A header with several values is sent once for each. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  /** Only text is compressed. */
  readonly body: string | Buffer
  /** Whether no length is said. */
  readonly isChunked?: boolean
  /** How long the server is busy with it before the first byte. */
  readonly delayMs?: number
}

/** JSON as PHP writes it, with `/` escaped: lengths differ from what Node would send. */
export function phpJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('/', '\\/')
}

const allowedHeaders = [
  'Origin, Cookie, Set-Cookie, X-Requested-With, Content-Type, Access-Control-Allow-Origin',
  'Access-Control-Request-Headers, Accept, X-Appwrite-Project, X-Appwrite-Key, X-Appwrite-Locale, X-Appwrite-Mode',
  'X-Appwrite-JWT, X-Appwrite-Response-Format, X-Appwrite-Timeout, X-SDK-Version, X-SDK-Name, X-SDK-Language',
  'X-SDK-Platform, X-SDK-GraphQL, X-Appwrite-ID, X-Appwrite-Timestamp, Content-Range, Range, Cache-Control, Expires',
  'Pragma'
]
const sessionHeaders = 'X-Appwrite-Session, X-Fallback-Cookies'
const forwardedHeaders = 'X-Forwarded-For, X-Forwarded-User-Agent'
const allowedMethods = 'GET, POST, PUT, PATCH, DELETE'

/** What makes a page's browser, and a proxy, not keep an error. */
export const uncached = {
  'Cache-Control': 'no-cache, no-store, must-revalidate',
  Expires: '0',
  Pragma: 'no-cache'
} as const

/** Unknown origins are answered with localhost instead, in the origin's own scheme and port. */
function allowedOrigin(origin: string | null): string {
  if (origin === null || !URL.canParse(origin)) return 'http://localhost'
  const { protocol, port } = new URL(origin)
  return `${protocol}//localhost${port === '' ? '' : `:${port}`}`
}

/** The headers of every reply of an API route. */
export function apiHeaders(origin: string | null): Record<string, string> {
  return {
    Server: 'Appwrite',
    'X-Content-Type-Options': 'nosniff',
    'Access-Control-Allow-Methods': allowedMethods,
    'Access-Control-Allow-Headers': [...allowedHeaders, forwardedHeaders].join(', '),
    'Access-Control-Expose-Headers': sessionHeaders,
    'Access-Control-Allow-Origin': allowedOrigin(origin),
    'Access-Control-Allow-Credentials': 'true',
    'X-Debug-Fallback': 'true'
  }
}

/** Headers of the reply to a browser's question whether it may ask; any origin may. */
export function preflightHeaders(origin: string | null): Record<string, string> {
  return {
    Server: 'Appwrite',
    'Access-Control-Allow-Methods': allowedMethods,
    'Access-Control-Allow-Headers': [...allowedHeaders, sessionHeaders, forwardedHeaders].join(', '),
    'Access-Control-Expose-Headers': sessionHeaders,
    'Access-Control-Allow-Origin': origin ?? '',
    'Access-Control-Allow-Credentials': 'true'
  }
}

export const jsonType = { 'Content-Type': 'application/json; charset=UTF-8' } as const
