import { afterEach, describe, expect, it } from 'vitest'
import type { CapabilitiesView } from '../../../src-main/contract/capabilities.ts'
import { Capabilities } from '../../../src-main/services/capabilities.ts'
import { startSimulator } from '../../../src-main/simulator/simulator.ts'
import { realClock, watch } from '../../support/watching.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function desk(version: string) {
  const simulator = await startSimulator({ version, seed: 5 })
  cleanUps.push(() => simulator.close())
  const watching = watch(200)
  cleanUps.push(() => watching.poller.stop())
  const capabilities = new Capabilities({ poller: watching.poller, clock: realClock })
  return { simulator, capabilities, ...watching }
}

const offeringOf = (view: CapabilitiesView, operation: string): string | undefined =>
  view.rows.find((row) => row.operation === operation)?.offering
const wordOf = (view: CapabilitiesView, operation: string): string | null | undefined =>
  view.rows.find((row) => row.operation === operation)?.word

describe('what a server offers', () => {
  it.each([
    ['1.5.11', 'offered', 'not-offered', 'offered', 'offered'],
    ['1.9.6', 'not-offered', 'offered', 'offered', 'offered'],
    // It calls itself 1.9.6; what was not asked is not taken for offered once replies show what it removed.
    ['main', 'not-offered', 'not-offered', 'not-offered', 'unknown']
  ])('is its version’s, borne out by its replies: %s', async (version, queue, stats, builds, usage) => {
    const { simulator, capabilities, add, until } = await desk(version)
    const { serverId } = add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    await until(serverId, ({ version: told, heard }) => told !== null && heard.size > 12)
    const view = capabilities.watch({ serverId }).snapshot()
    expect([
      offeringOf(view, 'GET /health/queue'),
      offeringOf(view, 'GET /health/queue/stats-usage'),
      offeringOf(view, 'GET /health/queue/builds'),
      offeringOf(view, 'GET /functions/usage')
    ]).toEqual([queue, stats, builds, usage])
    expect(wordOf(view, 'GET /health/queue/builds')).not.toBeNull()
    expect(wordOf(view, 'GET /functions')).toBeNull()
  })

  it('is unknown, and not taken for offered, before the server said its version', async () => {
    const { simulator, capabilities, add, until } = await desk('1.5.11')
    simulator.control.start({ kind: 'database-down' })
    const { serverId } = add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    await until(serverId, ({ fault }) => fault !== null)
    const view = capabilities.watch({ serverId }).snapshot()
    expect(view.version).toBeNull()
    expect(offeringOf(view, 'GET /health/queue/builds')).toBe('unknown')
  })

  it('follows an upgrade while it is watched, without anybody asking', async () => {
    const { simulator, capabilities, add, until } = await desk('1.5.11')
    const { serverId } = add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    await until(serverId, ({ version, heard }) => version === '1.5.11' && heard.size > 12)
    const pushed: CapabilitiesView[] = []
    const stop = capabilities.watch({ serverId }).subscribe(
      (view) => pushed.push(view),
      () => undefined
    )
    simulator.control.upgrade('1.9.6')
    await until(serverId, ({ version }) => version === '1.9.6')
    await until(serverId, ({ queues }) => !queues.some(({ queue }) => queue === 'usage'))
    stop()
    const last = pushed.at(-1)
    expect(last?.version).toBe('1.9.6')
    expect(last === undefined ? null : offeringOf(last, 'GET /health/queue/usage')).toBe('not-offered')
    expect(last?.losses.map(({ operation }) => operation)).toContain('GET /health/queue/builds')
  }, 45_000)
})

describe('what a key may do', () => {
  it('is found out by reads alone, with the scopes to tick for what it cannot', async () => {
    const { simulator, capabilities, add, until } = await desk('1.9.6')
    const [project] = simulator.projects
    const { serverId, connectionId } = add(simulator.endpoint, simulator.projectId, project?.bareKey ?? '')
    await until(serverId, ({ version }) => version !== null)
    const view = await capabilities.checkKey({ connectionId }, new AbortController().signal)
    const executions = view.features.find(({ feature }) => feature === 'executions')
    expect(executions).toMatchObject({ reading: 'missing', missing: ['functions.read', 'execution.read'] })
    expect(view.features.find(({ feature }) => feature === 'queues')).toMatchObject({ reading: 'granted', missing: [] })
    expect(view.scopes.find(({ scope }) => scope === 'functions.write')?.state).toBe('unknown')
    expect(simulator.control.requests().counts.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('is all of it with a key that has all reads', async () => {
    const { simulator, capabilities, add, until } = await desk('1.5.11')
    const [project] = simulator.projects
    const { serverId, connectionId } = add(simulator.endpoint, simulator.projectId, project?.readKey ?? '')
    await until(serverId, ({ version }) => version !== null)
    const { features } = await capabilities.checkKey({ connectionId }, new AbortController().signal)
    expect(features.filter(({ reading }) => reading !== 'granted')).toEqual([])
  })
})
