import { headerOf, type ApiRequest } from '../http/request.ts'
import type { Version } from '../versions/version.ts'

/** A response format as PHP compares it: numbers where it has them, and text is older than every number. */
export type ResponseFormat = readonly number[]

function parse(text: string): ResponseFormat {
  return text.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : -1))
}

function isBefore(format: ResponseFormat, other: ResponseFormat): boolean {
  for (let at = 0; at < Math.max(format.length, other.length); at++) {
    const difference = (format[at] ?? -1) - (other[at] ?? -1)
    if (difference !== 0) return difference < 0
  }
  return false
}

/** The format a request asks for; `null` is the server's own. None is refused: nonsense is a very old one. */
export function formatOf(request: ApiRequest): ResponseFormat | null {
  const text = headerOf(request, 'x-appwrite-response-format')
  return text === null ? null : parse(text)
}

/** Whether what changed with a release is to be undone for a format. */
export function precedes(format: ResponseFormat, release: string): boolean {
  return isBefore(format, parse(release))
}

/** The header by which a server tells a client that is newer than itself. */
export function warningFor(request: ApiRequest, { told }: Version): Readonly<Record<string, string>> {
  const text = headerOf(request, 'x-appwrite-response-format')
  if (text === null || !isBefore(parse(told), parse(text))) return {}
  const warning = [
    `The current SDK is built for Appwrite ${text}.`,
    `However, the current Appwrite server version is ${told}.`,
    'Please downgrade your SDK to match the Appwrite version: https://appwrite.io/docs/sdks'
  ]
  return { 'X-Appwrite-Warning': warning.join(' ') }
}
