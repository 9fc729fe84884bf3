import { describe, expect, it } from 'vitest'
import type { Simulator } from '../../../../src-main/simulator/simulator.ts'
import { like } from '../ask.ts'
import { closeAfterEach, fields, nightMs, rows, send, startAtNight, withQueries } from './functions-server.ts'

closeAfterEach()

const of = (functionId: string) => `/functions/${functionId}/deployments`
const all = (simulator: Simulator, functionId: string) => rows(simulator, of(functionId), 'deployments')
const provider =
  'providerRepositoryName providerRepositoryOwner providerRepositoryUrl providerBranch providerCommitHash providerCommitAuthorUrl providerCommitAuthor providerCommitMessage providerCommitUrl providerBranchUrl'

async function newest(simulator: Simulator, functionId: string) {
  const found = (await all(simulator, functionId)).at(-1)
  if (found === undefined) throw new Error('No deployment.')
  return found
}

describe('the deployments of a function', () => {
  it.each([
    ['1.5.11', 'size buildId activate status buildLogs buildTime'],
    ['1.6.2', 'size buildSize buildId activate status buildLogs buildTime'],
    [
      '1.9.6',
      'sourceSize buildSize totalSize buildId activate screenshotLight screenshotDark status buildLogs buildDuration'
    ]
  ])('have the model of %s', async (version, own) => {
    const simulator = await startAtNight({ version })
    const keys = `$id $createdAt $updatedAt type resourceId resourceType entrypoint ${own} ${provider}`.split(' ')
    expect(Object.keys(await newest(simulator, 'recommendations'))).toEqual(keys)
    expect(await newest(simulator, 'recommendations')).toMatchObject({
      type: 'vcs',
      resourceType: 'functions',
      status: 'ready',
      activate: true,
      providerCommitHash: like(/^[0-9a-f]{40}$/),
      providerRepositoryUrl: 'https://github.com/fjellwerk/recommendations'
    })
  })

  it('say that a failing build failed, 1.5 with the trace of an exception in the place of its log', async () => {
    const [old, modern] = [await startAtNight(), await startAtNight({ version: '1.9.6' })]
    const list = await all(old, 'search-index')
    expect(new Set(list.slice(1).map(({ status }) => status))).toEqual(new Set(['failed']))
    expect(list.at(-1)?.buildLogs).toMatch(/npm error.+404(.|\n)+#3 \{main\}$/)
    const same = (await all(modern, 'search-index')).at(-1)
    expect(same?.buildLogs).toMatch(/^Preparing for build \.\.\.\n/)
    expect(same?.buildLogs).toContain('\u001b[31mnpm error\u001b[39m 404')
    const { deployment } = await fields(send(old, 'GET', '/functions/search-index'))
    expect(deployment).toBe(list[0]?.$id)
  })

  it('can be filtered by status from 1.7 on, searched before, and selected from 1.8 on', async () => {
    const [old, modern] = [await startAtNight(), await startAtNight({ version: '1.9.6' })]
    const failed = { method: 'equal', attribute: 'status', values: ['failed'] }
    expect(await fields(send(old, 'GET', withQueries(of('search-index'), failed)))).toMatchObject({ status: 400 })
    const { total } = await fields(send(modern, 'GET', withQueries(of('search-index'), failed)))
    expect(total).toBe((await all(modern, 'search-index')).length - 1)
    expect(await fields(send(old, 'GET', `${of('search-index')}?search=main.js`))).toMatchObject({
      total: Number(total) + 1
    })
    expect(await fields(send(modern, 'GET', `${of('search-index')}?search=main.js`))).toMatchObject({
      status: 500,
      type: 'general_unknown'
    })
    const selected = withQueries(of('search-index'), { method: 'select', values: ['status'] })
    expect(Object.keys((await rows(modern, selected, 'deployments'))[0] ?? {})).toEqual([
      '$id',
      '$createdAt',
      '$updatedAt',
      'status'
    ])
  })
})

describe('activating a deployment', () => {
  it('makes it the function’s own, and refuses what is not built', async () => {
    const simulator = await startAtNight()
    const list = await all(simulator, 'checkout-api')
    const [first] = list
    const patched = await fields(send(simulator, 'PATCH', `${of('checkout-api')}/${String(first?.$id)}`))
    expect(patched).toMatchObject({ status: 200, $id: 'checkout-api', deployment: first?.$id, live: true })
    expect((await fields(send(simulator, 'GET', '/functions/checkout-api'))).deployment).toBe(first?.$id)
    const failed = (await all(simulator, 'search-index')).at(-1)
    expect(await fields(send(simulator, 'PATCH', `${of('search-index')}/${String(failed?.$id)}`))).toMatchObject({
      status: 400,
      type: 'build_not_ready'
    })
    expect(await fields(send(simulator, 'PATCH', `${of('checkout-api')}/nope`))).toMatchObject({
      status: 404,
      type: 'deployment_not_found'
    })
  })

  it('does not look whose it is, and has a path of its own from 1.7 on', async () => {
    const simulator = await startAtNight({ version: '1.9.6' })
    const foreign = (await all(simulator, 'cart-cleanup')).at(-1)?.$id
    const body = { deploymentId: foreign }
    expect(await fields(send(simulator, 'PATCH', '/functions/gift-cards/deployment', body))).toMatchObject({
      status: 200,
      deploymentId: foreign
    })
    expect(await fields(send(simulator, 'POST', '/functions/gift-cards/executions', {}))).toMatchObject({ status: 404 })
    expect(await fields(send(simulator, 'PATCH', '/functions/gift-cards/deployment', {}))).toMatchObject({
      status: 400,
      message: 'Param "deploymentId" is not optional.'
    })
  })

  it('is undone by deleting the active one', async () => {
    const simulator = await startAtNight()
    const { deployment } = await fields(send(simulator, 'GET', '/functions/checkout-api'))
    const path = `${of('checkout-api')}/${String(deployment)}`
    expect((await send(simulator, 'DELETE', path)).status).toBe(204)
    expect((await send(simulator, 'DELETE', path)).status).toBe(404)
    expect((await fields(send(simulator, 'GET', '/functions/checkout-api'))).deployment).toBe('')
    expect((await send(simulator, 'POST', '/functions/checkout-api/executions', {})).status).toBe(404)
  })
})

describe('building again', () => {
  const minuteMs = 60_000

  it.each([
    ['1.5.11', 'POST', (one: string, build: string) => `${one}/builds/${build}`, 204],
    ['1.6.2', 'POST', (one: string) => `${one}/build`, 204],
    ['1.7.5', 'POST', (one: string) => `${one}/builds/none`, 202],
    ['1.9.6', 'POST', (one: string) => `${one}/build`, 202]
  ])('in %s makes a new deployment that becomes active when it is ready', async (version, method, pathOf, status) => {
    const simulator = await startAtNight({ version })
    const before = await newest(simulator, 'checkout-api')
    const path = pathOf(`${of('checkout-api')}/${String(before.$id)}`, String(before.buildId))
    const reply = await fields(send(simulator, method, path))
    expect(reply.status).toBe(status)
    const made = await newest(simulator, 'checkout-api')
    expect(made.$id).not.toBe(before.$id)
    if (status === 202) expect(reply).toMatchObject({ $id: made.$id, state: 'waiting', activate: true, buildSize: 0 })
    const seen: unknown[] = []
    const logs: number[] = []
    for (let at = 0; at < 180; at++) {
      const { state, buildLogs } = await fields(send(simulator, 'GET', `${of('checkout-api')}/${String(made.$id)}`))
      if (seen.at(-1) !== state) seen.push(state)
      logs.push(String(buildLogs).length)
      simulator.control.step(1_000)
    }
    expect(seen).toEqual(['waiting', 'processing', 'building', 'ready'])
    expect(logs.every((length, at) => length >= (logs[at - 1] ?? 0))).toBe(true)
    expect(new Set(logs).size).toBeGreaterThan(6)
    const { deployment, deploymentId } = await fields(send(simulator, 'GET', '/functions/checkout-api'))
    expect(deployment ?? deploymentId).toBe(made.$id)
    const older = await fields(send(simulator, 'GET', `${of('checkout-api')}/${String(before.$id)}`))
    expect(older.activate).toBe(false)
  })

  it('wants the build’s id in 1.5, and lost the path of 1.6 in 1.7', async () => {
    const [old, modern] = [await startAtNight(), await startAtNight({ version: '1.7.5' })]
    const one = `${of('checkout-api')}/${String((await newest(old, 'checkout-api')).$id)}`
    expect(await fields(send(old, 'POST', `${one}/builds/nope`))).toMatchObject({
      status: 404,
      type: 'build_not_found'
    })
    expect(await fields(send(modern, 'POST', `${one}/build`))).toMatchObject({ type: 'general_route_not_found' })
    const body = { deploymentId: (await newest(modern, 'checkout-api')).$id }
    expect((await send(modern, 'POST', `${of('checkout-api')}/duplicate`, body)).status).toBe(202)
  })

  it('can be ended from 1.6 on while it is not over', async () => {
    const simulator = await startAtNight({ version: '1.9.6' })
    const body = { deploymentId: (await newest(simulator, 'checkout-api')).$id }
    const { $id } = await fields(send(simulator, 'POST', `${of('checkout-api')}/duplicate`, body))
    simulator.control.step(12_000)
    const cancel = (id: unknown) => fields(send(simulator, 'PATCH', `${of('checkout-api')}/${String(id)}/status`))
    expect(await cancel($id)).toMatchObject({ status: 200, state: 'canceled' })
    simulator.control.step(5 * minuteMs)
    expect(await cancel($id)).toMatchObject({ status: 200, state: 'canceled' })
    expect(await cancel(body.deploymentId)).toMatchObject({ status: 400, type: 'build_already_completed' })
    const old = await startAtNight({ version: '1.6.1' })
    const source = await newest(old, 'checkout-api')
    await send(old, 'POST', `${of('checkout-api')}/${String(source.$id)}/build`)
    const made = await newest(old, 'checkout-api')
    old.control.step(12_000)
    const build = await fields(send(old, 'PATCH', `${of('checkout-api')}/${String(made.$id)}/build`))
    expect(Object.keys(build).join(' ')).toBe(
      '$id deploymentId status stdout stderr startTime endTime duration size state'
    )
    expect(build).toMatchObject({ state: 'canceled', stdout: like(/^Preparing for build/) })
  })

  it('stays as it is while builds are wedged, and goes on after', async () => {
    const simulator = await startAtNight()
    simulator.control.start({ kind: 'wedged-build' })
    simulator.control.step(30 * minuteMs)
    expect(await newest(simulator, 'recommendations')).toMatchObject({
      status: 'building',
      $createdAt: new Date(nightMs).toISOString().replace('Z', '+00:00')
    })
    simulator.control.undo('all')
    simulator.control.step(5 * minuteMs)
    expect(await newest(simulator, 'recommendations')).toMatchObject({ status: 'ready' })
  })

  it('waits without a worker', async () => {
    const simulator = await startAtNight()
    simulator.control.start({ kind: 'stop-worker', queue: 'builds' })
    const { $id, buildId } = await newest(simulator, 'checkout-api')
    await send(simulator, 'POST', `${of('checkout-api')}/${String($id)}/builds/${String(buildId)}`)
    simulator.control.step(20 * minuteMs)
    const made = await newest(simulator, 'checkout-api')
    expect(made).toMatchObject({ status: 'processing', buildId: '' })
    const one = `${of('checkout-api')}/${String(made.$id)}`
    expect(await fields(send(simulator, 'GET', one))).toMatchObject({ state: 'waiting' })
    expect(await fields(send(simulator, 'PATCH', one))).toMatchObject({ status: 404, type: 'build_not_found' })
  })
})
