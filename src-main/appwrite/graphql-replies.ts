import { z } from 'zod'
import { list, text } from './fields.ts'

/** An error of one field or of the whole document. Appwrite puts no error type in: the message is all there is. */
export interface GraphqlError {
  readonly message: string
  readonly locations: readonly { readonly line: number; readonly column: number }[]
  /** The field it is about, by names and indexes; empty for an error of the document. */
  readonly path: readonly (string | number)[]
  /** `appwrite`, `graphql` or `internal`; `null` from 1.9.5 on, which does not tell. */
  readonly category: string | null
}

/** What a document came to: some fields may have failed and others not. */
export interface GraphqlResult {
  /** `null` when nothing was run. */
  readonly data: Readonly<Record<string, unknown>> | null
  readonly errors: readonly GraphqlError[]
}

const error = z
  .object({
    message: text,
    locations: list(z.object({ line: z.number(), column: z.number() })),
    path: list(z.union([z.string(), z.number()])),
    extensions: z.object({ category: z.string().optional() }).or(z.array(z.unknown())).optional()
  })
  .transform(({ message, locations, path, extensions }): GraphqlError => {
    const category = extensions === undefined || Array.isArray(extensions) ? undefined : extensions.category
    return { message, locations, path, category: category ?? null }
  })

/** An empty object is no answer: one of the two is always there. */
export const graphqlReply = z
  .object({ data: z.record(z.string(), z.unknown()).nullish(), errors: list(error) })
  .refine(({ data, errors }) => data !== undefined || errors.length > 0, { path: ['data'], message: 'missing' })
  .transform(({ data, errors }): GraphqlResult => ({ data: data ?? null, errors }))

/** A batch of one is answered as if it were none. */
export const graphqlBatchReply = z.union([
  z.array(graphqlReply),
  graphqlReply.transform((result): readonly GraphqlResult[] => [result])
])
