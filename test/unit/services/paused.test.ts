import { expect, it } from 'vitest'
import { FakeClock } from '../../support/fake-clock.ts'
import { longWatch } from '../../support/long-watch.ts'

it('asks no server anything while polling is paused, says so, and marks the stretch as paused', async () => {
  const clock = new FakeClock()
  const watch = longWatch({
    clock,
    random: () => 0.5,
    servers: { shop: '1.5.11' },
    fateOf: () => ({ fault: null, afterMs: 20 }),
    timed: ['depth/functions', 'check/db'],
    kept: ['depth/functions']
  })
  const { poller } = watch
  const { serverId, asked, samples, unwatched } = watch.named('shop')
  poller.start()
  await clock.advance(60_000)
  expect(poller.facts(serverId).verdict.state).toBe('live')
  const before = [...asked.values()].map(({ length }) => length)

  const fromMs = clock.now()
  poller.pause()
  expect(() => poller.lookNow(serverId)).toThrow('Polling is paused. Resume it to look at this server.')
  // Also not after a sleep, which ends every other rest.
  clock.sleep(600_000)
  await clock.advance(3_000_000)
  const paused = poller.facts(serverId)
  expect([paused.verdict.state, paused.sinceMs, paused.nextTryAtMs]).toEqual(['paused', fromMs, null])
  expect([...asked.values()].map(({ length }) => length)).toEqual(before)

  const toMs = clock.now()
  poller.resume()
  await clock.advance(30_000)
  expect(poller.facts(serverId).verdict.state).toBe('live')
  expect(unwatched).toEqual([{ fromMs, toMs, reason: 'paused' }])
  const [gap, first] = (samples.get('depth/functions') ?? []).filter(({ atMs }) => atMs > fromMs)
  expect(gap?.value).toBe(null)
  expect(first?.atMs).toBeGreaterThanOrEqual(toMs)
  expect(watch.defects).toEqual([])
  poller.stop()
})
