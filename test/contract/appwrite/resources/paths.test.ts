import { describe, expect, it } from 'vitest'
import {
  executionAttributes,
  functionAttributes,
  messageAttributes,
  userAttributes
} from '../../../../src-main/appwrite/attributes.ts'
import { Caller } from '../../../../src-main/appwrite/caller.ts'
import { ProjectClient } from '../../../../src-main/appwrite/project-client.ts'
import { query } from '../../../../src-main/appwrite/queries.ts'
import { Transport } from '../../../../src-main/appwrite/transport.ts'
import { apiKey, credentials, faultFrom, never } from '../listener.ts'
import { projectOn, type Got, type Say } from './asking.ts'
import { wireDeployment, wireError, wireExecution, wireFunction, wireMessage, wireVariable } from './wire.ts'

/** Says something that fits every call of these tests. */
const fitting: Say = ({ method, path }) => {
  if (path.endsWith('/runtimes')) return { body: { total: 0, runtimes: [] } }
  if (path.endsWith('/specifications')) return { body: { total: 0, specifications: [] } }
  if (path.startsWith('/messaging')) return { status: 201, body: wireMessage() }
  if (/\/deployment$|\/functions\/[^/]+$/.test(path) || (method === 'PATCH' && /\/deployments\/[^/]+$/.test(path))) {
    return { body: wireFunction() }
  }
  if (path.endsWith('/executions')) {
    return method === 'POST'
      ? { status: 202, body: wireExecution({ status: 'waiting' }) }
      : { body: { total: 1, executions: [wireExecution()] } }
  }
  if (path.includes('/executions/')) return { body: wireExecution() }
  if (path.endsWith('/variables')) {
    return method === 'POST'
      ? { status: 201, body: wireVariable() }
      : { body: { total: 1, variables: [wireVariable()] } }
  }
  if (path.includes('/variables/')) return { body: wireVariable() }
  if (path.endsWith('/deployments')) return { body: { total: 1, deployments: [wireDeployment()] } }
  if (/\/deployments\/.*(builds|build|duplicate)/.test(path) && method === 'POST') return { status: 204 }
  return { body: wireDeployment() }
}

const line = ({ method, path, format }: Got): string => `${method} ${path} ${format}`

const versions = [null, '1.5.11', '1.6.1', '1.6.2', '1.7.5', '1.8.1', '1.9.6', 'main'] as const

/** The same for every version, by what `of` makes of it. */
const perVersion = (of: (version: (typeof versions)[number]) => unknown) =>
  Object.fromEntries(versions.map((version) => [String(version), of(version)]))

describe('paths and formats', () => {
  it('of functions follow the version of the server', async () => {
    const seen: Record<string, unknown> = {}
    for (const version of versions) {
      const { project, got } = await projectOn(fitting, version)
      await project.functions.get('resize', never)
      await project.executions.get('resize', 'e1', never)
      await project.variables.get('resize', 'v1', never)
      await project.deployments.get('resize', 'd1', never)
      seen[String(version)] = [...new Set(got.map(({ format }) => format))]
    }
    expect(seen).toEqual({
      null: ['1.5.0'],
      '1.5.11': ['1.5.0'],
      '1.6.1': ['1.6.0'],
      '1.6.2': ['1.6.0'],
      '1.7.5': ['1.7.0'],
      '1.8.1': ['1.7.0'],
      '1.9.6': ['1.9.0'],
      main: ['1.9.0']
    })
  })

  it('to activate: the old path until 1.7, its own one since; the deployment is looked at first', async () => {
    const seen: Record<string, unknown> = {}
    for (const version of versions) {
      const { project, got } = await projectOn(fitting, version)
      expect((await project.deployments.activate('resize', 'd1', never)).id).toBe('resize')
      expect(got[0]).toMatchObject({ method: 'GET', path: '/functions/resize/deployments/d1' })
      seen[String(version)] = [got[1]?.method, got[1]?.path, got[1]?.body]
    }
    const old = ['PATCH', '/functions/resize/deployments/d1', null]
    const own = ['PATCH', '/functions/resize/deployment', { deploymentId: 'd1' }]
    expect(seen).toEqual(
      perVersion((version) => (version === null || version.startsWith('1.5') || version.startsWith('1.6') ? old : own))
    )
  })

  it('to retry a build: by the build on 1.5, of the deployment on 1.6, as a duplicate since', async () => {
    const seen: Record<string, unknown> = {}
    for (const version of versions) {
      const { project, got } = await projectOn(fitting, version)
      await project.deployments.retryBuild('resize', 'd1', never)
      const { path, body } = got.find(({ method }) => method === 'POST') ?? {}
      seen[String(version)] = [path, body]
    }
    const old = ['/functions/resize/deployments/d1/builds/b1', null]
    const middle = ['/functions/resize/deployments/d1/build', {}]
    const own = ['/functions/resize/deployments/duplicate', { deploymentId: 'd1' }]
    expect(seen).toEqual(
      perVersion((version) => {
        if (version === null || version.startsWith('1.5')) return old
        return version.startsWith('1.6') ? middle : own
      })
    )
  })

  it('to cancel a build: refused on 1.5, by the build on 1.6 and where the version is unknown, by the status since', async () => {
    const seen: Record<string, unknown> = {}
    for (const version of versions) {
      const { project, got } = await projectOn(fitting, version)
      if (version === '1.5.11') {
        expect(await faultFrom(project.deployments.cancelBuild('resize', 'd1', never))).toMatchObject({
          code: 'unsupported'
        })
      } else await project.deployments.cancelBuild('resize', 'd1', never)
      seen[String(version)] = got.map(({ method, path }) => `${method} ${path.replace('/functions/resize', '')}`)
    }
    expect(seen).toEqual({
      null: ['GET /deployments/d1', 'PATCH /deployments/d1/build'],
      '1.5.11': [],
      '1.6.1': ['GET /deployments/d1', 'PATCH /deployments/d1/build'],
      '1.6.2': ['GET /deployments/d1', 'PATCH /deployments/d1/build'],
      '1.7.5': ['PATCH /deployments/d1/status'],
      '1.8.1': ['PATCH /deployments/d1/status'],
      '1.9.6': ['PATCH /deployments/d1/status'],
      main: ['PATCH /deployments/d1/status']
    })
  })

  it('of a new variable: whether it is secret is said from 1.7 on, its id from 1.9.5 on', async () => {
    const seen: Record<string, unknown> = {}
    for (const version of versions) {
      const { project, got } = await projectOn(fitting, version)
      await project.variables.create('resize', { key: 'A', value: 'b', isSecret: false }, never)
      seen[String(version)] = got[0]?.body
    }
    const plain = { key: 'A', value: 'b' }
    const since17 = { ...plain, secret: false }
    const since195 = { ...since17, variableId: 'unique()' }
    expect(seen).toEqual({
      null: plain,
      '1.5.11': plain,
      '1.6.1': plain,
      '1.6.2': plain,
      '1.7.5': since17,
      '1.8.1': since17,
      '1.9.6': since195,
      main: since195
    })
  })

  it('of a changed variable: only what changes, its key always', async () => {
    const { project, got } = await projectOn(fitting, '1.9.6')
    await project.variables.update('resize', 'v1', { key: 'A' }, never)
    await project.variables.update('resize', 'v1', { key: 'A', value: '', isSecret: true }, never)
    expect(got.map(({ method, body }) => [method, body])).toEqual([
      ['PUT', { key: 'A' }],
      ['PUT', { key: 'A', value: '', secret: true }]
    ])
  })

  it('of variables: one request before 1.9.5, pages of a hundred since', async () => {
    for (const [version, queries] of [
      ['1.9.0', 0],
      ['1.9.6', 2]
    ] as const) {
      const { project, got } = await projectOn(fitting, version)
      expect(await project.variables.list('resize', never)).toHaveLength(1)
      expect(got.map(({ query }) => query.length)).toEqual([queries])
    }
  })

  it('of runtimes: with the key before 1.7, without it since, and both where the version is unknown', async () => {
    const keys: Record<string, unknown> = {}
    for (const version of versions) {
      const { project, got } = await projectOn(
        (asked) =>
          version === null && asked.apiKey !== null
            ? { status: 401, body: wireError(401, 'general_unauthorized_scope') }
            : fitting(asked),
        version
      )
      await project.functions.runtimes(never)
      keys[String(version)] = got.map((one) => one.apiKey === apiKey)
    }
    expect(keys).toEqual({
      null: [true, false],
      '1.5.11': [true],
      '1.6.1': [true],
      '1.6.2': [true],
      '1.7.5': [false],
      '1.8.1': [false],
      '1.9.6': [false],
      main: [false]
    })
  })

  it('of a list: queries are numbered, a search stands by itself', async () => {
    const { project, got } = await projectOn(fitting, '1.5.11')
    const failed = query(executionAttributes).equal('status', ['failed']).limit(1)
    await project.executions.list('resize', { query: failed, search: 'timed out' }, never)
    expect(got.map(line)).toEqual(['GET /functions/resize/executions 1.5.0'])
    expect(got[0]?.query).toEqual([
      ['queries[0]', '{"method":"equal","attribute":"status","values":["failed"]}'],
      ['queries[1]', '{"method":"limit","values":[1]}'],
      ['search', 'timed out']
    ])
  })

  it('of a run: waiting, queued or at a time, everything said', async () => {
    const { project, got } = await projectOn(fitting, '1.8.1')
    const { executions } = project
    await executions.create(
      'resize',
      { mode: 'sync', method: 'POST', path: '/a?b=c', headers: { 'x-a': '1' }, body: 'x' },
      never
    )
    await executions.create('resize', { mode: 'async', method: 'HEAD', path: '/' }, never)
    const atMs = Date.UTC(2026, 11, 24, 18)
    await executions.create('resize', { mode: 'scheduled', method: 'GET', path: '/', atMs }, never)
    expect(got.map(({ body }) => body)).toEqual([
      { method: 'POST', path: '/a?b=c', headers: { 'x-a': '1' }, body: 'x', async: false },
      { method: 'HEAD', path: '/', headers: {}, body: '', async: true },
      { method: 'GET', path: '/', headers: {}, body: '', async: true, scheduledAt: '2026-12-24T18:00:00.000+00:00' }
    ])
  })

  it('of messages: the badge is text on 1.5 and a number since, a time comes with “no draft”', async () => {
    const { project: old, got: oldGot } = await projectOn(fitting, '1.5.11')
    const { project, got } = await projectOn(fitting, '1.6.1')
    const push = { id: 'p1', title: 'T', body: 'B', badge: 3, topics: ['ops'], when: 'now' } as const
    await old.messages.createPush(push, never)
    await project.messages.createPush({ ...push, priority: 'high', isCritical: true }, never)
    const common = { messageId: 'p1', title: 'T', body: 'B', topics: ['ops'], draft: false }
    expect(oldGot[0]?.body).toEqual({ ...common, badge: '3' })
    expect(got[0]?.body).toEqual({ ...common, badge: 3, priority: 'high', critical: true })
    await project.messages.createEmail(
      {
        subject: 'S',
        content: '<b>C</b>',
        isHtml: true,
        users: ['u1'],
        attachments: [{ bucketId: 'b', fileId: 'f' }],
        when: { atMs: 0 }
      },
      never
    )
    expect(got[1]?.body).toEqual({
      messageId: 'unique()',
      subject: 'S',
      content: '<b>C</b>',
      html: true,
      users: ['u1'],
      attachments: ['b:f'],
      draft: false,
      scheduledAt: '1970-01-01T00:00:00.000+00:00'
    })
    await project.messages.updateEmail('m1', { subject: 'S2' }, never)
    expect(got[2]).toMatchObject({ method: 'PATCH', path: '/messaging/messages/email/m1', body: { subject: 'S2' } })
  })
})

describe('nothing is sent', () => {
  const run = { mode: 'async', method: 'GET', path: '/' } as const

  it.each([
    ['specifications before 1.6', '1.5.11', 'unsupported'],
    ['a deleted execution before 1.6', '1.5.11', 'unsupported'],
    ['a scheduled run before 1.6', '1.5.11', 'unsupported'],
    ['a HEAD run before 1.8', '1.7.5', 'unsupported'],
    ['a secret variable before 1.7', '1.6.2', 'unsupported'],
    ['a secret variable on an unknown version', null, 'unsupported'],
    ['a variable’s own id before 1.9.5', '1.9.0', 'unsupported'],
    ['a search in executions from 1.7 on', '1.7.0', 'unsupported'],
    ['a search in executions on an unknown version', null, 'unsupported'],
    ['a search in deployments from 1.7 on', '1.9.6', 'unsupported'],
    ['usage after 1.9.6', 'main', 'unsupported'],
    ['a badge on an unknown version', null, 'unsupported'],
    ['a priority on 1.5', '1.5.11', 'unsupported'],
    ['a reserved header', '1.9.6', 'invalid'],
    ['a header with an underscore', '1.9.6', 'invalid'],
    ['a path too long', '1.9.6', 'invalid'],
    ['a message to nobody', '1.9.6', 'invalid'],
    ['an id that is a path', '1.9.6', 'invalid'],
    ['an empty id', '1.9.6', 'invalid'],
    ['a batch of eleven', '1.9.6', 'invalid']
  ] as const)('for %s (%s)', async (what, version, code) => {
    const { project, got } = await projectOn(fitting, version)
    const { executions, functions, variables, deployments, messages, graphql } = project
    const secret = { key: 'A', value: 'b', isSecret: true }
    const push = { title: 'T', body: 'B', topics: ['ops'], when: 'now' } as const
    const doing: Readonly<Record<string, () => Promise<unknown>>> = {
      'specifications before 1.6': () => functions.specifications(never),
      'a deleted execution before 1.6': () => executions.delete('resize', 'e1', never),
      'a scheduled run before 1.6': () => executions.create('resize', { ...run, mode: 'scheduled', atMs: 0 }, never),
      'a HEAD run before 1.8': () => executions.create('resize', { ...run, method: 'HEAD' }, never),
      'a secret variable before 1.7': () => variables.create('resize', secret, never),
      'a secret variable on an unknown version': () => variables.create('resize', secret, never),
      'a variable’s own id before 1.9.5': () =>
        variables.create('resize', { ...secret, isSecret: false, id: 'own' }, never),
      'a search in executions from 1.7 on': () => executions.list('resize', { search: 'x' }, never),
      'a search in executions on an unknown version': () => executions.list('resize', { search: 'x' }, never),
      'a search in deployments from 1.7 on': () => deployments.list('resize', { search: 'x' }, never),
      'usage after 1.9.6': () => functions.usageOfAll('24h', never),
      'a badge on an unknown version': () => messages.createPush({ ...push, badge: 1 }, never),
      'a priority on 1.5': () => messages.createPush({ ...push, priority: 'high' }, never),
      'a reserved header': () => executions.create('resize', { ...run, headers: { 'X-Appwrite-Foo': '1' } }, never),
      'a header with an underscore': () => executions.create('resize', { ...run, headers: { a_b: '1' } }, never),
      'a path too long': () => executions.create('resize', { ...run, path: `/${'x'.repeat(2048)}` }, never),
      'a message to nobody': () => messages.createEmail({ subject: 'S', content: 'C', when: 'now' }, never),
      'an id that is a path': () => functions.get('../health', never),
      'an empty id': () => deployments.get('resize', '', never),
      'a batch of eleven': () =>
        graphql.batch(
          Array.from({ length: 11 }, () => ({ document: '{ localeGet { ip } }' })),
          never
        )
    }
    const fault = await faultFrom(doing[what]?.() ?? Promise.resolve())
    expect(fault).toMatchObject({ code })
    expect(got).toEqual([])
  })

  it('to activate another function’s deployment', async () => {
    const { project, got } = await projectOn(() => ({ body: wireDeployment({ resourceId: 'other' }) }), '1.9.6')
    const fault = await faultFrom(project.deployments.activate('resize', 'd1', never))
    expect(fault).toMatchObject({ code: 'invalid', field: 'deploymentId' })
    expect(fault.message).toContain('“other”')
    expect(got.map(({ method }) => method)).toEqual(['GET'])
  })

  it('and what is thrown before sending is thrown as a rejection', async () => {
    const { functions, messages, recipients } = new ProjectClient(
      new Caller({ transport: new Transport({ endpoint: 'http://127.0.0.1:9/v1' }), credentials, version: null })
    )
    const long = 'x'.repeat(5000)
    const asked = [
      () => functions.list({ query: query(functionAttributes).equal('name', [long]) }, never),
      () => messages.list({ query: query(messageAttributes).equal('status', [long]) }, never),
      () => recipients.users({ query: query(userAttributes).equal('name', [long]) }, never)
    ]
    // Each is called before any is awaited: one that throws right away fails here.
    for (const promise of asked.map((ask) => ask())) expect(await faultFrom(promise)).toMatchObject({ code: 'invalid' })
  })

  it('by an attribute the version does not take', async () => {
    const { project, got } = await projectOn(fitting, '1.5.11')
    const byPath = query(executionAttributes).equal('requestPath', ['/'])
    expect(await faultFrom(project.executions.list('resize', { query: byPath }, never))).toMatchObject({
      code: 'unsupported'
    })
    const byDeployment = query(functionAttributes).equal('deploymentId', ['d1'])
    expect(await faultFrom(project.functions.list({ query: byDeployment }, never))).toMatchObject({ code: 'server' })
    expect(got.map(({ query }) => query[0]?.[1])).toEqual([
      '{"method":"equal","attribute":"deployment","values":["d1"]}'
    ])
  })
})
