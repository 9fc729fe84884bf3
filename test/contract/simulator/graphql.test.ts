import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { schemaOf } from '../../../src-main/simulator/graphql/schema.ts'
import { resources } from '../../../src-main/simulator/resources/resources.ts'
import { startSimulator, type Simulator } from '../../../src-main/simulator/simulator.ts'
import { supportedVersions, versionNamed } from '../../../src-main/simulator/versions/versions.ts'
import { ask, askAs, told } from './ask.ts'

interface Said {
  readonly data?: Readonly<Record<string, unknown>>
  readonly errors?: readonly { readonly message: string; readonly path?: readonly string[] }[]
}

const startMs = Date.UTC(2026, 10, 24, 10)

describe('GraphQL', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7, startMs, isFrozen: true })
  })
  afterEach(() => {
    simulator.control.undo('all')
    simulator.control.upgrade('1.5.11')
  })
  afterAll(() => simulator.close())

  const post = (body: string, headers: Readonly<Record<string, string>> = {}, path = '/graphql') => {
    const own = { 'X-Appwrite-Project': simulator.projectId, 'X-Appwrite-Key': simulator.apiKey }
    return told(
      ask(`${simulator.endpoint}${path}`, {
        method: 'POST',
        headers: { ...own, 'Content-Type': 'application/json', ...headers },
        body
      })
    )
  }
  const say = async (query: string, more: object = {}, headers: Readonly<Record<string, string>> = {}) => {
    const { status, body } = await post(JSON.stringify({ query, ...more }), headers)
    // A document's answer is an object with these.
    return { status, ...(body as Said) }
  }

  it("answers a document over REST's own handlers, with aliases, variables, fragments and directives", async () => {
    const query = `
      # What the desk asks.
      query Desk($id: String!, $withName: Boolean = false) {
        check: healthGet { ...status __typename }
        functionsGet(functionId: $id) { _id, name @include(if: $withName) ... on Function { enabled runtime @skip(if: true) } }
      }
      fragment status on HealthStatus { name ping status }`
    const { data, errors } = await say(query, { variables: { id: 'checkout-api' }, operationName: 'Desk' })
    expect({ data, errors }).toEqual({
      data: {
        check: { name: 'http', ping: 0, status: 'pass', __typename: 'HealthStatus' },
        functionsGet: { _id: 'checkout-api', enabled: true }
      },
      errors: undefined
    })
  })

  it('passes a list its queries', async () => {
    const queries = [JSON.stringify({ method: 'limit', values: [2] })]
    const query = 'query ($q: [String]) { functionsList(queries: $q) { total functions { _id } } }'
    const { data } = await say(query, { variables: { q: queries } })
    const { body } = await told(askAs(simulator, `/functions?queries[]=${encodeURIComponent(queries[0] ?? '')}`))
    const { total, functions } = body as { total: number; functions: { $id: string }[] }
    expect(data).toEqual({ functionsList: { total, functions: functions.map(({ $id }) => ({ _id: $id })) } })
  })

  it('changes something by a mutation, at both of its paths, and not by a query', async () => {
    const create = (key: string) =>
      `mutation { functionsCreateVariable(functionId: "checkout-api", key: "${key}", value: "a \\"b\\"") { _id key value } }`
    expect((await say(create('FROM_GRAPHQL'))).data).toMatchObject({
      functionsCreateVariable: { key: 'FROM_GRAPHQL', value: 'a "b"' }
    })
    const { body } = await post(JSON.stringify({ query: create('FROM_MUTATION') }), {}, '/graphql/mutation')
    expect(body).toMatchObject({ data: { functionsCreateVariable: { key: 'FROM_MUTATION' } } })
    const refused = await say(create('FROM_QUERY').replace('mutation', 'query'))
    expect(refused.errors?.[0]?.message).toBe('Cannot query field "functionsCreateVariable" on type "Query".')
    const again = await say(create('FROM_GRAPHQL'))
    expect(again).toMatchObject({
      status: 200,
      data: { functionsCreateVariable: null },
      errors: [{ path: ['functionsCreateVariable'] }]
    })
  })

  it('answers a batch in order, and one document in a batch as if it were alone', async () => {
    const one = { query: '{ healthGet { status } }' }
    const data = { data: { healthGet: { status: 'pass' } } }
    expect((await post(JSON.stringify([one, one, one]))).body).toEqual([data, data, data])
    expect((await post(JSON.stringify([one]))).body).toEqual(data)
    expect((await post(JSON.stringify({ query: [one, one] }), { 'X-SDK-GraphQL': 'true' })).body).toEqual([data, data])
    const many = await post(JSON.stringify(Array.from({ length: 11 }, () => one)))
    expect(many).toMatchObject({ status: 400, body: { type: 'graphql_too_many_queries' } })
    expect(await post('[]')).toMatchObject({ status: 400, body: { type: 'graphql_no_query' } })
  })

  it('takes raw text, a form with files and a query string', async () => {
    const data = { data: { healthGet: { status: 'pass' } } }
    const text = '{ healthGet { status } }'
    expect((await post(text, { 'Content-Type': 'application/graphql' })).body).toEqual(data)
    const form = [
      '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n',
      JSON.stringify({ query: text, variables: { file: null } }),
      '\r\n--x\r\nContent-Disposition: form-data; name="map"\r\n\r\n{}\r\n--x--\r\n'
    ].join('')
    expect((await post(form, { 'Content-Type': 'multipart/form-data; boundary=x' })).body).toEqual(data)
    const query = 'query($id:String!){functionsGet(functionId:$id){_id}}'
    const search = new URLSearchParams({ query, variables: '{"id":"checkout-api"}' })
    expect((await told(askAs(simulator, `/graphql?${search}`))).body).toEqual({
      data: { functionsGet: { _id: 'checkout-api' } }
    })
    expect(await post('<x/>', { 'Content-Type': 'text/xml' })).toMatchObject({ status: 400 })
  })

  it('refuses to change anything by GET on main only', async () => {
    const query = 'mutation { functionsDeleteVariable(functionId: "nope", variableId: "nope") { status } }'
    const get = () => told(askAs(simulator, `/graphql?${new URLSearchParams({ query })}`))
    expect(await get()).toMatchObject({ status: 200, body: { errors: [{ path: ['functionsDeleteVariable'] }] } })
    simulator.control.upgrade('main')
    expect(await get()).toMatchObject({ status: 405, body: { type: 'graphql_method_unsupported' } })
  })

  it.each([
    ['{ healthGet { status }', 'Syntax Error: Expected Name, found <EOF>'],
    ['{ healthGet }', 'Field "healthGet" of type "HealthStatus" must have a sub selection.'],
    ['{ healthGet { status { up } } }', 'Field "status" must not have a sub selection.'],
    ['{ healthGet { nope } }', 'Cannot query field "nope" on type "HealthStatus".'],
    [
      '{ functionsGet { _id } }',
      'Field "functionsGet" argument "functionId" of type "String!" is required but not provided.'
    ],
    [
      'query($a: String!) { functionsGet(functionId: $a) { _id } }',
      'Variable "$a" of required type "String!" was not provided.'
    ],
    ['{ healthGet { ...gone } }', 'Unknown fragment "gone".'],
    ['{ ...a } fragment a on Query { ...a }', 'Cannot spread fragment within itself.'],
    [
      'query A { healthGet { status } } query B { healthGet { status } }',
      'Must provide operation name if query contains multiple operations.'
    ],
    ['subscription { healthGet { status } }', 'Schema is not configured for subscriptions.'],
    ['{ healthGet { "status" } }', 'Syntax Error: Expected Name, found String "status"'],
    ['{ healthGet(a: ) { status } }', 'Syntax Error: Unexpected )'],
    ['{ healthGet { status } } ~', 'Syntax Error: Cannot parse the unexpected character "~".']
  ])('tells what is wrong with %s', async (query, message) => {
    const { status, data, errors } = await say(query)
    expect({ status, data, messages: errors?.map((error) => error.message) }).toEqual({
      status: 200,
      data: undefined,
      messages: [message]
    })
  })

  it('counts a list for as many as it may hold, and refuses what is too deep or too much', async () => {
    const many = Array.from({ length: 10 }, (_, at) => `f${at}: name`).join(' ')
    const big = await say(`{ functionsList { functions { ${many} } } }`)
    expect(big.errors?.[0]?.message).toBe('Max query complexity should be 250 but got 275.')
    const limit = JSON.stringify(JSON.stringify({ method: 'limit', values: [5] }))
    expect((await say(`{ functionsList(queries: [${limit}]) { functions { ${many} } } }`)).errors).toBeUndefined()
  })

  it('checks scope and key for each field of its own', async () => {
    const query = '{ localeGet { ip } functionsList { total } }'
    const bare = await say(query, {}, { 'X-Appwrite-Key': simulator.projects[0]?.narrowKey ?? '' })
    expect(bare).toMatchObject({
      status: 200,
      data: { localeGet: { ip: '127.0.0.1' }, functionsList: null },
      errors: [{ path: ['functionsList'], extensions: { category: 'appwrite' } }]
    })
    simulator.control.upgrade('1.9.6')
    const wrong = await say(query, {}, { 'X-Appwrite-Key': 'f'.repeat(256) })
    expect(wrong.data).toEqual({ localeGet: null, functionsList: null })
    expect(wrong.errors).toHaveLength(2)
    expect(wrong.errors?.[0]).not.toHaveProperty('extensions')
  })

  it("takes the lists of 1.5's pool checks for one status, and forgets health on main", async () => {
    const query = '{ healthGetDB { name ping status } }'
    expect((await say(query)).data).toEqual({ healthGetDB: { name: null, ping: null, status: null } })
    simulator.control.upgrade('1.9.6')
    expect((await say(query)).errors).toHaveLength(3)
    expect((await say('{ healthGetDB { total statuses { name } } }')).data).toMatchObject({ healthGetDB: { total: 2 } })
    simulator.control.upgrade('main')
    expect((await say('{ healthGet { status } }')).errors?.[0]?.message).toBe(
      'Cannot query field "healthGet" on type "Query".'
    )
  })

  it.each(supportedVersions)('has the fields of %s that its JSON has', async (version) => {
    simulator.control.upgrade(version)
    const { types, query } = schemaOf(
      resources.flatMap((resource) => resource(versionNamed(version))),
      versionNamed(version)
    )
    const ofFunction = (name: string) => `/functions/checkout-api/${name}`
    const lists = [
      ['/functions', 'Function'],
      [ofFunction('deployments'), 'Deployment'],
      [ofFunction('executions'), 'Execution'],
      [ofFunction('variables'), 'Variable'],
      ['/messaging/messages', 'Message'],
      ['/messaging/topics', 'Topic'],
      ['/health/db', 'HealthStatus'],
      ['/locale/codes', 'LocaleCode'],
      ['/locale/countries', 'Country'],
      ['/locale/countries/phones', 'Phone'],
      ['/locale/currencies', 'Currency'],
      ['/locale/languages', 'Language']
    ] as const
    for (const [path, type] of lists) {
      const { body } = await told(askAs(simulator, path))
      const rows = Object.values(body as Readonly<Record<string, unknown>>).find(Array.isArray)
      const [first] = (rows ?? []) as readonly object[]
      const wire = Object.keys(first ?? {}).map((field) => field.replace('$', '_'))
      expect([...(types.get(type)?.keys() ?? [])].sort(), type).toEqual(wire.sort())
    }
    expect([...query.keys()]).toEqual(expect.arrayContaining(['functionsList', 'functionsListExecutions', 'localeGet']))
  })
})
