import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../../src-main/simulator/simulator.ts'
import { ask } from './ask.ts'
import { answerSchema, specOf, violations } from './openapi.ts'

/** What the descriptions say that no server does (the API facts, §14), by path. */
const lies: Readonly<Record<string, readonly RegExp[]>> = {
  '1.5': [
    /^\/health\/(db|cache|queue|pubsub)\.(name|ping|status): missing$/,
    /^\/health\/(db|cache|queue|pubsub)\.(total|statuses): not described$/,
    /^\/health\/certificate\.(validFrom|validTo): integer in the place of string$/
  ],
  '1.8': [/^\/health\/certificate\.(validFrom|validTo): integer in the place of string$/]
}

/** Where only a certain host or person gets an answer. */
const queries: Readonly<Record<string, string>> = { '/health/certificate': '?domain=appwrite.example.com' }

const versions = [
  ['1.5', '1.5.11'],
  ['1.8', '1.8.1']
] as const

describe.each(versions)('the description of Appwrite %s', (series, version) => {
  const spec = specOf(series)
  const mine = /^\/(health|locale|functions|messaging)(\/|$)/
  const paths =
    spec === null ? [] : Object.keys(spec.paths).filter((path) => mine.test(path) && !path.endsWith('/download'))
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 7, version, isFrozen: true, startMs: Date.UTC(2026, 10, 24, 12) })
  })
  afterAll(() => simulator.close())

  async function send(method: string, path: string, body?: unknown, hasKey = true) {
    const reply = await ask(`${simulator.endpoint}${path}`, {
      method,
      headers: {
        'X-Appwrite-Project': simulator.projectId,
        'Content-Type': 'application/json',
        ...(hasKey ? { 'X-Appwrite-Key': simulator.apiKey } : {})
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    return { status: reply.status, body: reply.body === '' ? null : (JSON.parse(reply.body) as unknown) }
  }

  /** The id of the first of a list, for the path of one. */
  async function firstId(path: string): Promise<string> {
    const { body } = await send('GET', path)
    const [list] = Object.values(body as Readonly<Record<string, unknown>>).filter(Array.isArray)
    const [first] = (list ?? []) as readonly { readonly $id: string }[]
    return first?.$id ?? 'nothing'
  }

  async function filled(path: string): Promise<string> {
    let full = path.replace('/health/queue/failed/{name}', '/health/queue/failed/v1-functions')
    for (const part of /\{\w+\}/.exec(full) === null ? [] : [1, 2]) {
      const at = full.indexOf('{')
      if (at < 0) break
      const id = part === 1 && full.startsWith('/functions/') ? 'checkout-api' : await firstId(full.slice(0, at - 1))
      full = full.replace(/\{\w+\}/, id)
    }
    return full + (queries[path] ?? '')
  }

  const told = (path: string, found: readonly string[]) =>
    found.map((text) => `${path}${text}`).filter((text) => !(lies[series] ?? []).some((lie) => lie.test(text)))

  it.skipIf(spec === null)('is there (skipped without ../shared/api/openapi)', () => {
    expect(paths.length).toBeGreaterThan(40)
  })

  it.each(paths.filter((path) => 'get' in (spec?.paths[path] ?? {})))('fits GET %s', async (path) => {
    if (spec === null) return
    // Runtimes are for everybody, and for no key, from 1.7 on.
    const { status, body } = await send(
      'GET',
      await filled(path),
      undefined,
      path !== '/functions/runtimes' || series === '1.5'
    )
    const isOffered = status !== 404 || (body as { type: string }).type !== 'general_route_not_found'
    if (!isOffered) {
      // What Standby never asks for is not simulated.
      expect(path).toMatch(/logs$|subscribers|providers\/|topics\/|audits$/)
      return
    }
    expect(status).toBe(200)
    const schema = answerSchema(spec, 'GET', path, 200)
    expect(schema).not.toBeNull()
    expect(told(path, violations(spec, schema ?? {}, body))).toEqual([])
  })

  const writes = [
    ['POST', '/functions/{functionId}/executions', 201, { path: '/x', method: 'GET' }],
    ['POST', '/functions/{functionId}/executions', 202, { async: true }],
    ['POST', '/functions/{functionId}/variables', 201, { key: 'DESCRIBED', value: 'x' }],
    ['PUT', '/functions/{functionId}/variables/{variableId}', 200, { key: 'RENAMED' }]
  ] as const
  it.skipIf(spec === null).each(writes)('fits %s %s with %i', async (method, path, expected, sent) => {
    if (spec === null) return
    const { status, body } = await send(method, await filled(path), sent)
    expect(status).toBe(expected)
    // Of two good answers the description names one.
    const schema = answerSchema(spec, method, path, expected) ?? answerSchema(spec, method, path, 201)
    expect(schema).not.toBeNull()
    expect(told(path, violations(spec, schema ?? {}, body))).toEqual([])
  })
})
