import { execute, isMutation } from '../graphql/execute.ts'
import { schemaOf } from '../graphql/schema.ts'
import { documentsOf } from '../graphql/sent.ts'
import { ApiError } from '../http/api-error.ts'
import { ok, type Resource, type Route } from '../http/route.ts'

const mostInBatch = 10

/** GraphQL over the other resources: each field of a document is one of their calls. */
export function graphqlOver(others: readonly Resource[]): Resource {
  return (version) => {
    const schema = schemaOf(
      others.flatMap((resource) => resource(version)),
      version
    )
    const handle: Route['handle'] = ({ request, access }, world) => {
      const documents = documentsOf(request)
      if (documents.length > mostInBatch) throw new ApiError('graphql_too_many_queries')
      const answers = documents.map((sent) => {
        if (sent === null) throw new ApiError('graphql_no_query')
        if (request.method === 'GET' && version.name === 'main' && isMutation(sent)) {
          throw new ApiError('graphql_method_unsupported')
        }
        return execute(sent, schema, { request, access, world })
      })
      if (answers.length === 0) throw new ApiError('graphql_no_query')
      return ok(answers.length === 1 ? answers[0] : answers)
    }
    const route = (method: Route['method'], pattern: string): Route => ({
      method,
      pattern,
      scope: 'graphql',
      isOfFields: true,
      handle
    })
    return [route('GET', '/graphql'), route('POST', '/graphql'), route('POST', '/graphql/mutation')]
  }
}
