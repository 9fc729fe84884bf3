import { describe, expect, it } from 'vitest'
import { queuesOf } from '../../../../src-main/appwrite/queues.ts'
import { queueNames } from '../../../support/queue-names.ts'
import { faultFrom, never } from '../listener.ts'
import { projectOn, version, type Got } from './asking.ts'

const sized = () => ({ body: { size: 7 } })
const asked = ({ path, query }: Got): string =>
  [path, ...query.filter(([name]) => name !== 'threshold').map(([name, value]) => `${name}=${value}`)].join(' ')

describe('health for a version', () => {
  it('asks each queue for its depth by the endpoint or the name the version has', async () => {
    const { project, got } = await projectOn(sized, '1.9.6')
    for (const queue of queuesOf(version('1.9.6'))) await project.health.depthOf(queue, never)
    const paths = got.map(asked)
    expect(paths).toContain('/health/queue/stats-usage')
    expect(paths).toContain('/health/queue/databases')
    expect(paths.filter((path) => path.includes('name='))).toEqual([
      '/health/queue/databases name=v1-screenshots',
      '/health/queue/databases name=v1-executions'
    ])
    expect(
      new Set(got.flatMap(({ query }) => query.filter(([name]) => name === 'threshold')).map(([, value]) => value))
    ).toEqual(new Set(['2147483647']))
  })

  it('reads the depth of any queue in Redis by its name, whatever the name holds', async () => {
    const { project, got } = await projectOn(sized, '1.5.11')
    expect((await project.health.depthByName('v1 odd&name=ü', never)).value).toBe(7)
    expect(got[0]?.query).toContainEqual(['name', 'v1 odd&name=ü'])
  })

  it('counts failed jobs under the name of the version, and of a queue it lacks not at all', async () => {
    const { project: old, got: oldGot } = await projectOn(sized, '1.5.11')
    const { project, got } = await projectOn(sized, '1.7.5')
    for (const queue of queueNames) await old.health.failed(queue, never)
    expect(oldGot.map(({ path }) => path)).toContain('/health/queue/failed/v1-usage-dump')
    expect(await faultFrom(project.health.failed('usage', never))).toMatchObject({ code: 'unsupported' })
    expect(got).toEqual([])
    for (const queue of queuesOf(version('1.7.5'))) await project.health.failedOf(queue, never)
    expect(got.map(({ path }) => path)).toContain('/health/queue/failed/v1-stats-usage')
  })

  it.each([
    ['the queue check from 1.6.2 on', '1.6.2'],
    ['usage from 1.6.2 on', '1.6.2'],
    ['stats-usage before', '1.6.1'],
    ['audits before 1.9', '1.8.1'],
    ['geo before it is out', '1.9.6'],
    ['a depth after 1.9.6', 'main'],
    ['failed jobs of a queue for which none are counted', '1.9.6']
  ])('is refused unsent: %s', async (what, name) => {
    const { project, got } = await projectOn(sized, name)
    const { health } = project
    const executions = queuesOf(version('1.9.6')).find((queue) => queue.name === 'executions')
    const doing: Readonly<Record<string, () => Promise<unknown>>> = {
      'the queue check from 1.6.2 on': () => health.queue(never),
      'usage from 1.6.2 on': () => health.depth('usage', never),
      'stats-usage before': () => health.depth('stats-usage', never),
      'audits before 1.9': () => health.depth('audits', never),
      'geo before it is out': () => health.geo(never),
      'a depth after 1.9.6': () => health.depthByName('v1-mails', never),
      'failed jobs of a queue for which none are counted': () =>
        executions === undefined ? Promise.resolve() : health.failedOf(executions, never)
    }
    expect(await faultFrom(doing[what]?.() ?? Promise.resolve())).toMatchObject({ code: 'unsupported' })
    expect(got).toEqual([])
  })

  it('of an unknown version is asked for, and the reply tells: JSON before 1.9.5, a page since', async () => {
    const { project: old } = await projectOn(() => undefined, null)
    const page = '<!doctype html><html><body>general_route_not_found</body></html>'
    const { project: later } = await projectOn(() => ({ status: 404, body: page }), null)
    for (const { health } of [old, later]) {
      expect(await faultFrom(health.geo(never))).toMatchObject({ code: 'unsupported' })
      expect(await faultFrom(health.depth('mails', never))).toMatchObject({ code: 'unsupported' })
    }
  })

  it('tells the geo database', async () => {
    const { project } = await projectOn(() => ({ body: { name: 'geo', ping: 1, status: 'pass' } }), 'main')
    expect((await project.health.geo(never)).value).toEqual({ name: 'geo', isPassing: true, pingMs: 1 })
  })
})

describe('a part of the last segment of a path', () => {
  it('that a server without it takes for a function is told as not offered', async () => {
    const { project } = await projectOn(
      () => ({
        status: 404,
        body: { message: 'Function not found.', code: 404, type: 'function_not_found', version: '1.5.11' }
      }),
      null
    )
    expect(await faultFrom(project.functions.specifications(never))).toMatchObject({ code: 'unsupported' })
    expect(await faultFrom(project.functions.usageOfAll('24h', never))).toMatchObject({ code: 'unsupported' })
    expect(await faultFrom(project.functions.usage('resize', '24h', never))).toMatchObject({ code: 'missing' })
  })
})
