import { expect, it } from 'vitest'
import { hooked, look, newsOf, told } from './hooked.ts'

it('sends the first of a server at once, and what follows within 30 s as one', async () => {
  const world = hooked()
  const startMs = world.clock.now()
  await look(world, { mails: 90, builds: 90 })
  expect(newsOf(world)).toEqual(['firing mails, firing builds'])
  await world.clock.advance(10_000)
  await look(world, { functions: 60 })
  await world.clock.advance(10_000)
  await look(world, { functions: 90, mails: 0 })
  expect(world.webhooks.view().webhooks[0]?.queue).toMatchObject({ waiting: 1, standing: 'gathering' })
  await world.clock.advance(9_000)
  expect(world.received).toHaveLength(1)
  await world.clock.advance(2_000)
  expect(newsOf(world)[1]).toBe('firing functions, firing functions, resolved mails')
  expect((world.received[1]?.atMs ?? 0) - startMs).toBe(30_000)
  await look(world, { builds: 0 })
  expect(newsOf(world)[2]).toBe('resolved builds')
  expect(world.webhooks.view().webhooks[0]?.queue).toEqual({
    waiting: 0,
    standing: 'idle',
    nextTryMs: null,
    givenUp: 0
  })
})

it('tells each webhook what it asked for, and of no end of what it was never told', async () => {
  const criticalOnly = { name: 'critical', url: 'https://a.example/critical', severities: ['critical'] } as const
  const warningOnly = { name: 'warning', url: 'https://a.example/warning', severities: ['warning'] } as const
  const noEnds = { name: 'no ends', url: 'https://a.example/no-ends', sendsResolved: false }
  const off = { name: 'off', url: 'https://a.example/off', isEnabled: false }
  const world = hooked(criticalOnly, warningOnly, noEnds, off)
  const all: string[] = []
  for (const depth of [60, 90, 60, 0]) {
    await look(world, { mails: depth, builds: Math.min(depth, 60) })
    await world.clock.advance(31_000)
  }
  for (const [index, news] of newsOf(world).entries()) all.push(`${world.received[index]?.url.slice(18)}: ${news}`)
  expect(all).toEqual([
    'warning: firing mails, firing builds',
    'no-ends: firing mails, firing builds',
    'critical: firing mails',
    'no-ends: firing mails',
    'critical: resolved mails',
    'warning: resolved mails, resolved builds'
  ])
})

it('tells again what nobody answered, once for each time the desktop is told', async () => {
  const world = hooked()
  await look(world, { mails: 90 })
  await world.clock.advance(1_800_000)
  expect(newsOf(world)).toEqual(['firing mails', 'again mails'])
})

it('sends nothing of what is silenced, and what still fires once that ends', async () => {
  const world = hooked()
  const nowMs = world.clock.now()
  const scope = { serverIds: [], subjects: ['mails'] }
  const silence = { scope, ruleIds: [], comment: '', fromMs: nowMs, kind: 'silence' } as const
  world.alerts.policy.silence({ ...silence, untilMs: nowMs + 600_000 })
  await look(world, { mails: 90, builds: 90 })
  await world.clock.advance(31_000)
  await look(world, { mails: 0, builds: 0 })
  await look(world, { mails: 90 })
  expect(newsOf(world)).toEqual(['firing builds', 'resolved builds'])
  await world.clock.advance(600_000)
  expect(newsOf(world)[2]).toBe('firing mails')
})

it('leaves out of a message that waits what was acknowledged meanwhile, and tells its end', async () => {
  const world = hooked()
  await look(world, { mails: 90 })
  await look(world, { builds: 90, functions: 90 })
  world.alerts.acknowledge(`depth/${world.serverId}/builds`)
  await world.clock.advance(31_000)
  expect(newsOf(world)).toEqual(['firing mails', 'firing functions'])
  await look(world, { functions: 0 })
  world.alerts.acknowledge(`depth/${world.serverId}/mails`)
  await world.clock.advance(31_000)
  await look(world, { mails: 0 })
  await world.clock.advance(31_000)
  expect(newsOf(world).slice(2)).toEqual(['resolved functions', 'resolved mails'])
})

it('sends nothing of the demo, while its desktop is told', async () => {
  const world = hooked()
  world.isKept = false
  await look(world, { mails: 90 })
  await look(world, { mails: 0 })
  await world.clock.advance(60_000)
  expect([world.shown.length, world.received.length]).toEqual([1, 0])
})

it('tells that Standby did not watch, and says so late where there was no network', async () => {
  const world = hooked()
  world.isOnline = false
  const fromMs = world.clock.now()
  world.webhooks.tell({ kind: 'not-watching', fromMs, toMs: null, why: 'this machine has no network' })
  await world.clock.advance(720_000)
  expect(world.received).toEqual([])
  expect(world.webhooks.view().webhooks[0]?.queue).toMatchObject({ waiting: 1, standing: 'offline' })
  world.isOnline = true
  await world.clock.advance(5_000)
  expect(world.received).toHaveLength(1)
  const [post] = world.received
  expect(post === undefined ? null : told(post)).toMatchObject({ kind: 'not-watching', lateMs: 725_000 })
})
