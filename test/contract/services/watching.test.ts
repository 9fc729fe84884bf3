import { afterEach, describe, expect, it } from 'vitest'
import { queueNames } from '../../support/queue-names.ts'
import { Fleet } from '../../../src-main/services/fleet.ts'
import { startSimulator, type Simulator } from '../../../src-main/simulator/simulator.ts'
import { realClock, watch } from '../../support/watching.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function server(port = 0): Promise<Simulator> {
  const simulator = await startSimulator({ port, seed: 7, projects: 3 })
  cleanUps.push(() => simulator.close())
  return simulator
}

function desk(sweepMs?: number): ReturnType<typeof watch> {
  const watching = watch(sweepMs)
  cleanUps.push(() => watching.poller.stop())
  return watching
}

/** The newest row of depths in the history. */
const lastRow = ({ history, poller }: ReturnType<typeof watch>, serverId: string) => {
  const names = poller.facts(serverId).queues.map(({ queue }) => queue)
  const newest = names.map((name) => [name, history.samples(serverId, `depth/${name}`, 0).at(-1)] as const)
  const atMs = Math.max(...newest.map(([, sample]) => sample?.atMs ?? 0))
  return Object.fromEntries(newest.flatMap(([name, one]) => (one?.atMs === atMs ? [[name, one.value]] : [])))
}

const portOf = (simulator: Simulator): number => Number(new URL(simulator.endpoint).port)

const sweepsOf = (simulator: Simulator): number =>
  simulator.control
    .requests()
    .counts.filter((one) => one.path === '/v1/health/queue/functions')
    .reduce((sum, one) => sum + one.count, 0)

describe('watching a server', () => {
  it('learns twelve depths, failed jobs, checks and the version', async () => {
    const simulator = await server()
    simulator.control.freeze()
    const watching = desk()
    const { add, until } = watching
    const { serverId } = add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    const facts = await until(
      serverId,
      (now) =>
        now.verdict.state === 'live' &&
        now.version !== null &&
        now.checks.length === 9 &&
        now.queues[0]?.failed !== null
    )
    const nowMs = simulator.control.clock().nowMs
    const told = simulator.control.depths(nowMs, nowMs, 1000)
    const expected = queueNames.map((name) => told.rows[0]?.depths[told.queues.findIndex((queue) => queue === name)])
    expect(facts.queues.map((queue) => queue.depth)).toEqual(expected)
    expect(Object.values(lastRow(watching, serverId))).toEqual(expected)
    expect(facts.version).toBe('1.5.11')
    expect(facts.writesSent).toBe(0)
  })

  it('asks once for three projects of one server, whatever the spelling of its address', async () => {
    const simulator = await server()
    const { add, until, poller } = desk(500)
    const [first, second, third] = simulator.projects
    if (first === undefined || second === undefined || third === undefined) throw new Error('three projects expected')
    const { serverId } = add(simulator.endpoint, first.projectId, first.apiKey)
    add(`${simulator.endpoint}/`, second.projectId, second.apiKey)
    add(simulator.endpoint.replace('/v1', ''), third.projectId, third.apiKey)
    await until(serverId, (facts) => facts.lastSweepAtMs !== null)
    const before = sweepsOf(simulator)
    const startedMs = performance.now()
    await new Promise((resolve) => setTimeout(resolve, 3000))
    const sweeps = sweepsOf(simulator) - before
    expect(sweeps).toBeLessThanOrEqual((performance.now() - startedMs) / 500 + 1)
    expect(sweeps).toBeGreaterThanOrEqual(3)
    expect(poller.all()).toHaveLength(1)
    expect(poller.facts(serverId).access.map((one) => one.access)).toEqual(['accepted', 'accepted', 'accepted'])
  })

  it('goes over to the next key when one is refused, and says which', async () => {
    const simulator = await server()
    const { add, until } = desk()
    const [first, second] = simulator.projects
    if (first === undefined || second === undefined) throw new Error('two projects expected')
    const { serverId } = add(simulator.endpoint, first.projectId, 'standard_wrong')
    add(simulator.endpoint, second.projectId, second.apiKey)
    const facts = await until(serverId, (now) => now.verdict.state === 'live')
    expect(facts.access.map((one) => one.access)).toEqual(['refused', 'accepted'])
    expect(facts.access[0]?.fault?.code).toBe('denied')
  })

  it.each([
    ['a wrong key', (simulator: Simulator) => [simulator.projectId, 'standard_wrong'], 'denied'],
    [
      'an expired key',
      (simulator: Simulator) => [simulator.projectId, simulator.projects[0]?.expiredKey ?? ''],
      'denied'
    ],
    ['a wrong project', (simulator: Simulator) => ['nowhere', simulator.apiKey], 'missing']
  ] as const)('is unauthorised with %s, and well again once that is mended', async (_what, credentials, code) => {
    const simulator = await server()
    const { add, until, connections } = desk()
    const [projectId = '', apiKey = ''] = credentials(simulator)
    const wrong = add(simulator.endpoint, projectId, apiKey)
    const facts = await until(wrong.serverId, (now) => now.verdict.state === 'unauthorised')
    expect(facts.fault?.code).toBe(code)
    expect(facts.verdict.reason).not.toContain(apiKey)
    const second = simulator.projects[1]
    connections.add({
      name: 'right',
      endpoint: simulator.endpoint,
      projectId: second?.projectId ?? '',
      apiKey: second?.apiKey ?? '',
      environment: 'staging'
    })
    await until(wrong.serverId, (now) => now.verdict.state === 'live')
  })

  it('is down since the first sign when the server is gone, and back without a restart', async () => {
    const simulator = await startSimulator({ seed: 7 })
    const watching = desk()
    const { add, until } = watching
    const { serverId } = add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    await until(serverId, (facts) => facts.verdict.state === 'live')
    const goneMs = Date.now()
    await simulator.close()
    const down = await until(serverId, (facts) => facts.verdict.state === 'down')
    expect(down.fault).toMatchObject({ code: 'unreachable', step: 'tcp' })
    expect(down.sinceMs).toBeGreaterThanOrEqual(goneMs - 1000)
    expect(down.sinceMs).toBeLessThanOrEqual(Date.now())
    expect(down.queues.every((queue) => queue.depth === null && queue.level === 'unknown')).toBe(true)
    expect(new Set(Object.values(lastRow(watching, serverId)))).toEqual(new Set([null]))
    await server(portOf(simulator))
    const back = await until(serverId, (facts) => facts.verdict.state === 'live')
    expect(back.sinceMs).toBeGreaterThan(down.sinceMs ?? 0)
  })

  it('sends a lost server nothing but a single probe, further and further apart', async () => {
    const simulator = await server()
    const { add, until } = desk()
    const { serverId } = add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    await until(serverId, (facts) => facts.verdict.state === 'live')
    simulator.control.start({ kind: 'database-down' })
    await until(serverId, (facts) => facts.verdict.state === 'down')
    simulator.control.resetRequests()
    await new Promise((resolve) => setTimeout(resolve, 5000))
    const counts = simulator.control.requests().counts
    expect(new Set(counts.map((one) => one.path))).toEqual(new Set(['/v1/health']))
    expect(counts.reduce((sum, one) => sum + one.count, 0)).toBeLessThanOrEqual(3)
  })

  it('says that the server answers with errors when its database is away', async () => {
    const simulator = await server()
    const { add, until } = desk()
    const { serverId } = add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    await until(serverId, (facts) => facts.verdict.state === 'live')
    simulator.control.start({ kind: 'database-down' })
    const down = await until(serverId, (facts) => facts.verdict.state === 'down')
    expect(down.fault?.code).toBe('server')
    simulator.control.undo('all')
    await until(serverId, (facts) => facts.verdict.state === 'live')
  })

  it('is degraded by a flood, naming queue, depth and limit', async () => {
    const simulator = await server()
    const { add, until } = desk()
    const { serverId } = add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    simulator.control.start({ kind: 'flood', queue: 'functions', jobs: 6000 })
    const facts = await until(serverId, (now) => now.verdict.state === 'degraded')
    expect(facts.verdict.reason).toMatch(/^functions holds \d,\d{3} of 5,000 jobs/)
    expect(facts.queues.find((queue) => queue.queue === 'functions')?.level).toBe('critical')
  })

  it('takes a server that hangs for down within the deadlines of a sweep and a probe', async () => {
    const simulator = await server()
    const { add, until } = desk()
    const { serverId } = add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    await until(serverId, (facts) => facts.verdict.state === 'live')
    simulator.control.start({ kind: 'latency', ms: 60_000 })
    const startedMs = Date.now()
    const facts = await until(serverId, (now) => now.verdict.state === 'down')
    expect(facts.fault?.code).toBe('timeout')
    expect(Date.now() - startedMs).toBeLessThan(20_000)
  })

  it('forgets a server with its last connection', async () => {
    const simulator = await server()
    const { add, until, connections, poller, history, vault } = desk()
    const { serverId, connectionId } = add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    await until(serverId, (facts) => facts.verdict.state === 'live')
    connections.remove(connectionId)
    expect(() => poller.facts(serverId)).toThrow('no connection any more')
    expect(history.lastAtMs(serverId)).toBeNull()
    expect(vault.secrets()).toEqual([])
  })

  it('shows one card, never with a key in it', async () => {
    const simulator = await server()
    const { add, until, connections, poller } = desk()
    const { serverId } = add(simulator.endpoint, simulator.projectId, simulator.apiKey, 'production')
    await until(serverId, (facts) => facts.verdict.state === 'live')
    const { servers } = new Fleet({ connections, poller, clock: realClock }).watch().snapshot()
    expect(servers).toHaveLength(1)
    expect(servers[0]).toMatchObject({ serverId, state: 'live', environment: 'production', writesSent: 0 })
    expect(servers[0]?.fullest).toHaveLength(3)
    expect(JSON.stringify(servers)).not.toContain(simulator.apiKey)
  })
})
