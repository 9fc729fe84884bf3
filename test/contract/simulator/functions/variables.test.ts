import { describe, expect, it } from 'vitest'
import type { Simulator } from '../../../../src-main/simulator/simulator.ts'
import { closeAfterEach, fields, rows, send, startAtNight, withQueries } from './functions-server.ts'

closeAfterEach()

const path = '/functions/checkout-api/variables'
const isLive = async (simulator: Simulator) => (await fields(send(simulator, 'GET', '/functions/checkout-api'))).live
const create = (simulator: Simulator, body: unknown, format?: string) =>
  fields(send(simulator, 'POST', path, body, format === undefined ? {} : { 'X-Appwrite-Response-Format': format }))

describe('the variables of a function', () => {
  it('are made, changed and deleted, each making the function stale until it is deployed again', async () => {
    const simulator = await startAtNight()
    expect(await isLive(simulator)).toBe(true)
    const made = await create(simulator, { key: 'FEATURE_X', value: 'ünï\n日本' })
    expect(made).toMatchObject({ status: 201, key: 'FEATURE_X', value: 'ünï\n日本', resourceType: 'function' })
    expect(made).not.toHaveProperty('secret')
    expect(await isLive(simulator)).toBe(false)
    simulator.control.step(5_000)
    const one = `${path}/${String(made.$id)}`
    const changed = await fields(send(simulator, 'PUT', one, { key: 'FEATURE_Y' }))
    expect(changed).toMatchObject({ status: 200, key: 'FEATURE_Y', value: 'ünï\n日本', $updatedAt: made.$createdAt })
    expect((await fields(send(simulator, 'GET', one))).$updatedAt).not.toBe(made.$createdAt)
    expect((await send(simulator, 'DELETE', one)).status).toBe(204)
    expect(await fields(send(simulator, 'GET', one))).toMatchObject({ status: 404, type: 'variable_not_found' })
    simulator.control.step(1_000)
    const { deployment } = await fields(send(simulator, 'GET', '/functions/checkout-api'))
    await send(simulator, 'PATCH', `/functions/checkout-api/deployments/${String(deployment)}`)
    expect(await isLive(simulator)).toBe(true)
  })

  it.each([
    [{ value: 'x' }, 400, 'Param "key" is not optional.'],
    [{ key: 'A' }, 400, 'Param "value" is not optional.'],
    [
      { key: '', value: 'x' },
      400,
      'Invalid `key` param: Value must be a valid string and at least 1 chars and no longer than 255 chars'
    ],
    [{ key: 'A', value: 5 }, 400, 'Invalid `value` param: Value must be a valid string and no longer than 8192 chars'],
    [
      { key: 'A', value: 'x'.repeat(8193) },
      400,
      'Invalid `value` param: Value must be a valid string and no longer than 8192 chars'
    ],
    [
      { key: 'LOG_LEVEL', value: 'x' },
      409,
      'Variable with the same ID already exists in this project. Try again with a different ID.'
    ]
  ])('are refused when they make no sense: %j', async (body, status, message) => {
    const simulator = await startAtNight()
    expect(await create(simulator, body)).toMatchObject({ status, message })
    expect(await isLive(simulator)).toBe(true)
  })

  it('are secret from 1.7 on unless told otherwise, and stay so', async () => {
    const simulator = await startAtNight({ version: '1.7.5' })
    const secret = await create(simulator, { key: 'A', value: 'hidden' })
    expect(secret).toMatchObject({ status: 201, value: '', secret: true })
    const plain = await create(simulator, { key: 'B', value: 'shown', secret: false })
    expect(plain).toMatchObject({ value: 'shown', secret: false })
    expect(await create(simulator, { key: 'C', value: 'shown' }, '1.5.0')).toMatchObject({ value: 'shown' })
    const put = (id: unknown, body: unknown) => fields(send(simulator, 'PUT', `${path}/${String(id)}`, body))
    expect(await put(secret.$id, { key: 'A', secret: false })).toMatchObject({
      status: 400,
      type: 'variable_cannot_unset_secret'
    })
    expect(await put(plain.$id, { key: 'A' })).toMatchObject({ status: 409 })
    expect(await put(plain.$id, { value: 'only' })).toMatchObject({ status: 400 })
    expect(await put(plain.$id, { key: 'B', secret: true })).toMatchObject({ status: 200, value: '', secret: true })
  })

  it('need an id from 1.9.5 on, have pages, and need not have their key said again', async () => {
    const simulator = await startAtNight({ version: '1.9.6' })
    expect(await create(simulator, { key: 'A', value: 'x' })).toMatchObject({
      status: 400,
      message: 'Param "variableId" is not optional.'
    })
    expect(await create(simulator, { key: 'A', value: 'x' }, '1.9.3')).toMatchObject({ status: 201 })
    for (let at = 0; at < 30; at++) {
      const body = { variableId: `v${at}`, key: `PAGE_${at}`, value: 'x', secret: false }
      expect((await create(simulator, body)).status).toBe(201)
    }
    expect(await create(simulator, { variableId: 'v1', key: 'NEW', value: 'x' })).toMatchObject({ status: 409 })
    const list = await fields(send(simulator, 'GET', path))
    expect(list.total).toBe(35)
    expect(list.variables).toHaveLength(25)
    const found = withQueries(path, { method: 'equal', attribute: 'key', values: ['PAGE_7'] })
    expect(await rows(simulator, found, 'variables')).toMatchObject([{ $id: 'v7' }])
    expect(await fields(send(simulator, 'PUT', `${path}/v7`, { value: 'only' }))).toMatchObject({ value: 'only' })
    expect(await fields(send(simulator, 'PUT', `${path}/v7`, {}))).toMatchObject({
      status: 400,
      message: 'The request contains one or more invalid arguments. Please refer to the endpoint documentation.'
    })
    expect((await fields(send(simulator, 'GET', '/functions/checkout-api'))).vars).toHaveLength(35)
  })
})
