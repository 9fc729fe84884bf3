import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closeAfterEach, send, startAtNight } from './functions-server.ts'

closeAfterEach()

const lists = [
  '/functions',
  '/functions/checkout-api/deployments',
  '/functions/sales-report/executions',
  '/functions/checkout-api/variables',
  '/messaging/messages',
  '/messaging/topics',
  '/messaging/providers',
  '/users'
]
const writes = [
  ['POST', '/functions/checkout-api/executions'],
  ['POST', '/functions/checkout-api/variables'],
  ['PATCH', '/functions/checkout-api/deployment'],
  ['POST', '/functions/checkout-api/deployments/duplicate'],
  ['POST', '/messaging/messages/email'],
  ['POST', '/messaging/messages/push']
] as const
const names =
  'key value secret variableId body path method headers scheduledAt deploymentId messageId subject content topics targets cc attachments title badge data image priority draft'.split(
    ' '
  )
const scalar = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    'x',
    'unique()',
    'GET',
    '/',
    0,
    -1,
    1e300,
    [],
    {},
    ['a:b'],
    [null],
    'nob:nof'
  ),
  fc.string({ maxLength: 8 }),
  fc.double({ noNaN: true, noDefaultInfinity: true })
)
const query = fc.oneof(
  fc.json({ maxDepth: 3 }),
  fc
    .record(
      {
        method: fc.constantFrom(
          'equal',
          'and',
          'or',
          'between',
          'limit',
          'cursorAfter',
          'orderDesc',
          'select',
          'search',
          'isNull'
        ),
        attribute: fc.constantFrom<unknown>('$id', 'status', 'name', '$createdAt', '', 5, null, 'duration'),
        values: fc.oneof(fc.array(scalar, { maxLength: 3 }), scalar)
      },
      { requiredKeys: [] }
    )
    .map((written) => JSON.stringify(written))
)

/** What a real server may answer to nonsense; never a connection that breaks. */
const answers = [200, 201, 202, 204, 400, 404, 408, 409, 500]

describe('nonsense', () => {
  it.each(['1.5.11', '1.9.6'])('is answered by %s, in queries as in bodies', async (version) => {
    const simulator = await startAtNight({ version })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...lists), fc.array(query, { maxLength: 3 }), async (path, queries) => {
        const search = queries.map((text, at) => `queries[${at}]=${encodeURIComponent(text)}`).join('&')
        const { status, body } = await send(simulator, 'GET', `${path}?${search}`)
        expect(answers, body.slice(0, 200)).toContain(status)
        expect(body).toMatch(/^\{/)
      }),
      { numRuns: 150 }
    )
    const fields = fc.dictionary(fc.constantFrom(...names), scalar, { maxKeys: 8 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...writes), fields, async ([method, path], drawn) => {
        const { status, body } = await send(simulator, method, path, { ...drawn, async: true })
        expect(answers, body.slice(0, 200)).toContain(status)
      }),
      { numRuns: 200 }
    )
    expect((await send(simulator, 'GET', '/functions')).status).toBe(200)
  })
})
