import { describe, expect, it } from 'vitest'
import { failsFrom, isPresumedFailed } from '../../../../src-main/appwrite/execution-run.ts'
import { apiKey, faultFrom, never } from '../listener.ts'
import { projectOn, version, type Say } from './asking.ts'
import {
  wireDeployment,
  wireError,
  wireExecution,
  wireFunction,
  wireMessage,
  wireProvider,
  wireTarget,
  wireTopic,
  wireUser,
  wireVariable
} from './wire.ts'

const saying =
  (body: unknown, status = 200): Say =>
  () => ({ status, body })
const createdAtMs = Date.UTC(2026, 10, 24, 8, 0, 0, 123)
const updatedAtMs = Date.UTC(2026, 10, 24, 8, 0, 1)

describe('a function', () => {
  it('of 1.5 comes out with what 1.5 tells, and without the values of its variables', async () => {
    const { project } = await projectOn(saying(wireFunction()), '1.5.11')
    const found = await project.functions.get('resize', never)
    expect(found).toEqual({
      id: 'resize',
      name: 'Resize',
      createdAtMs,
      updatedAtMs,
      runtime: 'node-18.0',
      isEnabled: true,
      isLive: false,
      isLogging: true,
      execute: ['any'],
      events: [],
      schedule: null,
      timeoutMs: 15_000,
      entrypoint: 'index.js',
      commands: 'npm ci',
      version: 'v4',
      deploymentId: 'd1',
      latestDeployment: null,
      variableKeys: ['TOKEN'],
      scopes: null,
      specification: null,
      repository: null
    })
    expect(JSON.stringify(found)).not.toContain('hunter2')
  })

  it('of later versions is the same model with more in it', async () => {
    const later = wireFunction({
      deployment: undefined,
      deploymentId: '',
      latestDeploymentId: 'd2',
      latestDeploymentCreatedAt: '2026-11-24T08:00:00.123+00:00',
      latestDeploymentStatus: 'failed',
      schedule: '*/5 * * * *',
      scopes: ['users.read'],
      buildSpecification: 's-2vcpu-2gb',
      runtimeSpecification: 's-1vcpu-512mb',
      providerRepositoryId: 'r1',
      installationId: 'i1',
      providerBranch: 'main',
      whatIsNotKnownYet: { deep: [1] }
    })
    const { project } = await projectOn(saying(later), '1.9.6')
    expect(await project.functions.get('resize', never)).toMatchObject({
      deploymentId: null,
      latestDeployment: { id: 'd2', createdAtMs, status: 'failed' },
      schedule: '*/5 * * * *',
      scopes: ['users.read'],
      specification: { build: 's-2vcpu-2gb', run: 's-1vcpu-512mb' },
      repository: { id: 'r1', installationId: 'i1', branch: 'main', rootDirectory: '' }
    })
    const { project: older } = await projectOn(saying(wireFunction({ specification: 's-1' })), '1.6.1')
    expect((await older.functions.get('resize', never)).specification).toEqual({ build: 's-1', run: 's-1' })
  })

  it.each([
    ['enabled', 'yes'],
    ['$createdAt', 'yesterday'],
    ['timeout', -1],
    ['vars', 'none'],
    ['$id', '']
  ])('that does not fit is no function: %s is %s', async (name, value) => {
    const { project } = await projectOn(saying(wireFunction({ [name]: value })), '1.5.11')
    const fault = await faultFrom(project.functions.get('resize', never))
    expect(fault.code).toBe('server')
    expect(fault.message).toContain(`“${name}”`)
  })

  it('list tells how many there are, and that Appwrite stops counting', async () => {
    const { project } = await projectOn(saying({ total: 5000, functions: [wireFunction()] }), '1.5.11')
    const { total, isTotalCapped, items } = await project.functions.list({}, never)
    expect([total, isTotalCapped, items.length]).toEqual([5000, true, 1])
  })

  it('usage puts each total beside its course', async () => {
    const point = [{ value: 2, date: '2026-11-24T08:00:00.123+00:00' }]
    const measures = 'deployments deploymentsStorage builds buildsStorage buildsTime buildsMbSeconds executions '
    const names = `${measures}executionsTime executionsMbSeconds`.split(' ')
    const wire = Object.fromEntries(
      names.flatMap((name): [string, unknown][] => [
        [name, point],
        [`${name}Total`, 3]
      ])
    )
    const { project } = await projectOn(saying({ range: '24h', ...wire }), '1.6.1')
    const usage = await project.functions.usage('resize', '24h', never)
    expect(usage.executionsTime).toEqual({ total: 3, series: [{ atMs: createdAtMs, value: 2 }] })
    expect([usage.functionsTotal, usage.buildsFailed]).toEqual([null, null])
    const more = { ...wire, range: '90d', functionsTotal: 4, buildsFailedTotal: 1, buildsFailed: point }
    const { project: newer } = await projectOn(saying(more), '1.7.5')
    expect(await newer.functions.usageOfAll('90d', never)).toMatchObject({
      functionsTotal: 4,
      buildsFailed: { total: 1, series: [{ atMs: createdAtMs, value: 2 }] }
    })
  })
})

describe('a deployment', () => {
  it('is one model under old and new names', async () => {
    const expected = {
      id: 'd1',
      functionId: 'resize',
      createdAtMs,
      updatedAtMs,
      type: 'manual',
      entrypoint: 'index.js',
      status: 'ready',
      buildLogs: '\u001b[32mDone.',
      buildMs: 3000,
      buildId: 'b1',
      isActivatedWhenReady: true,
      sourceBytes: 191,
      buildBytes: null,
      commit: null
    }
    const { project } = await projectOn(saying(wireDeployment()), '1.5.11')
    expect(await project.deployments.get('resize', 'd1', never)).toEqual(expected)
    const renamed = wireDeployment({
      size: undefined,
      sourceSize: 191,
      buildSize: 7,
      totalSize: 198,
      buildTime: undefined,
      buildDuration: 3,
      buildId: '',
      providerCommitHash: 'abc',
      providerCommitMessage: 'Fix\n\nit',
      providerRepositoryOwner: 'us',
      providerRepositoryName: 'shop'
    })
    const { project: newer } = await projectOn(saying(renamed), '1.9.6')
    expect(await newer.deployments.get('resize', 'd1', never)).toEqual({
      ...expected,
      buildId: null,
      buildBytes: 7,
      commit: { hash: 'abc', message: 'Fix\n\nit', author: '', url: '', branch: '', repository: 'us/shop' }
    })
  })

  it.each([
    ['', 'waiting'],
    ['canceled', 'canceled'],
    ['finalizing', 'unknown']
  ])('with the status “%s” is %s', async (status, expected) => {
    const { project } = await projectOn(saying(wireDeployment({ status })), '1.9.6')
    expect((await project.deployments.get('resize', 'd1', never)).status).toBe(expected)
  })

  it('built again on 1.5 is found among the newest; a stranger’s is not taken for it', async () => {
    const later = { $createdAt: '2026-11-24T09:00:00.000+00:00', status: 'processing', buildId: '' }
    const retried = async (added: readonly object[]) => {
      let isSent = false
      const { project } = await projectOn(({ method, path }) => {
        if (method === 'POST') {
          isSent = true
          return { status: 204 }
        }
        if (!path.endsWith('/deployments')) return { body: wireDeployment() }
        const deployments = [...(isSent ? added : []), wireDeployment()]
        return { body: { total: deployments.length, deployments } }
      }, '1.5.11')
      return (await project.deployments.retryBuild('resize', 'd1', never))?.id
    }
    const own = wireDeployment({ $id: 'd2', ...later })
    const other = wireDeployment({ $id: 'd3', ...later, type: 'vcs', providerCommitHash: 'abc' })
    const twin = wireDeployment({ $id: 'd4', ...later })
    expect(await retried([own])).toBe('d2')
    expect(await retried([other, own])).toBe('d2')
    expect(await retried([twin, own])).toBeUndefined()
    expect(await retried([])).toBeUndefined()
    // What was further down moves up when others are deleted meanwhile.
    expect(await retried([own, wireDeployment({ $id: 'd0', $createdAt: '2026-11-01T00:00:00.000+00:00' })])).toBe('d2')
  })

  it('built again is under way, also when it cannot be looked for any more', async () => {
    let isSent = false
    const { project } = await projectOn(({ method, path }) => {
      if (method === 'POST') {
        isSent = true
        return { status: 204 }
      }
      if (!path.endsWith('/deployments')) return { body: wireDeployment() }
      return isSent
        ? { status: 404, body: wireError(404, 'function_not_found') }
        : { body: { total: 0, deployments: [] } }
    }, '1.5.11')
    expect(await project.deployments.retryBuild('resize', 'd1', never)).toBeNull()
  })

  it('built again on 1.7 is in the reply', async () => {
    const { project } = await projectOn(
      ({ method, path }) =>
        method === 'POST'
          ? { status: 202, body: wireDeployment({ $id: 'd2', status: 'waiting' }) }
          : { body: path.endsWith('/deployments') ? { total: 0, deployments: [] } : wireDeployment() },
      '1.7.5'
    )
    expect(await project.deployments.retryBuild('resize', 'd1', never)).toMatchObject({ id: 'd2', status: 'waiting' })
  })

  it('whose build is cancelled on 1.6, which answers with the build, has the status of that', async () => {
    const build = { $id: 'b1', deploymentId: 'd1', status: 'canceled', stdout: '', stderr: '', duration: 1, size: 0 }
    const { project } = await projectOn(
      ({ method }) => ({ body: method === 'PATCH' ? build : wireDeployment({ status: 'building' }) }),
      '1.6.1'
    )
    expect(await project.deployments.cancelBuild('resize', 'd1', never)).toMatchObject({ id: 'd1', status: 'canceled' })
  })
})

describe('an execution', () => {
  it('is one model under old and new names', async () => {
    const expected = {
      id: 'e1',
      functionId: 'resize',
      deploymentId: null,
      createdAtMs,
      updatedAtMs,
      trigger: 'http',
      status: 'completed',
      requestMethod: 'POST',
      requestPath: '/echo?x=1',
      requestHeaders: [{ name: 'content-type', value: 'application/json' }],
      responseStatusCode: 200,
      responseBody: '',
      responseHeaders: [],
      logs: 'one\ntwo',
      errors: '',
      durationMs: 42,
      scheduledAtMs: null
    }
    const { project } = await projectOn(saying(wireExecution()), '1.5.11')
    expect(await project.executions.get('resize', 'e1', never)).toEqual(expected)
    const renamed = wireExecution({
      functionId: undefined,
      resourceId: 'resize',
      resourceType: 'functions',
      deploymentId: 'd1',
      status: 'scheduled',
      trigger: 'schedule',
      scheduledAt: '2026-11-24T08:00:01.000+00:00'
    })
    const { project: newer } = await projectOn(saying(renamed), 'main')
    expect(await newer.executions.get('resize', 'e1', never)).toEqual({
      ...expected,
      deploymentId: 'd1',
      status: 'scheduled',
      trigger: 'schedule',
      scheduledAtMs: updatedAtMs
    })
    const { project: neither } = await projectOn(saying(wireExecution({ functionId: undefined })), 'main')
    expect((await faultFrom(neither.executions.get('resize', 'e1', never))).message).toContain('“functionId”')
  })

  it('keeps its logs as they are, but for the key', async () => {
    const logs = `\u001b[31mred\r\n\u0000 ${apiKey} ü 日本 ${'x'.repeat(1_000_000)}`
    const { project } = await projectOn(saying(wireExecution({ logs })), '1.5.11')
    const { logs: shown } = await project.executions.get('resize', 'e1', never)
    expect(shown).toBe(logs.replace(apiKey, '[API key]'))
  })

  it('fails from another status on before 1.6 than since, and may only be presumed to', async () => {
    expect(['1.5.11', '1.6.0', '1.9.6'].map((text) => failsFrom(version(text)))).toEqual([400, 500, 500])
    expect(failsFrom(null)).toBeNull()
    const { project } = await projectOn(saying(wireExecution({ status: 'failed', responseStatusCode: 0 })), '1.9.6')
    expect(isPresumedFailed(await project.executions.get('resize', 'e1', never))).toBe(true)
  })

  it('whose creation was lost on the way is found by time, others’ kinds left out', async () => {
    const executions = [
      wireExecution({ $id: 'e3' }),
      wireExecution({ $id: 'e2', trigger: 'event' }),
      wireExecution({ $id: 'e1', trigger: 'schedule', status: 'scheduled' })
    ]
    const { project, got } = await projectOn(saying({ total: 3, executions }), '1.7.5')
    const found = await project.executions.since('resize', createdAtMs, never)
    expect(found.map(({ id }) => id)).toEqual(['e3', 'e1'])
    expect(got[0]?.query[0]?.[1]).toBe(
      '{"method":"greaterThanEqual","attribute":"$createdAt","values":["2026-11-24T08:00:00.123+00:00"]}'
    )
  })
})

describe('a variable', () => {
  it('is read with its value, unless it is secret', async () => {
    const variables = [wireVariable(), wireVariable({ $id: 'v2', secret: true, value: '' })]
    const { project } = await projectOn(saying({ total: 2, variables }), '1.7.5')
    const common = { createdAtMs, updatedAtMs, key: 'TOKEN', resourceId: 'resize', isWithheld: false }
    expect(await project.variables.list('resize', never)).toEqual([
      { ...common, id: 'v1', value: 'hunter2', isSecret: false },
      { ...common, id: 'v2', value: null, isSecret: true }
    ])
  })

  it('that holds the key Standby asks with is withheld, never shown masked as if that were its value', async () => {
    const { project } = await projectOn(saying(wireVariable({ value: `Bearer ${apiKey}` })), '1.5.11')
    expect(await project.variables.get('resize', 'v1', never)).toMatchObject({ value: null, isWithheld: true })
  })

  it('never stands in a fault, whatever the server says about it', async () => {
    const value = 'correct horse battery staple'
    const echo = wireError(400, 'general_argument_invalid', `Invalid value: ${value}`)
    for (const say of [saying(echo, 400), saying({ ...echo, message: `<b>${value}</b>` }, 500), saying(value, 502)]) {
      const { project } = await projectOn(say, '1.7.5')
      const created = await faultFrom(project.variables.create('resize', { key: 'A', value, isSecret: true }, never))
      const changed = await faultFrom(project.variables.update('resize', 'v1', { key: 'A', value }, never))
      expect(JSON.stringify([created, changed])).not.toContain(value)
    }
  })

  it.each(['1.9.6', null])('list is walked to its end: %s', async (name) => {
    const all = Array.from({ length: 131 }, (_, index) =>
      wireVariable({ $id: `v${index}`, $createdAt: new Date(createdAtMs + index).toISOString() })
    )
    const { project, got } = await projectOn(({ query }) => {
      const texts = query.map(([, text]) => JSON.parse(text) as { method: string; values: string[] })
      const cursor = texts.find(({ method }) => method === 'cursorAfter')?.values[0]
      const start = all.findIndex(({ $id }) => $id === cursor) + 1
      const size = texts.length === 0 ? 25 : 100
      return { body: { total: all.length, variables: all.slice(start, start + size) } }
    }, name)
    expect((await project.variables.list('resize', never)).map(({ id }) => id)).toEqual(all.map(({ $id }) => $id))
    expect(got).toHaveLength(name === null ? 3 : 2)
  })
})

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

describe('a message', () => {
  const base = {
    id: 'm1',
    createdAtMs,
    updatedAtMs,
    topics: ['ops'],
    users: [],
    targets: [],
    scheduledAtMs: null,
    deliveredAtMs: null,
    deliveryErrors: [],
    deliveredTotal: 0,
    status: 'draft'
  }

  it('is an email, a push or something else', async () => {
    const push = { title: 'T', body: 'B', data: { a: 'b' }, badge: 1, priority: 'high' }
    const messages = [
      wireMessage(),
      wireMessage({ providerType: 'push', data: push }),
      wireMessage({ providerType: 'push', data: { ...push, badge: '1', data: [], priority: undefined } }),
      wireMessage({ providerType: 'sms', data: { content: 'C' }, deliveryErrors: null, status: 'sent' }),
      wireMessage({ providerType: 'pigeon', data: [] })
    ]
    const { project } = await projectOn(saying({ total: 5, messages }), '1.7.5')
    const { items } = await project.messages.list({}, never)
    const pushed = {
      kind: 'push',
      title: 'T',
      text: 'B',
      badge: '1',
      action: '',
      icon: '',
      sound: '',
      color: '',
      tag: ''
    }
    expect(items).toEqual([
      {
        ...base,
        content: { kind: 'email', subject: 'Hello', text: 'Body', isHtml: false, cc: [], bcc: [], attachmentCount: 0 }
      },
      { ...base, content: { ...pushed, data: { a: 'b' }, priority: 'high' } },
      { ...base, content: { ...pushed, data: {}, priority: '' } },
      { ...base, status: 'sent', content: { kind: 'sms', text: 'C' } },
      { ...base, content: { kind: 'unknown', text: '' } }
    ])
  })

  it('that does not fit names the field inside', async () => {
    const { project } = await projectOn(saying(wireMessage({ data: { cc: 'all' } })), '1.5.11')
    expect((await faultFrom(project.messages.get('m1', never))).message).toContain('“data.cc”')
  })
})

describe('recipients', () => {
  it('come without the secrets the server sends along', async () => {
    const { project } = await projectOn(({ path }) => {
      if (path === '/users') return { body: { total: 1, users: [wireUser()] } }
      if (path.endsWith('/targets')) return { body: { total: 1, targets: [wireTarget({ expired: true })] } }
      if (path.endsWith('/topics')) return { body: { total: 1, topics: [wireTopic()] } }
      return { body: { total: 1, providers: [wireProvider()] } }
    }, '1.9.6')
    const { recipients } = project
    const target = {
      id: 't1',
      createdAtMs,
      userId: 'u1',
      name: '',
      providerType: 'email',
      identifier: 'u1@example.com',
      isExpired: false
    }
    expect((await recipients.users({}, never)).items).toEqual([
      {
        id: 'u1',
        createdAtMs,
        name: 'Una',
        email: 'u1@example.com',
        phone: '',
        isActive: true,
        labels: [],
        targets: [target]
      }
    ])
    expect((await recipients.targets('u1', {}, never)).items).toEqual([{ ...target, isExpired: true }])
    expect((await recipients.providers({}, never)).items).toEqual([
      { id: 'p1', createdAtMs, name: 'Mail', provider: 'mailgun', type: 'email', isEnabled: true }
    ])
    expect((await recipients.topics({}, never)).items).toEqual([
      { id: 'ops', createdAtMs, name: 'Ops', emailTotal: 2, smsTotal: 0, pushTotal: 1, subscribe: ['users'] }
    ])
  })
})

describe('the locale', () => {
  it('tells a place only when the server knows it', async () => {
    const place = {
      ip: '::1',
      countryCode: '--',
      country: 'Unknown',
      continentCode: '--',
      continent: 'Unknown',
      eu: false
    }
    for (const currency of ['', null]) {
      const { project } = await projectOn(saying({ ...place, currency }), '1.5.11')
      expect(await project.locale.get('', never)).toEqual({
        ip: '::1',
        countryCode: null,
        country: null,
        continentCode: null,
        continent: null,
        isInEu: false,
        currency: null
      })
    }
  })

  it('comes in the language asked for', async () => {
    const say = saying({ total: 1, countries: [{ code: 'DE', name: 'Deutschland' }] })
    const { project, got } = await projectOn(say, '1.5.11')
    expect(await project.locale.countriesOfEu('de', never)).toEqual([{ code: 'DE', name: 'Deutschland' }])
    expect(got[0]).toMatchObject({ path: '/locale/countries/eu', query: [['locale', 'de']] })
  })
})
