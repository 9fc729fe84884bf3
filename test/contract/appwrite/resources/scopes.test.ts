import { describe, expect, it } from 'vitest'
import { featureNeeds } from '../../../../src-main/appwrite/feature-scopes.ts'
import { checkScopes } from '../../../../src-main/appwrite/scopes.ts'
import { never } from '../listener.ts'
import { projectOn, type Got, type Say } from './asking.ts'
import { wireError } from './wire.ts'

const scopeOfPath: readonly (readonly [path: RegExp, scope: string, name: string])[] = [
  [/^\/functions$/, 'functions.read', 'functions'],
  [/\/executions$/, 'execution.read', 'executions'],
  [/\/messages$/, 'messages.read', 'messages'],
  [/\/providers$/, 'providers.read', 'providers'],
  [/\/topics$/, 'topics.read', 'topics'],
  [/^\/users$/, 'users.read', 'users'],
  [/\/targets$/, 'targets.read', 'targets'],
  [/^\/locale\/continents$/, 'locale.read', 'continents']
]

/** An Appwrite whose key has these scopes: as it does, scopes are looked at before documents. */
const allowing =
  (scopes: readonly string[]): Say =>
  ({ path }: Got) => {
    if (path === '/health') return { body: { name: 'http', ping: 0, status: 'pass' } }
    const [, scope = '', name = ''] = scopeOfPath.find(([form]) => form.test(path)) ?? []
    if (!scopes.includes(scope)) {
      const message = `app.desk@service.127.0.0.1 (role: applications) missing scopes (["${scope}"])`
      return { status: 401, body: wireError(401, 'general_unauthorized_scope', message) }
    }
    if (name === 'executions') return { status: 404, body: wireError(404, 'function_not_found') }
    if (name === 'targets') return { status: 404, body: wireError(404, 'user_not_found') }
    return { body: { total: 0, [name]: [] } }
  }

const states = (found: Awaited<ReturnType<typeof checkScopes>>) =>
  Object.fromEntries(found.map(({ scope, state }) => [scope, state]))

describe('the scopes of a key', () => {
  it('are found by reading the least there is, and by nothing but reading', async () => {
    const { project, got } = await projectOn(allowing(['functions.read', 'execution.read', 'targets.read']), '1.9.6')
    expect(states(await checkScopes(project, never))).toEqual({
      'health.read': 'granted',
      graphql: 'granted',
      'functions.read': 'granted',
      'execution.read': 'granted',
      'messages.read': 'missing',
      'providers.read': 'missing',
      'topics.read': 'missing',
      'users.read': 'missing',
      'targets.read': 'granted',
      'locale.read': 'missing',
      'functions.write': 'unknown',
      'execution.write': 'unknown',
      'messages.write': 'unknown'
    })
    expect(new Set(got.map(({ method }) => method))).toEqual(new Set(['GET']))
    const lists = got.filter(({ path }) => path !== '/health' && !path.startsWith('/locale'))
    expect(lists.map(({ query }) => query.map(([, text]) => text))).toEqual(
      lists.map(() => ['{"method":"limit","values":[1]}'])
    )
  })

  it('are all unknown where the key itself is refused, though guests may read some of it', async () => {
    for (const error of [
      wireError(401, 'user_unauthorized'),
      wireError(401, 'general_unauthorized_scope', 'User (role: guests) missing scope (health.read)')
    ]) {
      const { project, got } = await projectOn(
        ({ path }) => (path === '/health' ? { status: 401, body: error } : { body: { total: 0, continents: [] } }),
        '1.5.11'
      )
      const found = await checkScopes(project, never)
      expect(new Set(found.map(({ state }) => state))).toEqual(new Set(['unknown']))
      expect(found[0]?.reason).toContain('API key')
      expect(got).toHaveLength(1)
    }
  })

  it('are unknown one by one where the server fails over a read', async () => {
    const { project } = await projectOn((got) => {
      return got.path === '/users'
        ? { status: 500, body: wireError(500, 'general_unknown') }
        : allowing(['topics.read'])(got)
    }, '1.7.5')
    expect(states(await checkScopes(project, never))).toMatchObject({
      'users.read': 'unknown',
      'topics.read': 'granted',
      'messages.read': 'missing'
    })
  })

  it('for the parts of Standby never hold a write scope for reading, and none at all for health and queues', () => {
    expect(featureNeeds.flatMap(({ toRead }) => toRead).filter((scope) => scope.endsWith('.write'))).toEqual([])
    expect(featureNeeds.filter(({ toRead }) => toRead.length === 0).map(({ feature }) => feature)).toEqual([
      'overview',
      'queues',
      'graphql'
    ])
  })
})
