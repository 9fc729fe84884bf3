import { expect, it } from 'vitest'
import { Failure } from '../../../../src-main/core/failure.ts'
import type { Posted } from '../../../../src-main/services/ports.ts'
import { taken, type AlertWorld } from '../../../support/alert-world.ts'
import { hooked, look, newsOf, told } from './hooked.ts'

const minuteMs = 60_000
const answering =
  (status: number, change: Partial<Posted> = {}) =>
  () =>
    Promise.resolve({ ...taken, status, ...change })
const refusing = () =>
  Promise.reject(
    new Failure({ code: 'unreachable', step: 'tcp', message: 'hooks.example.com refused the connection.' })
  )

/** Seconds from the first try to each other one. */
function triedAt(world: AlertWorld): readonly number[] {
  const [first] = world.received
  return world.received.map(({ atMs }) => Math.round((atMs - (first?.atMs ?? 0)) / 1000))
}
const only = (world: AlertWorld) => world.webhooks.view().webhooks[0]

it('is tried again, further and further apart, and arrives late and says so', async () => {
  const world = hooked()
  world.receiver = refusing
  await look(world, { mails: 90 })
  expect(only(world)).toMatchObject({
    lastReceipt: {
      isDelivered: false,
      status: null,
      sentence: 'hooks.example.com refused the connection.',
      attempt: 1
    },
    queue: { waiting: 1, standing: 'failing', nextTryMs: world.clock.now() + 4_999 }
  })
  await world.clock.advance(20 * minuteMs)
  expect(triedAt(world)).toEqual([0, 5, 15, 35, 75, 155, 315, 615, 915])
  world.receiver = answering(200)
  await world.clock.advance(5 * minuteMs)
  expect(only(world)).toMatchObject({
    lastReceipt: { isDelivered: true, status: 200, attempt: 10 },
    queue: { waiting: 0, standing: 'idle' }
  })
  expect(new Set(world.received.map((post) => told(post).id)).size).toBe(1)
  const late = world.received.map((post) => told(post).lateMs)
  expect(late.map((ms) => ms > 0)).toEqual([false, false, false, false, true, true, true, true, true, true])
  expect(world.received.at(-1)?.body).toContain('sent 20 min late')
})

it('puts what happens meanwhile into one message, and never changes what was tried', async () => {
  const world = hooked()
  world.receiver = refusing
  await look(world, { mails: 90 })
  for (let round = 0; round < 20; round++) {
    await world.clock.advance(minuteMs)
    await look(world, { mails: 90, builds: round % 2 === 0 ? 90 : 0 })
  }
  expect(only(world)?.queue.waiting).toBeLessThanOrEqual(3)
  world.receiver = answering(200)
  await world.clock.advance(10 * minuteMs)
  expect(only(world)?.queue.waiting).toBe(0)
  const bodies = new Map<string, Set<string>>()
  for (const post of world.received) {
    const { id, alerts } = told(post)
    bodies.set(id, (bodies.get(id) ?? new Set()).add(JSON.stringify(alerts)))
  }
  expect([...bodies.values()].map((all) => all.size)).toEqual([...bodies].map(() => 1))
  const delivered = [...bodies.values()].flatMap((all) => [...all]).join('')
  // 'on' ten times and 'off' ten times: flaps are held together by the book, and none of what it told is lost.
  const steps = world.alerts.view().alerts.find(({ subject }) => subject === 'builds')?.steps ?? []
  const toldTimes = steps.filter(({ kind }) => kind === 'told').length
  expect(delivered.split('"event":"firing","at"').length - 1).toBeGreaterThanOrEqual(1 + toldTimes)
})

it('stays away as long as it is asked to, also for what is new', async () => {
  const world = hooked()
  world.receiver = answering(429, { retryAfterMs: 10 * minuteMs })
  await look(world, { mails: 90 })
  world.receiver = answering(200)
  await look(world, { builds: 90 })
  await world.clock.advance(9 * minuteMs)
  expect(world.received).toHaveLength(1)
  await world.clock.advance(2 * minuteMs)
  expect(newsOf(world)).toEqual(['firing mails', 'firing mails', 'firing builds'])
})

it.each([302, 400, 404])('does not repeat what was answered with %s, and goes on with the next', async (status) => {
  const world = hooked()
  world.receiver = answering(status)
  await look(world, { mails: 90 })
  await world.clock.advance(31_000)
  world.receiver = answering(204)
  await look(world, { builds: 90 })
  expect(newsOf(world)).toEqual(['firing mails', 'firing builds'])
  expect(only(world)).toMatchObject({ lastReceipt: { status: 204 }, queue: { waiting: 0, givenUp: 1 } })
})

it('holds up nothing for one message that the receiver chokes on', async () => {
  const world = hooked()
  world.receiver = () => {
    const isPoison = world.received.at(-1)?.body.includes('"subject":"mails"') === true
    return Promise.resolve({ ...taken, status: isPoison ? 500 : 200 })
  }
  await look(world, { mails: 90 })
  world.alerts.acknowledge(`depth/${world.serverId}/mails`)
  await world.clock.advance(40 * minuteMs)
  await look(world, { builds: 90 })
  await world.clock.advance(31_000)
  await look(world, { functions: 90 })
  await world.clock.advance(10 * minuteMs)
  const arrived = world.received.filter(({ body }) => !body.includes('"subject":"mails"'))
  expect(arrived.map((post) => told(post).alerts?.map(({ subject }) => subject))).toEqual([['builds'], ['functions']])
  expect(only(world)?.queue.waiting).toBeGreaterThan(0)
})

it('asks nobody while this machine has no network, and at once when it has one again', async () => {
  const world = hooked()
  world.receiver = refusing
  await look(world, { mails: 90 })
  await world.clock.advance(20 * minuteMs)
  const tries = world.received.length
  world.isOnline = false
  await world.clock.advance(60 * minuteMs)
  // One more was due when the network went; it was not made.
  expect(world.received.length).toBe(tries)
  expect(only(world)?.queue.standing).toBe('offline')
  world.isOnline = true
  world.receiver = answering(200)
  await world.clock.advance(5_000)
  expect(only(world)?.queue.waiting).toBe(0)
})

it('sends to this machine itself without any network', async () => {
  const world = hooked({ url: 'http://127.0.0.1:8080/hook' })
  world.isOnline = false
  await look(world, { mails: 90 })
  expect(world.received).toHaveLength(1)
})

it('gives up after a day, and says so', async () => {
  const world = hooked({ severities: ['critical'] })
  world.receiver = refusing
  await look(world, { mails: 90 })
  world.alerts.acknowledge(`depth/${world.serverId}/mails`)
  await world.clock.advance(24 * 60 * minuteMs + 6 * minuteMs)
  expect(only(world)).toMatchObject({
    lastReceipt: { sentence: 'Given up: a message could not be handed over within 24 h.' },
    queue: { waiting: 0, givenUp: 1, standing: 'idle' }
  })
})

it('keeps at most a thousand messages, and says what that lost', async () => {
  const world = hooked()
  world.isOnline = false
  const fromMs = world.clock.now()
  for (let count = 0; count < 1003; count++)
    world.webhooks.tell({ kind: 'not-watching', fromMs, toMs: fromMs + count, why: 'nobody knows' })
  const { webhooks, trouble } = world.webhooks.view()
  expect(webhooks[0]?.queue.waiting).toBe(1000)
  expect(trouble).toContain('3 of them, the oldest, were given up')
  world.isOnline = true
  await world.clock.advance(5_000)
  const { to } = JSON.parse(world.received[0]?.body ?? '') as { readonly to: string }
  expect(Date.parse(to)).toBe(fromMs + 3)
})
