import { describe, expect, it } from 'vitest'
import { faultFrom, never } from '../listener.ts'
import { projectOn, saying } from './asking.ts'

describe('GraphQL', () => {
  const error = { message: 'app (role: applications) missing scopes (["functions.read"])', path: ['functionsList'] }

  it('gives data and errors as values', async () => {
    const body = { errors: [{ ...error, locations: [{ line: 1, column: 3 }] }], data: { functionsList: null } }
    const { project, got } = await projectOn(saying(body), '1.9.6')
    const request = { document: '{ functionsList { total } }', variables: { a: 1 }, operationName: 'x' }
    expect(await project.graphql.query(request, never)).toEqual({
      data: { functionsList: null },
      errors: [{ ...error, locations: [{ line: 1, column: 3 }], category: null }]
    })
    expect(got[0]).toMatchObject({
      path: '/graphql',
      body: { query: request.document, variables: { a: 1 }, operationName: 'x' }
    })
    const older = { errors: [{ message: 'Syntax Error', extensions: { category: 'graphql' } }] }
    const { project: on15 } = await projectOn(saying(older), '1.5.11')
    expect(await on15.graphql.mutation({ document: 'mutation {' }, never)).toEqual({
      data: null,
      errors: [{ message: 'Syntax Error', locations: [], path: [], category: 'graphql' }]
    })
  })

  it('batches answer in order, a batch of one as if it were none, and never with fewer than asked', async () => {
    const { project } = await projectOn(({ body }) => {
      const asked = body as readonly { query: string }[] // every body here is a batch
      const results = asked.map(({ query }) => ({ data: { query } }))
      return { body: asked.length === 1 ? results[0] : results.slice(0, 3) }
    }, '1.5.11')
    const documents = (count: number) => Array.from({ length: count }, (_, index) => ({ document: `{ a${index} }` }))
    expect(await project.graphql.batch(documents(0), never)).toEqual([])
    expect(await project.graphql.batch(documents(1), never)).toMatchObject([{ data: { query: '{ a0 }' } }])
    expect(await project.graphql.batch(documents(3), never)).toMatchObject([
      { data: { query: '{ a0 }' } },
      { data: { query: '{ a1 }' } },
      { data: { query: '{ a2 }' } }
    ])
    expect(await faultFrom(project.graphql.batch(documents(4), never))).toMatchObject({ code: 'server' })
  })

  it('reads pass on a read-only connection, changes do not', async () => {
    const { project, got } = await projectOn(saying({ data: {} }), '1.7.5', { policy: { allows: () => false } })
    await project.graphql.query({ document: '{ localeGet { ip } }' }, never)
    await project.graphql.batch([{ document: '{ a }' }, { document: 'query { b }' }], never).catch(() => null)
    const hidden = { document: 'mutation { functionsDelete(functionId: "a") { status } }' }
    expect(await faultFrom(project.graphql.query(hidden, never))).toMatchObject({ code: 'readonly' })
    expect(await faultFrom(project.graphql.mutation(hidden, never))).toMatchObject({ code: 'readonly' })
    expect(await faultFrom(project.graphql.batch([{ document: '{ a }' }, hidden], never))).toMatchObject({
      code: 'readonly'
    })
    expect(got).toHaveLength(2)
  })

  it('with neither data nor errors is no answer', async () => {
    const { project } = await projectOn(saying({}), '1.5.11')
    expect(await faultFrom(project.graphql.query({ document: '{ a }' }, never))).toMatchObject({ code: 'server' })
  })
})
