import { expect } from 'vitest'
import { never } from '../appwrite/listener.ts'
import type { Check } from './stage.ts'

export const graphql = {
  'POST /graphql': async ({ official, project, functionId }) => {
    const document = `{ functionsGet(functionId: "${functionId}") { _id name } localeGet { ip } }`
    const { name } = await project.functions.get(functionId, never)
    const data = { functionsGet: { _id: functionId, name }, localeGet: { ip: '127.0.0.1' } }
    expect(await official.query(document)).toEqual({ data })
    expect(await project.graphql.query({ document }, never)).toEqual({ data, errors: [] })
  },
  'POST /graphql/mutation': async ({ official, project }) => {
    const answer = await official.mutation(
      'mutation { messagingCreateEmail(messageId: "by-graphql", subject: "S", content: "C", draft: true) { _id status } }'
    )
    expect(answer).toEqual({ data: { messagingCreateEmail: { _id: 'by-graphql', status: 'draft' } } })
    expect((await project.messages.get('by-graphql', never)).content).toMatchObject({ subject: 'S', text: 'C' })
  }
} as const satisfies Readonly<Record<string, Check>>
