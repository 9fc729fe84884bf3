import { describe, expect, it } from 'vitest'
import type { ApiRequest } from '../../../src-main/appwrite/transport.ts'
import { credentials, faultFrom, listenHttp, listenRaw, never, replying } from './listener.ts'
import { listening, transportTo } from './open.ts'

const query = '{ localeGet { ip } }'
const mutation = 'mutation { functionsDelete(functionId: "a") { status } }'

type Asked = Omit<ApiRequest, 'credentials'>

const graphql = (documents: readonly string[] | undefined, more: Partial<Asked> = {}): Asked => ({
  method: 'POST',
  path: '/graphql',
  ...(documents === undefined ? {} : { documents, body: { query: documents[0] } }),
  ...more
})

const plainWrites = ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'get', 'post'].map(
  (method): Asked => ({ method: method as 'POST', path: '/functions/f/executions' }) // also what the type forbids
)

const graphqlWrites: Readonly<Record<string, Asked>> = {
  'a mutation': graphql([mutation]),
  'a mutation after a comment that looks like a query': graphql([`# ${query}\r${mutation}`]),
  'a mutation after a byte order mark': graphql([`\ufeff${mutation}`]),
  'a mutation among queries, another operation chosen': graphql([`query A ${query} ${mutation.replace('{', 'B {')}`], {
    body: { query: `query A ${query} mutation B { a }`, operationName: 'A' }
  }),
  'a mutation whose fragment comes first': graphql(['fragment F on Mutation { a } mutation { ...F }']),
  'a subscription': graphql(['subscription { a }']),
  'what does not parse': graphql(['{ a ']),
  'no document': graphql(undefined, { body: { query } }),
  'nothing at all': graphql(undefined),
  'a mutation behind the back of the documents': graphql([query], { body: { query: mutation } }),
  'a mutation in the address, a query in the body': graphql([query], { query: { query: mutation } }),
  'a batch with one mutation': graphql([query, mutation], { body: [{ query }, { query: mutation }] }),
  'a batch longer than its documents': graphql([query], { body: [{ query }, { query: mutation }] }),
  'a batch in a batch': graphql([query], { body: [[{ query: mutation }]] }),
  'the shape of the SDK': graphql([query], { body: { query: { query: mutation } } }),
  'a body of text': graphql([query], { body: mutation }),
  'a field that servers may learn to read': graphql([query], { body: { query, id: 'stored-mutation' } }),
  'a body that turns into another one as it is written': graphql([query], {
    body: { query, toJSON: () => ({ query: mutation }) }
  }),
  'a mutation by GET': { method: 'GET', path: '/graphql', query: { query: mutation }, documents: [mutation] },
  'a mutation by GET behind the back': {
    method: 'GET',
    path: '/graphql',
    query: { query: mutation },
    documents: [query]
  },
  'two documents by GET': {
    method: 'GET',
    path: '/graphql',
    query: [
      ['query', query],
      ['query', mutation]
    ],
    documents: [query]
  },
  'a list parameter by GET': { method: 'GET', path: '/graphql', query: { 'query[]': mutation }, documents: [query] },
  'GraphQL spelt otherwise': { method: 'GET', path: '/%67raphQL/mutation', query: { query: mutation } },
  'a query by PUT': graphql([query], { method: 'PUT' }),
  'a GET with a body': { method: 'GET', path: '/functions', body: { name: 'x' } }
}

const strayPaths = [
  '/health/../graphql?query=mutation{a}',
  '/health/%2e%2e/graphql',
  '/health/%252e%252e/graphql',
  '/functions/..%2fgraphql',
  '/functions/a%5c..',
  '//graphql',
  '/graphql?query=mutation{a}',
  '/graphql%3fquery=mutation',
  '/health#/graphql',
  'graphql',
  '/',
  '/./graphql',
  '/a b',
  '/a\r\nX-Evil: 1',
  '/%zz'
]

describe('a connection that is read-only', () => {
  it('refuses every write with not one connection opened, and so not one byte sent', async () => {
    const server = await listening(listenRaw((socket) => socket.end()))
    const transport = transportTo(server, { onRequest: () => expect.unreachable('counted as sent') })
    const named = [...plainWrites.map((one) => [one.method, one] as const), ...Object.entries(graphqlWrites)]
    for (const [name, request] of named) {
      const fault = await faultFrom(transport.request({ credentials, ...request }, never))
      expect(fault, name).toMatchObject({ code: 'readonly' })
    }
    expect({ connections: server.connections(), bytes: server.bytesReceived() }).toEqual({ connections: 0, bytes: 0 })
  })

  it('refuses a path that could be read as another one, armed or not', async () => {
    const server = await listening(listenRaw((socket) => socket.end()))
    const policy = { allows: () => true }
    for (const path of strayPaths) {
      for (const transport of [transportTo(server), transportTo(server, { policy })]) {
        const fault = await faultFrom(transport.request({ credentials, method: 'GET', path }, never))
        expect(fault, path).toMatchObject({ code: 'invalid' })
      }
    }
    expect(server.connections()).toBe(0)
  })

  it('sends GraphQL that only reads: one document, a batch, by GET, with operation and variables', async () => {
    const server = await listening(listenHttp(replying(200, '{"data":{}}')))
    const transport = transportTo(server, { policy: { allows: () => expect.unreachable('asked about a read') } })
    const two = `query A ${query} query B { healthGet { name } }`
    const reads: readonly Asked[] = [
      graphql([query]),
      graphql([two], { body: { query: two, operationName: 'B', variables: { search: mutation } } }),
      graphql([query, two], { body: [{ query }, { query: two, operationName: 'A' }] }),
      { method: 'GET', path: '/graphql', query: { query }, documents: [query] }
    ]
    for (const request of reads) expect((await transport.request({ credentials, ...request }, never)).status).toBe(200)
    expect(server.seen.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST', 'GET'])
  })
})

describe('a connection that is armed', () => {
  it('sends a write with its body, and its policy sees what it decides on', async () => {
    const server = await listening(listenHttp(replying(201, '{"$id":"x"}')))
    const attempts: unknown[] = []
    const policy = { allows: (attempt: unknown) => attempts.push(attempt) > 0 }
    const request = { credentials, method: 'POST', path: '/functions/f/executions', body: { async: true } } as const
    expect((await transportTo(server, { policy }).request(request, never)).status).toBe(201)
    expect(attempts).toEqual([{ method: 'POST', path: '/functions/f/executions', projectId: 'desk-test' }])
    expect(server.seen).toMatchObject([{ method: 'POST', headers: { 'content-type': 'application/json' } }])
  })

  it('gives an empty body for a reply without content', async () => {
    const server = await listening(listenHttp((_, response) => void response.writeHead(204).end()))
    const policy = { allows: () => true }
    const request = { credentials, method: 'DELETE', path: '/functions/f' } as const
    expect(await transportTo(server, { policy }).request(request, never)).toMatchObject({ status: 204, body: '' })
  })
})
