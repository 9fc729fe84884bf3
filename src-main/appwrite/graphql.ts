import { Failure } from '../core/failure.ts'
import type { Call, Caller } from './caller.ts'
import { graphqlBatchReply, graphqlReply, type GraphqlResult } from './graphql-replies.ts'
import type { Operation } from './offers.ts'

/** A document of GraphQL and what it is run with. */
export interface GraphqlRequest {
  readonly document: string
  readonly variables?: Readonly<Record<string, unknown>>
  /** Which of its operations to run, where it holds several. */
  readonly operationName?: string
}

/** The server's own limit for one batch, unless its operator changed it. */
const maxBatch = 10

/**
 * Documents against the whole API. What fails inside a document, a missing scope included, is a value: `errors` of the
 * result. A `Failure` is thrown for what was never run.
 */
export class Graphql {
  readonly #caller: Caller

  constructor(caller: Caller) {
    this.#caller = caller
  }

  /** A document that only reads: let through on a read-only connection when it parses as queries alone. */
  query(request: GraphqlRequest, signal: AbortSignal): Promise<GraphqlResult> {
    const call = { ...this.#call('/graphql', [request]), body: bodyOf(request) }
    return this.#caller.ask('POST /graphql', graphqlReply, call, signal)
  }

  /** A document that may change the server. */
  mutation(request: GraphqlRequest, signal: AbortSignal): Promise<GraphqlResult> {
    const call = { ...this.#call('/graphql/mutation', [request]), body: bodyOf(request) }
    return this.#caller.ask('POST /graphql/mutation', graphqlReply, call, signal)
  }

  /** Several documents in one request, at most ten; results in the same order. */
  async batch(requests: readonly GraphqlRequest[], signal: AbortSignal): Promise<readonly GraphqlResult[]> {
    if (requests.length === 0) return []
    if (requests.length > maxBatch) {
      throw new Failure({
        code: 'invalid',
        message: `A batch holds at most ${maxBatch} documents, and this one has ${requests.length}. Send them in parts.`
      })
    }
    const operation: Operation = 'POST /graphql'
    const call = { ...this.#call('/graphql', requests), body: requests.map(bodyOf) }
    const results = await this.#caller.ask(operation, graphqlBatchReply, call, signal)
    if (results.length === requests.length) return results
    throw new Failure({
      code: 'server',
      message: `The server answered ${results.length} of ${requests.length} documents and does not say which. Send them one by one.`
    })
  }

  #call(path: string, requests: readonly GraphqlRequest[]): Call {
    return { method: 'POST', path, documents: requests.map(({ document }) => document) }
  }
}

function bodyOf({ document, variables, operationName }: GraphqlRequest): object {
  return {
    query: document,
    ...(variables === undefined ? {} : { variables }),
    ...(operationName === undefined ? {} : { operationName })
  }
}
