import { describe, expect, it } from 'vitest'
import { never } from '../listener.ts'
import { projectOn, saying } from './asking.ts'
import { createdAtMs, updatedAtMs, wireDeployment, wireError } from './wire.ts'

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
