import { describe, expect, it } from 'vitest'
import { executionAttributes } from '../../../../src-main/appwrite/attributes.ts'
import { query } from '../../../../src-main/appwrite/queries.ts'
import { apiKey, faultFrom, never } from '../listener.ts'
import { projectOn, type Got } from './asking.ts'
import { fitting } from './fitting.ts'
import { wireError } from './wire.ts'

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
