import { request } from 'node:http'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { fieldsOf, largestBodyBytes } from '../../../src-main/simulator/http/body.ts'
import { parseQuery } from '../../../src-main/simulator/http/query.ts'
import { startSimulator, type Simulator } from '../../../src-main/simulator/simulator.ts'
import { ask, askAs, command, told } from './ask.ts'

describe('bodies', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7 })
  })
  afterEach(() => simulator.control.undo('all'))
  afterAll(() => simulator.close())
  const url = () => `${simulator.endpoint}/functions/checkout-api/variables`
  const post = (body: string, contentType: string) =>
    told(
      ask(url(), {
        method: 'POST',
        headers: {
          'X-Appwrite-Project': simulator.projectId,
          'X-Appwrite-Key': simulator.apiKey,
          'Content-Type': contentType
        },
        body
      })
    )
  const missing = { status: 400, body: { message: 'Param "key" is not optional.' } }

  it('are read as JSON and as forms, and as nothing when they are neither', async () => {
    expect(await post('{"key":"BY_JSON","value":"a b"}', 'application/json; charset=utf-8')).toMatchObject({
      status: 201,
      body: { key: 'BY_JSON', value: 'a b' }
    })
    expect(await post('key=BY_FORM&value=a+b', 'application/x-www-form-urlencoded')).toMatchObject({
      status: 201,
      body: { key: 'BY_FORM', value: 'a b' }
    })
    expect(await post('{"key":"BROKEN",', 'application/json')).toMatchObject(missing)
    expect(await post('"text"', 'application/json')).toMatchObject(missing)
    expect(await post('{"key":"UNTYPED","value":"x"}', 'text/plain')).toMatchObject(missing)
  })

  it('may be as large as 12 MiB and no larger, and the connection of one that is ends', async () => {
    const fitting = await post(' '.repeat(largestBodyBytes - 2) + '{}', 'application/json')
    expect(fitting).toMatchObject(missing)
    const large = ask(url(), { method: 'POST', body: ' '.repeat(largestBodyBytes + 1) })
    expect(await large).toMatchObject({ status: 413, headers: { Connection: 'close' } })
  })

  it('of a sender who leaves in the middle do no harm', async () => {
    await new Promise<void>((resolve) => {
      const sent = request(url(), { method: 'POST', headers: { 'Content-Length': '1000' } })
      sent.once('error', () => resolve())
      sent.write('half', () => sent.destroy())
    })
    expect((await askAs(simulator, '/health')).status).toBe(200)
  })

  it('of an answer may be missing altogether', async () => {
    const made = await post('{"key":"GONE","value":"x"}', 'application/json')
    const { $id } = made.body as { $id: string }
    const gone = await ask(`${url()}/${$id}`, {
      method: 'DELETE',
      headers: { 'X-Appwrite-Project': simulator.projectId, 'X-Appwrite-Key': simulator.apiKey }
    })
    expect({ ...gone, elapsedMs: 0, headers: gone.headers['Content-Length'] }).toEqual({
      status: 204,
      body: '',
      elapsedMs: 0,
      headers: '0'
    })
  })

  it('fields are never more than the body says', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('application/json', 'text/plain', 'multipart/form-data'),
        (text, kind) => {
          const fields = fieldsOf(Buffer.from(text), kind)
          return typeof fields === 'object' && (kind === 'application/json' || Object.keys(fields).length === 0)
        }
      )
    )
  })
})

describe('query strings', () => {
  it.each([
    ['queries[0]=a&queries[1]=b', { queries: ['a', 'b'] }],
    ['queries[]=a&queries[]=b', { queries: ['a', 'b'] }],
    ['queries%5B0%5D=a%20b', { queries: ['a b'] }],
    ['queries[0]=a&queries[0]=b', { queries: ['b'] }],
    ['a=1&a=2', { a: '2' }],
    ['a[]=1&a=2', { a: '2' }],
    ['a=1&a[]=2', { a: ['2'] }],
    ['[x]=1', { '[x]': '1' }],
    ['', {}]
  ])('are read as PHP does: %s', (text, expected) => {
    expect(Object.fromEntries(parseQuery(text))).toEqual(expected)
  })
})

describe('response formats', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7, startMs: Date.UTC(2026, 10, 24, 12), isFrozen: true })
  })
  afterAll(() => simulator.close())

  /** Fields of the first item, in a version and a format. */
  async function fields(version: string, path: string, format: string | null): Promise<readonly string[]> {
    await command(simulator, 'POST', '/version', { version })
    const headers: Record<string, string> = format === null ? {} : { 'X-Appwrite-Response-Format': format }
    const { body } = await told(askAs(simulator, path, headers))
    const list = Object.values(body as Readonly<Record<string, unknown>>).find(Array.isArray)
    return Object.keys((list as readonly object[] | undefined)?.[0] ?? {})
  }
  const executions =
    '/functions/checkout-api/executions?queries[]=%7B%22method%22%3A%22limit%22%2C%22values%22%3A%5B1%5D%7D'

  it('bring the unreleased names back to those of 1.x', async () => {
    expect(await fields('main', executions, null)).toEqual(expect.arrayContaining(['resourceId', 'resourceType']))
    const old = await fields('main', executions, '1.9.0')
    expect(old).toContain('functionId')
    expect(old).not.toContain('resourceType')
    expect(await fields('main', executions, '2.0.0')).toContain('resourceId')
  })

  it('undo only what the server itself has changed', async () => {
    const of16 = await fields('1.6.2', '/functions', '1.5.0')
    expect(of16).toEqual(await fields('1.6.2', '/functions', null))
    expect(of16).toContain('deployment')
    expect(await fields('1.8.1', '/functions', '1.5.0')).toEqual(
      expect.arrayContaining(['deployment', 'specification'])
    )
    expect(await fields('1.8.1', '/functions', '1.7.0')).toContain('deploymentId')
    const specifications = ['buildSpecification', 'runtimeSpecification']
    expect(await fields('1.9.6', '/functions', '1.9.0')).toEqual(expect.arrayContaining(specifications))
    expect(await fields('1.9.6', '/functions', '1.8.0')).toContain('specification')
  })

  it('decide whether a new variable is secret', async () => {
    const make = async (key: string, format: string) => {
      const reply = await told(
        ask(`${simulator.endpoint}/functions/checkout-api/variables`, {
          method: 'POST',
          headers: {
            'X-Appwrite-Project': simulator.projectId,
            'X-Appwrite-Key': simulator.apiKey,
            'X-Appwrite-Response-Format': format,
            'Content-Type': 'application/json'
          },
          body: JSON.stringify({ key, value: 'v', variableId: 'unique()' })
        })
      )
      return reply.body
    }
    await command(simulator, 'POST', '/version', { version: '1.9.6' })
    expect(await make('PLAIN_ONE', '1.6.0')).toMatchObject({ value: 'v' })
    expect(await make('SECRET_ONE', '1.7.0')).toMatchObject({ value: '', secret: true })
  })
})
