import { networkInterfaces } from 'node:os'
import { afterEach, describe, expect, it } from 'vitest'
import type { ServerFacts } from '../../../src-main/services/monitor/server-facts.ts'
import { startSimulator, type Simulator } from '../../../src-main/simulator/simulator.ts'
import { forward } from '../../support/forwarder.ts'
import { watch } from '../../support/watching.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const ownAddress = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address

/** Connecting there fails with ENETUNREACH on every machine. */
const nowhere = 'http://255.255.255.255:8080/v1'

async function local(): Promise<Simulator> {
  const simulator = await startSimulator({ seed: 7 })
  cleanUps.push(() => simulator.close())
  return simulator
}

/** A simulator, and its endpoint at an address that is not loopback, through a forwarder. */
async function remote(): Promise<{ readonly simulator: Simulator; readonly endpoint: string }> {
  const simulator = await local()
  const { endpoint, close } = await forward(simulator.endpoint, ownAddress ?? '')
  cleanUps.push(close)
  return { simulator, endpoint }
}

function desk() {
  const signs = { hasInterface: true, systemSaysOnline: true }
  const watching = watch(200, {
    hasInterface: () => signs.hasInterface,
    systemSaysOnline: () => signs.systemSaysOnline
  })
  cleanUps.push(() => watching.poller.stop())
  return { ...watching, signs }
}

const requestsOf = (simulator: Simulator): number =>
  simulator.control.requests().counts.reduce((sum, one) => sum + one.count, 0)

/** Waits for the end of what was on its way when the network went. */
async function quiet(simulator: Simulator): Promise<void> {
  for (let before = -1; before !== requestsOf(simulator);) {
    before = requestsOf(simulator)
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

const isLive = (facts: ServerFacts): boolean => facts.verdict.state === 'live'
// A sweep that was half answered when the trouble began is degraded first.
const isLost = (facts: ServerFacts): boolean => facts.fault !== null

describe.skipIf(ownAddress === undefined)('a server on another machine (skipped where there is no interface)', () => {
  it.each(['hasInterface', 'systemSaysOnline'] as const)(
    'is offline and not down while %s is false, is left alone, and is back at once',
    async (sign) => {
      const { simulator, endpoint } = await remote()
      const { add, until, signs } = desk()
      const { serverId } = add(endpoint, simulator.projectId, simulator.apiKey)
      await until(serverId, isLive)
      const lostMs = Date.now()
      signs[sign] = false
      simulator.control.start({ kind: 'cut' })
      const offline = await until(serverId, isLost)
      expect(offline.verdict).toMatchObject({ state: 'offline', reason: offline.fault?.message })
      expect(offline.fault).toMatchObject({ code: 'offline' })
      expect(offline.fault?.message).toMatch(/^This machine has no network\./)
      expect(offline.nextTryAtMs).toBeNull()
      expect(offline.sinceMs).toBeGreaterThanOrEqual(lostMs - 1000)

      simulator.control.undo('all')
      await quiet(simulator)
      simulator.control.resetRequests()
      await new Promise((resolve) => setTimeout(resolve, 7000))
      expect(requestsOf(simulator)).toBe(0)

      signs[sign] = true
      const startedMs = performance.now()
      await until(serverId, isLive)
      expect(performance.now() - startedMs).toBeLessThan(5000)
    }
  )

  it('is tried at once when the user asks, whatever the system says', async () => {
    const { simulator, endpoint } = await remote()
    const { add, until, signs, poller } = desk()
    signs.systemSaysOnline = false
    simulator.control.start({ kind: 'cut' })
    const { serverId } = add(endpoint, simulator.projectId, simulator.apiKey)
    await until(serverId, (facts) => facts.verdict.state === 'offline')
    simulator.control.undo('all')
    poller.lookNow(serverId)
    await until(serverId, isLive)
  })

  it('is down when the same happens while there is a network', async () => {
    const { simulator, endpoint } = await remote()
    const { add, until } = desk()
    const { serverId } = add(endpoint, simulator.projectId, simulator.apiKey)
    await until(serverId, isLive)
    simulator.control.start({ kind: 'cut' })
    const down = await until(serverId, isLost)
    expect(down.verdict.state).toBe('down')
    expect(down.fault).toMatchObject({ code: 'unreachable', step: 'http' })
  })

  it('that no route leads to is offline alone, and down once another one answers', async () => {
    const { simulator, endpoint } = await remote()
    const { add, until } = desk()
    const { serverId } = add(nowhere, 'shop', 'standard_0a1b')
    const alone = await until(serverId, (facts) => facts.verdict.state !== 'connecting')
    expect(alone.fault).toMatchObject({ code: 'offline', detail: expect.stringContaining('ENETUNREACH') as string })
    add(endpoint, simulator.projectId, simulator.apiKey)
    const down = await until(serverId, (facts) => facts.verdict.state === 'down')
    expect(down.fault).toMatchObject({ code: 'unreachable', step: 'tcp' })
    expect(down.fault?.message).toContain('255.255.255.255:8080')
  })
})

describe('a server on this machine', () => {
  it('is live or down on its own, whatever the network is', async () => {
    const simulator = await local()
    const { add, until, signs } = desk()
    signs.hasInterface = false
    signs.systemSaysOnline = false
    const { serverId } = add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    const other = add(nowhere, 'shop', 'standard_0a1b')
    await until(serverId, isLive)
    await until(other.serverId, (facts) => facts.verdict.state === 'offline')
    simulator.control.start({ kind: 'cut' })
    const down = await until(serverId, isLost)
    expect(down.verdict.state).toBe('down')
    simulator.control.undo('all')
    await until(serverId, isLive)
  })

  it('keeps its last check results while it is down', async () => {
    const simulator = await local()
    const { add, until } = desk()
    const { serverId } = add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    const known = await until(serverId, (facts) => isLive(facts) && facts.checks.length === 9)
    const levels = known.checks.map(({ check, level }) => [check, level])
    // Sweep, checks and probe all hang until their deadlines, so the checks give up before the server is found lost.
    simulator.control.start({ kind: 'latency', ms: 60_000 })
    const states: unknown[] = []
    const down = await until(serverId, (facts) => {
      states.push(facts.checks.map(({ check, level }) => [check, level]))
      return facts.verdict.state === 'down'
    })
    await new Promise((resolve) => setTimeout(resolve, 2000))
    expect(down.checks.map(({ check, level }) => [check, level])).toEqual(levels)
    for (const state of states) expect(state).toEqual(levels)
  })
})
