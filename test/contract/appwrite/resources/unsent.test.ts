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
import { credentials, faultFrom, never } from '../listener.ts'
import { projectOn } from './asking.ts'
import { fitting } from './fitting.ts'
import { wireDeployment } from './wire.ts'

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
