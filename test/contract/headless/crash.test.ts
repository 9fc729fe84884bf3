import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import type { SeriesName } from '../../../src-main/contract/series.ts'
import { serverIdOf } from '../../../src-main/services/connections.ts'
import { startSimulator } from '../../../src-main/simulator/simulator.ts'
import { startHeadless, type SweepLine } from '../../support/headless.ts'
import { historyKey, openHistory, temporaryFolder } from '../../support/histories.ts'
import { queueNames } from '../../support/queue-names.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const kills = process.env.STANDBY_SOAK === '1' ? 300 : 30

describe('an engine that is killed while it polls', () => {
  it(`opens its history again and lost at most its last sweep, ${kills} times over`, async () => {
    const simulator = await startSimulator({ seed: 7 })
    cleanUps.push(() => simulator.close())
    simulator.control.start({ kind: 'flood', queue: 'functions', perMinute: 6000 })
    const { folder, remove } = temporaryFolder()
    cleanUps.push(remove)
    const { endpoint, projectId, apiKey } = simulator
    const connection = { name: 'crash', endpoint, projectId, apiKey, environment: 'staging' as const }
    const order = { folder, historyKey, sweepMs: 100, cadence: null, connections: [connection] }
    let seed = 11
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
    /** What was said to be kept, over all lives. */
    const told = new Map<string, number | null>()
    let unsaid = 0
    for (let kill = 0; kill < kills; kill++) {
      const { process: child, lines, ended } = await startHeadless(order)
      lines.on('line', (line) => {
        const { rows } = JSON.parse(line) as SweepLine
        for (const { atMs, depths } of rows)
          for (const [queue, depth] of Object.entries(depths)) told.set(`${queue} ${atMs}`, depth)
      })
      await once(lines, 'line')
      await new Promise((resolve) => setTimeout(resolve, random() * 700))
      child.kill('SIGKILL')
      await ended

      const history = openHistory(folder)
      const serverId = serverIdOf(endpoint)
      const kept = new Map<string, number | null>(
        queueNames.flatMap((queue) => {
          const series: SeriesName = `depth/${queue}`
          return history.samples(serverId, series, 0).map(({ atMs, value }) => [`${queue} ${atMs}`, value] as const)
        })
      )
      expect(history.trouble(serverId)).toBeNull()
      history.close()
      for (const [key, depth] of told) expect([key, kept.get(key)]).toEqual([key, depth])
      // A sweep that was kept, but killed before it could be said; with a gap before it there are two rows.
      const rest = [...kept.keys()].filter((key) => !told.has(key))
      expect(new Set(rest.map((key) => key.split(' ')[1])).size).toBeLessThanOrEqual(2)
      unsaid += rest.length
      for (const key of rest) told.set(key, kept.get(key) ?? null)
    }
    expect(told.size).toBeGreaterThan(kills * queueNames.length * 2)
    expect(unsaid).toBeLessThan(told.size / 10)
  }, 1_200_000)
})
