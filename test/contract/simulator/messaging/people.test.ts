import { describe, expect, it } from 'vitest'
import { like } from '../ask.ts'
import { closeAfterEach, fields, rows, send, startAtNight, withQueries } from '../functions/functions-server.ts'

closeAfterEach()

describe('whom and what messages go through', () => {
  it('topics tell how many subscribed, by kind', async () => {
    const simulator = await startAtNight()
    const topics = await rows(simulator, '/messaging/topics', 'topics')
    expect(topics.map(({ $id }) => $id)).toEqual([
      'newsletter',
      'price-alerts',
      'order-updates',
      'maintenance',
      'staff'
    ])
    expect(Object.keys(topics[0] ?? {}).join(' ')).toBe(
      '$id $createdAt $updatedAt name emailTotal smsTotal pushTotal subscribe'
    )
    expect(topics[0]).toMatchObject({ emailTotal: expect.any(Number) as unknown, smsTotal: 0, pushTotal: 0 })
    const most = withQueries('/messaging/topics', { method: 'orderDesc', attribute: 'emailTotal' })
    expect((await rows(simulator, most, 'topics'))[0]).toMatchObject({ $id: 'newsletter' })
    expect(await fields(send(simulator, 'GET', '/messaging/topics/nope'))).toMatchObject({ type: 'topic_not_found' })
  })

  it('providers tell their credentials in clear', async () => {
    const simulator = await startAtNight()
    const list = await rows(simulator, '/messaging/providers', 'providers')
    expect(list.map(({ provider, type, enabled }) => [provider, type, enabled])).toEqual([
      ['smtp', 'email', true],
      ['sendgrid', 'email', true],
      ['fcm', 'push', true],
      ['apns', 'push', false],
      ['twilio', 'sms', true]
    ])
    expect(list[0]).toMatchObject({ credentials: { username: 'shop', password: like(/^.{8,}$/) } })
    const off = withQueries('/messaging/providers', { method: 'equal', attribute: 'enabled', values: [false] })
    expect(await rows(simulator, off, 'providers')).toHaveLength(1)
  })

  it('users tell their hashes and targets, in each version’s fields', async () => {
    const [old, modern] = [await startAtNight(), await startAtNight({ version: '1.9.6' })]
    const [first] = await rows(old, '/users', 'users')
    expect(first).toMatchObject({
      $id: like(/^[0-9a-f]{20}$/),
      password: like(/^\$argon2id\$/),
      hash: 'argon2',
      hashOptions: { memoryCost: 2048 },
      email: like(/@.+\.example$/),
      prefs: {}
    })
    expect(first).not.toHaveProperty('emailCanonical')
    const { body } = await send(old, 'GET', '/users')
    expect(body).not.toContain('"expired"')
    const [same] = await rows(modern, '/users', 'users')
    expect(same).toMatchObject({ $id: first?.$id, hashOptions: { memory_cost: 65_536 }, impersonator: false })
    const one = `/users/${String(first?.$id)}`
    expect(await fields(send(modern, 'GET', one))).toMatchObject({ $id: first?.$id })
    const targets = await rows(modern, `${one}/targets`, 'targets')
    expect(targets[0]).toMatchObject({
      userId: first?.$id,
      providerType: 'email',
      identifier: first?.email,
      expired: false
    })
    expect(await fields(send(modern, 'GET', '/users/nope'))).toMatchObject({ status: 404, type: 'user_not_found' })
  })

  it('users are searched, filtered and paged', async () => {
    const simulator = await startAtNight()
    const [first] = await rows(simulator, '/users', 'users')
    const { total } = await fields(send(simulator, 'GET', '/users'))
    expect(total).toBe(240)
    const named = `/users?search=${encodeURIComponent(String(first?.email))}`
    expect((await rows(simulator, named, 'users'))[0]).toMatchObject({ $id: first?.$id })
    const staff = withQueries('/users', { method: 'contains', attribute: 'labels', values: ['staff'] })
    const labelled = await rows(simulator, staff, 'users')
    expect(labelled.length).toBeGreaterThan(5)
    expect(labelled.every(({ labels }) => String(labels).includes('staff'))).toBe(true)
  })
})
