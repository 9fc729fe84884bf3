import type { ApiRequest } from '../http/request.ts'
import { isFrom, type Version } from '../versions/version.ts'
import { precedes, type ResponseFormat } from './response-format.ts'

/** What a handler reads of a request. */
export interface Asking {
  readonly request: ApiRequest
  readonly body: Readonly<Record<string, unknown>>
}

type Convert = (asking: Asking) => Asking

function inQueries(convert: (query: string) => string): Convert {
  return (asking) => {
    const { query } = asking.request
    const queries = query.get('queries')
    if (queries === undefined || typeof queries === 'string') return asking
    return { ...asking, request: { ...asking.request, query: new Map([...query, ['queries', queries.map(convert)]]) } }
  }
}

/** A query with an attribute's new name. One that is not JSON becomes `null`, which is refused with another text. */
function attribute(from: string, to: string): Convert {
  return inQueries((text) => {
    try {
      const query: unknown = JSON.parse(text)
      if (typeof query !== 'object' || query === null || !('attribute' in query)) return JSON.stringify(query)
      return JSON.stringify(query.attribute === from ? { ...query, attribute: to } : query)
    } catch {
      return 'null'
    }
  })
}

const body =
  (fields: (sent: Asking['body']) => Asking['body']): Convert =>
  (asking) => ({ ...asking, body: fields(asking.body) })

/** What a release changed in what an operation takes, and how a newer server takes the old form (the API facts, §1). */
const filters: readonly { readonly release: string; readonly operations: Readonly<Record<string, Convert>> }[] = [
  {
    release: '1.7.0',
    operations: {
      'functions.list': attribute('deployment', 'deploymentId'),
      // No list has an attribute of this name: the refusal names it.
      'functions.listDeployments': attribute('size', 'deploymentSize'),
      'functions.createVariable': body((sent) => ({ ...sent, secret: false })),
      'functions.updateVariable': body((sent) => ({ ...sent, secret: false }))
    }
  },
  {
    release: '1.9.4',
    operations: { 'functions.createVariable': body((sent) => ({ variableId: 'unique()', ...sent })) }
  }
]

/** A request in the form the version's newest handler takes. */
export function convertedRequest(
  asking: Asking,
  operation: string | undefined,
  version: Version,
  format: ResponseFormat | null
): Asking {
  if (format === null || operation === undefined) return asking
  let converted = asking
  for (const { release, operations } of filters) {
    if (isFrom(version, release) && precedes(format, release)) {
      converted = operations[operation]?.(converted) ?? converted
    }
  }
  return converted
}
