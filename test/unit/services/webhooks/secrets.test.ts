import { expect, it } from 'vitest'
import { Failure } from '../../../../src-main/core/failure.ts'
import { taken } from '../../../support/alert-world.ts'
import { hook, hooked, look } from './hooked.ts'

const signal = new AbortController().signal
const idOf = (world: ReturnType<typeof hooked>, index = 0): string =>
  world.webhooks.view().webhooks[index]?.webhookId ?? ''

it('tells the page an origin and never more, also of a receiver that repeats what it was asked', async () => {
  const world = hooked({ kind: 'ntfy', url: 'https://ntfy.example.com/SECRET-TOPIC', token: 'tk_SECRETTOKEN' })
  const bodyStart = 'Cannot POST /SECRET-TOPIC for tk_SECRETTOKEN at https://ntfy.example.com/SECRET-TOPIC.'
  world.receiver = () => Promise.resolve({ ...taken, status: 403, bodyStart })
  const receipt = await world.webhooks.test({ kind: 'saved', webhookId: idOf(world) }, signal)
  expect(receipt).toMatchObject({ isDelivered: false, isTest: true, status: 403 })
  expect(receipt.sentence).toMatch(/^ntfy\.example\.com refused the message: 403 Forbidden\..*It says: “Cannot POST/)
  world.receiver = () => Promise.reject(new Error('connect https://ntfy.example.com/SECRET-TOPIC'))
  await look(world, { mails: 90 })
  const seen = JSON.stringify([receipt, world.webhooks.view()])
  expect(seen).toContain('"target":"https://ntfy.example.com"')
  expect(seen).not.toContain('SECRET')
  expect(world.vault.secrets()).toEqual(['https://ntfy.example.com/SECRET-TOPIC', 'tk_SECRETTOKEN'])
})

it('keeps address and token where nothing new is typed, and gives a new address no old token', async () => {
  const world = hooked({ kind: 'ntfy', url: 'https://ntfy.example.com/desk', token: 'tk_one' })
  const webhookId = idOf(world)
  const edit = { ...hook, webhookId, kind: 'ntfy', url: '', token: '' } as const
  const test = async () => {
    await world.webhooks.test({ kind: 'saved', webhookId }, signal)
    const last = world.received.at(-1)
    return [last?.url, last?.headers.Authorization]
  }
  world.webhooks.save({ ...edit, name: 'Renamed' })
  expect(world.webhooks.view().webhooks[0]).toMatchObject({ name: 'Renamed', hasToken: true })
  expect(await test()).toEqual(['https://ntfy.example.com/', 'Bearer tk_one'])
  world.webhooks.save({ ...edit, token: 'tk_two' })
  expect(await test()).toEqual(['https://ntfy.example.com/', 'Bearer tk_two'])
  world.webhooks.save({ ...edit, url: 'https://other.example.com/desk' })
  expect(await test()).toEqual(['https://other.example.com/', undefined])
  expect(world.vault.secrets()).toEqual(['https://other.example.com/desk'])
})

it('tests what is typed before it is saved, with what a saved one keeps', async () => {
  const world = hooked()
  const typed = { ...hook, url: 'https://typed.example/x' }
  const receipt = await world.webhooks.test({ kind: 'draft', draft: typed }, signal)
  expect(receipt.isDelivered).toBe(true)
  expect(receipt.sentence).toMatch(/^Delivered in \d+ ms: 200 OK$/)
  await world.webhooks.test({ kind: 'draft', draft: { ...hook, webhookId: idOf(world), url: '' } }, signal)
  expect(world.received.map(({ url }) => url)).toEqual(['https://typed.example/x', hook.url])
  expect(world.webhooks.view().webhooks).toHaveLength(1)
  expect(world.webhooks.view().webhooks[0]?.lastReceipt).toBe(null)
})

it.each([
  ['url', { url: '' }],
  ['url', { url: 'ftp://a.example/x' }],
  ['severities', { severities: [] }],
  ['token', { kind: 'ntfy', url: 'https://ntfy.sh/desk', token: 'a b\r\nX-Evil: 1' }]
] as const)('refuses a wrong %s by name, and keeps nothing', (field, change) => {
  const world = hooked()
  const before = world.vault.secrets()
  const fault = (() => {
    try {
      world.webhooks.save({ ...hook, ...change })
      return null
    } catch (thrown) {
      return thrown instanceof Failure ? thrown.fault : null
    }
  })()
  expect(fault).toMatchObject({ code: 'invalid', field })
  expect([world.webhooks.view().webhooks.length, world.vault.secrets()]).toEqual([1, before])
})

it('is gone with its address, its token and what waited for it', async () => {
  const world = hooked({ kind: 'ntfy', url: 'https://ntfy.example.com/desk', token: 'tk_one' }, {})
  world.isOnline = false
  await look(world, { mails: 90 })
  world.webhooks.delete({ webhookId: idOf(world) })
  expect(world.vault.secrets()).toEqual([hook.url])
  world.kill()
  world.start()
  world.isOnline = true
  await world.clock.advance(10_000)
  expect(world.received.map(({ url }) => url)).toEqual([hook.url])
})

it('drops what waits for one that is switched off', async () => {
  const world = hooked()
  world.isOnline = false
  await look(world, { mails: 90 })
  const webhookId = idOf(world)
  world.webhooks.save({ ...hook, webhookId, url: '', isEnabled: false })
  world.webhooks.save({ ...hook, webhookId, url: '', isEnabled: true })
  world.isOnline = true
  await world.clock.advance(10_000)
  expect(world.received).toEqual([])
})

it('waits while its address cannot be read, and says so', async () => {
  const world = hooked()
  world.vault.delete(`webhook/${idOf(world)}/url`)
  await look(world, { mails: 90 })
  expect(world.webhooks.view().webhooks[0]?.queue).toMatchObject({ waiting: 1, standing: 'no-address' })
  await expect(world.webhooks.test({ kind: 'saved', webhookId: idOf(world) }, signal)).rejects.toThrow('Edit it')
  world.webhooks.save({ ...hook, webhookId: idOf(world) })
  await world.clock.advance(1)
  expect(world.received).toHaveLength(1)
})
