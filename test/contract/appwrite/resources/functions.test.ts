import { describe, expect, it } from 'vitest'
import { faultFrom, never } from '../listener.ts'
import { projectOn, saying } from './asking.ts'
import { createdAtMs, updatedAtMs, wireFunction } from './wire.ts'

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
