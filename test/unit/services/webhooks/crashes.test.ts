import { expect, it } from 'vitest'
import { Crash } from '../../../support/alert-world.ts'
import { hooked, look, newsOf, told } from './hooked.ts'

it('loses nothing that was not kept: it is told by the process that follows', async () => {
  const world = hooked()
  world.crashAt('before-keep')
  await expect(look(world, { mails: 90 })).rejects.toThrow(Crash)
  world.kill()
  world.start()
  expect(world.received).toEqual([])
  await look(world, { mails: 90 })
  expect(newsOf(world)).toEqual(['firing mails'])
})

it('sends after a crash what was kept and not sent', async () => {
  const world = hooked()
  world.crashAt('after-keep')
  await expect(look(world, { mails: 90 })).rejects.toThrow(Crash)
  expect(world.received).toEqual([])
  world.kill()
  world.clock.sleep(300_000)
  world.start()
  await look(world, { mails: 90 })
  await world.clock.advance(60_000)
  expect(newsOf(world)).toEqual(['firing mails'])
  expect(world.received[0]?.body).toContain('sent 5 min late')
})

it('repeats at most once what it cannot know to have arrived, under the same id', async () => {
  const world = hooked()
  world.crashAt('after-post')
  await look(world, { mails: 90 })
  world.kill()
  world.start()
  await look(world, { mails: 90 })
  await world.clock.advance(60_000)
  expect(newsOf(world)).toEqual(['firing mails', 'firing mails'])
  expect(new Set(world.received.map((post) => told(post).id)).size).toBe(1)
  world.kill()
  world.start()
  await world.clock.advance(60_000)
  expect(world.received).toHaveLength(2)
})

it('goes on gathering after a restart, and with its tries', async () => {
  const world = hooked()
  await look(world, { mails: 90 })
  await look(world, { builds: 90 })
  world.kill()
  world.start()
  expect(world.webhooks.view().webhooks[0]?.queue.waiting).toBe(1)
  await look(world, { mails: 90, builds: 90, functions: 90 })
  await world.clock.advance(31_000)
  expect(newsOf(world)).toEqual(['firing mails', 'firing builds, firing functions'])
})
