import { expect, it } from 'vitest'
import { Failure } from '../../../../src-main/core/failure.ts'
import { Crash, taken, type AlertWorld } from '../../../support/alert-world.ts'
import { randomOf } from '../../../support/depth-series.ts'
import { hooked, look, told } from './hooked.ts'

const points = ['before-keep', 'after-keep', 'after-post'] as const
const steps = process.env.STANDBY_SOAK === '1' ? 20_000 : 1_500
const subjects = Array.from({ length: 12 }, (_, index) => `queue-${index}`)

/** What is offered to the webhooks of this process, as it comes. */
function listen(world: AlertWorld, offered: string[]): void {
  const { webhooks } = world
  const offer = webhooks.offer.bind(webhooks)
  webhooks.offer = (server, offers, nowMs) => {
    for (const { news } of offers) offered.push(`${news.event} ${news.alertId} ${new Date(news.atMs).toISOString()}`)
    offer(server, offers, nowMs)
  }
}

it(`loses no news, and repeats one message a crash at most, over ${steps} steps`, { timeout: 600_000 }, async () => {
  const random = randomOf(6)
  const world = hooked()
  let offered: string[] = []
  listen(world, offered)
  const owed: string[] = []
  const arrived: { readonly id: string; readonly news: readonly string[] }[] = []
  const depths: Record<string, number> = {}
  let isUp = true
  let crashes = 0
  world.receiver = () => {
    const post = world.received.at(-1)
    if (!isUp) return Promise.reject(new Failure({ code: 'unreachable', message: 'It is down.' }))
    if (random() < 0.1) return Promise.resolve({ ...taken, status: 503 })
    const { id, alerts = [] } = post === undefined ? { id: '' } : told(post)
    arrived.push({ id, news: alerts.map((one) => `${one.event} ${one.id} ${one.at}`) })
    return Promise.resolve(taken)
  }
  const restart = (): void => {
    crashes++
    world.kill()
    world.start()
    offered = []
    listen(world, offered)
  }
  /** Goes on with another process when the one that does it dies. */
  const survived = async (act: Promise<void>): Promise<void> => {
    try {
      await act
      owed.push(...offered.splice(0))
    } catch (thrown) {
      if (!(thrown instanceof Crash)) throw thrown
      // Only then was it kept: all else is told anew by the next process.
      if (thrown.message === 'after-keep') owed.push(...offered)
      restart()
    }
  }
  for (let step = 0; step < steps; step++) {
    for (const subject of subjects) if (random() < 0.05) depths[subject] = Math.floor(random() * 110)
    if (random() < 0.06) world.crashAt(points[Math.floor(random() * points.length)] ?? 'after-post')
    await survived(look(world, depths))
    if (random() < 0.05) isUp = !isUp
    if (random() < 0.05) world.isOnline = !world.isOnline
    if (random() < 0.02) restart()
    await survived(world.clock.advance(Math.floor(random() * 90_000)))
  }
  restart()
  isUp = true
  world.isOnline = true
  await world.clock.advance(3 * 3_600_000)
  owed.push(...offered.splice(0))
  const heard = new Set(arrived.flatMap(({ news }) => news))
  expect(owed.length).toBeGreaterThan(steps / 5)
  // What is told again while it waits stands for what was told before: its time is at the end of the text.
  const isHeardLater = (news: string): boolean => {
    const about = news.slice(0, news.lastIndexOf(' '))
    return news.startsWith('again') && [...heard].some((one) => one.startsWith(`${about} `) && one > news)
  }
  expect(owed.filter((news) => !heard.has(news) && !isHeardLater(news))).toEqual([])
  const repeats = arrived.length - new Set(arrived.map(({ id }) => id)).size
  expect(repeats).toBeLessThanOrEqual(crashes)
  expect(arrived.length).toBeLessThan(owed.length)
})
