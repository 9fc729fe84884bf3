import { headerOf, type ApiRequest } from '../http/request.ts'
import type { Sent } from './execute.ts'

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/** Of a form with files the part that holds the documents. */
function operationsPart(text: string): unknown {
  const part = /name="operations"\r?\n(?:[^\r\n]+\r?\n)*\r?\n([\s\S]*?)\r?\n--/.exec(text)
  return parsed(part?.[1] ?? '')
}

function sentOf(value: unknown): Sent | null {
  if (!isFields(value) || typeof value.query !== 'string' || value.query === '') return null
  const { query, operationName } = value
  const variables = typeof value.variables === 'string' ? parsed(value.variables) : value.variables
  return {
    query,
    operationName: typeof operationName === 'string' ? operationName : null,
    variables: isFields(variables) ? variables : {}
  }
}

function bodyOf(request: ApiRequest): unknown {
  if (request.method === 'GET' || request.method === 'HEAD') return Object.fromEntries(request.query)
  const kind = (headerOf(request, 'content-type') ?? '').split(';', 1)[0]?.trim() ?? ''
  const text = request.bytes.toString('utf8')
  if (kind === 'application/graphql') return { query: text }
  if (kind === 'multipart/form-data') return operationsPart(text)
  const body = kind === 'application/json' ? parsed(text) : null
  // The SDKs put the whole into the query.
  const isOfSdk = headerOf(request, 'x-sdk-graphql') === 'true'
  return isOfSdk && isFields(body) && typeof body.query === 'object' ? body.query : body
}

/** The documents of a request, one or a batch; `null` among them for what holds none. */
export function documentsOf(request: ApiRequest): readonly (Sent | null)[] {
  const body = bodyOf(request)
  return Array.isArray(body) ? body.map(sentOf) : [sentOf(body)]
}
