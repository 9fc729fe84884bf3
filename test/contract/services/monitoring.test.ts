import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Check, CheckId } from '../../../src-main/contract/health.ts'
import type { Intervals } from '../../../src-main/contract/settings.ts'
import { cadenceFor } from '../../../src-main/core/cadence.ts'
import type { ServerFacts } from '../../../src-main/services/monitor/server-facts.ts'
import { steadyPace, type Pace } from '../../../src-main/services/pace.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../src-main/simulator/simulator.ts'
import { expiredDomain, reachableDomain } from '../../../src-main/simulator/world/certificates.ts'
import { someNetwork, watch } from '../../support/watching.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function server(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ seed: 7, projects: 3, ...options })
  cleanUps.push(() => simulator.close())
  return simulator
}

function desk(pace: Pace = steadyPace(cadenceFor(200))): ReturnType<typeof watch> {
  const watching = watch(200, someNetwork, pace)
  cleanUps.push(() => watching.poller.stop())
  return watching
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Quick checks and quick certificates: each is asked every 200 ms. */
const everythingOften: Intervals = { depthsMs: 200, cheapMs: 200, slowMs: 200, rareMs: 200 }

/** A pace that a test sets, as the user would. */
function pacer(start: Intervals): Pace & { readonly set: (intervals: Intervals) => void } {
  let now = start
  const listeners = new Set<() => void>()
  return {
    current: () => now,
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    set: (intervals) => {
      now = intervals
      for (const listener of listeners) listener()
    }
  }
}

const checkOf = (facts: ServerFacts, id: CheckId): Check | undefined => facts.checks.find(({ check }) => check === id)

const isCertificate = ({ check }: Check): boolean => check.startsWith('certificate/')

const timesOf = ({ history }: ReturnType<typeof watch>, serverId: string): readonly number[] =>
  history.samples(serverId, 'level/server', 0).map(({ atMs }) => atMs)

const longestGap = (times: readonly number[]): number =>
  times.slice(1).reduce((longest, atMs, index) => Math.max(longest, atMs - (times[index] ?? atMs)), 0)

/** A proxy before a simulator that can be told to keep requests for these paths without ever answering. */
async function holding(endpoint: string, paths: readonly string[]) {
  let isHolding = false
  const proxy = createServer((asked, answer) => {
    if (isHolding && paths.includes(asked.url ?? '')) return
    const { url, headers } = asked
    const onward = request(new URL(url ?? '', endpoint), { headers }, (told) => {
      answer.writeHead(told.statusCode ?? 500, told.headers)
      told.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    onward.end()
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  cleanUps.push(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  const { port } = proxy.address() as AddressInfo
  return { endpoint: `http://127.0.0.1:${port}/v1`, hold: () => (isHolding = true) }
}

describe('monitoring', () => {
  it('keeps one history of a server, however many of its projects are watched', async () => {
    const simulator = await server()
    const watching = desk()
    const ids = simulator.projects.map(
      ({ projectId, apiKey }) => watching.add(simulator.endpoint, projectId, apiKey).serverId
    )
    const [serverId = ''] = ids
    expect(new Set(ids).size).toBe(1)
    await watching.until(serverId, (facts) => facts.lastSweepAtMs !== null)
    const before = watching.history.samples(serverId, 'depth/functions', 0).length
    simulator.control.resetRequests()
    await pause(1500)
    const asked = simulator.control
      .requests()
      .counts.filter(({ path }) => path === '/v1/health/queue/functions')
      .reduce((sum, { count }) => sum + count, 0)
    const kept = watching.history.samples(serverId, 'depth/functions', 0)
    expect(asked).toBeGreaterThanOrEqual(3)
    expect(asked).toBeLessThanOrEqual(9)
    expect(Math.abs(kept.length - before - asked)).toBeLessThanOrEqual(1)
    expect(new Set(kept.map(({ atMs }) => atMs)).size).toBe(kept.length)
  })

  it('asks 1.9.6 for its own queues, those without an endpoint by name, and counts logs once', async () => {
    const simulator = await server({ version: '1.9.6' })
    simulator.control.freeze()
    const watching = desk()
    const { serverId } = watching.add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    const facts = await watching.until(
      serverId,
      ({ queues }) => queues.length > 0 && queues.every(({ depth }) => depth !== null) && queues.length === 14
    )
    const names = facts.queues.map(({ queue }) => queue)
    expect(names).toEqual(expect.arrayContaining(['stats-usage', 'executions', 'screenshots', 'logs']))
    expect(names).not.toContain('audits')
    expect(names).not.toContain('usage')
    const nowMs = simulator.control.clock().nowMs
    const told = simulator.control.depths(nowMs, nowMs, 1000)
    for (const queue of ['executions', 'screenshots', 'logs', 'functions'] as const) {
      const at = told.queues.findIndex((one) => one === queue)
      expect(facts.queues.find((one) => one.queue === queue)?.depth, queue).toBe(told.rows[0]?.depths[at])
      expect(watching.history.samples(serverId, `depth/${queue}`, 0).at(-1)?.value).toBe(told.rows[0]?.depths[at])
    }
  })

  it('watches a queue the user added, and keeps its depths', async () => {
    const simulator = await server({ version: '1.9.6' })
    const watching = desk()
    const { serverId } = watching.add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    await watching.until(serverId, (facts) => facts.version !== null && facts.lastSweepAtMs !== null)
    watching.connections.configure({ serverId, domains: [], queues: ['v1-functions-eu', 'v1-functions'] })
    const depthOf = (facts: ServerFacts): number | null | undefined =>
      facts.queues.find(({ queue }) => queue === 'v1-functions-eu')?.depth
    const facts = await watching.until(serverId, (now) => typeof depthOf(now) === 'number')
    expect(depthOf(facts)).toBe(0)
    expect(watching.history.samples(serverId, 'depth/v1-functions-eu', 0).at(-1)?.value).toBe(0)
    expect(facts.queues.map(({ queue }) => queue)).not.toContain('v1-functions')
    watching.connections.configure({ serverId, domains: [], queues: [] })
    expect(watching.poller.facts(serverId).queues.map(({ queue }) => queue)).not.toContain('v1-functions-eu')
  })

  it('tells the days and the issuer of a certificate, and that an expired one is critical', async () => {
    const simulator = await server()
    const watching = desk(steadyPace(everythingOften))
    const { serverId } = watching.add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    watching.connections.configure({ serverId, domains: [reachableDomain], queues: [] })
    const id = `certificate/${reachableDomain}` as const
    const good = checkOf(await watching.until(serverId, (facts) => checkOf(facts, id) !== undefined), id)
    expect(good).toMatchObject({ level: 'ok', certificate: { issuer: "Let's Encrypt" } })
    expect(good?.text).toMatch(/^\d+ days left$/)
    const days = watching.history.samples(serverId, `days/${reachableDomain}`, 0).at(-1)?.value
    expect(`${days} days left`).toBe(good?.text)
    // The world's certificate of three months ago has ended since.
    simulator.control.step(-95 * 86_400_000)
    const ended = await watching.until(serverId, (facts) => checkOf(facts, id)?.level === 'critical')
    expect(checkOf(ended, id)?.text).toBe('expired')
    expect(watching.history.samples(serverId, `days/${reachableDomain}`, 0).at(-1)?.value).toBeLessThan(0)
    expect(watching.history.samples(serverId, `level/${id}`, 0).at(-1)?.value).toBe(2)
  })

  it('says of a domain whose certificate the server calls expired that it is, and of one without that', async () => {
    const simulator = await server({ version: '1.9.6' })
    const watching = desk(steadyPace(everythingOften))
    const { serverId } = watching.add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    watching.connections.configure({ serverId, domains: [expiredDomain, 'bad.example.com'], queues: [] })
    const facts = await watching.until(serverId, ({ checks }) => checks.filter(isCertificate).length === 2)
    expect(facts.checks.filter(isCertificate)).toMatchObject([
      { check: 'certificate/bad.example.com', level: 'critical', text: 'no valid certificate' },
      { check: `certificate/${expiredDomain}`, level: 'critical', text: 'expired' }
    ])
    expect(facts.access.map(({ access }) => access)).toEqual(['accepted'])
    watching.connections.configure({ serverId, domains: [], queues: [] })
    expect(watching.poller.facts(serverId).checks.filter(isCertificate)).toEqual([])
  })

  it('does not let a server that is gone delay the sweeps of eleven others', async () => {
    const simulators = await Promise.all(Array.from({ length: 12 }, () => server()))
    const watching = desk(steadyPace({ ...cadenceFor(500), slowMs: 60_000, rareMs: 60_000 }))
    const ids = simulators.map(({ endpoint, projectId, apiKey }) => watching.add(endpoint, projectId, apiKey).serverId)
    const [goneId = '', ...others] = ids
    await Promise.all(ids.map((serverId) => watching.until(serverId, (facts) => facts.lastSweepAtMs !== null)))
    simulators[0]?.control.start({ kind: 'latency', ms: 60_000 })
    const sinceMs = Date.now()
    await watching.until(goneId, (facts) => facts.verdict.state === 'down')
    for (const serverId of others) {
      const times = timesOf(watching, serverId).filter((atMs) => atMs >= sinceMs)
      expect(times.length).toBeGreaterThan(5)
      expect(longestGap(times)).toBeLessThan(1_500)
    }
  })

  it('does not let a check that hangs delay the sweeps', async () => {
    const simulator = await server()
    const watching = desk(steadyPace({ ...cadenceFor(200), slowMs: 200 }))
    const front = await holding(simulator.endpoint, ['/v1/health/storage', '/v1/health/time'])
    const { serverId } = watching.add(front.endpoint, simulator.projectId, simulator.apiKey)
    await watching.until(serverId, (facts) => checkOf(facts, 'storage')?.level === 'ok')
    front.hold()
    const sinceMs = Date.now()
    const facts = await watching.until(serverId, (now) => checkOf(now, 'storage')?.fault?.code === 'timeout')
    expect(checkOf(facts, 'storage')).toMatchObject({ level: 'unknown', text: 'no answer in time' })
    const times = timesOf(watching, serverId).filter((atMs) => atMs >= sinceMs)
    expect(times.length).toBeGreaterThan(15)
    expect(longestGap(times)).toBeLessThan(800)
    // A check of which nobody knows how it is makes a server degraded, and no more than that.
    expect(facts.verdict).toMatchObject({ state: 'degraded', rank: 5 })
  })

  it('says since when a check fails, and keeps its levels and how long it took', async () => {
    const simulator = await server()
    const watching = desk(steadyPace(everythingOften))
    const { serverId } = watching.add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    await watching.until(serverId, (facts) => checkOf(facts, 'db')?.level === 'ok')
    const failedMs = Date.now()
    simulator.control.start({ kind: 'check-fail', check: 'db' })
    const failing = await watching.until(serverId, (facts) => checkOf(facts, 'db')?.level === 'critical')
    const sinceMs = checkOf(failing, 'db')?.sinceMs ?? 0
    expect(sinceMs).toBeGreaterThanOrEqual(failedMs - 1)
    expect(sinceMs).toBeLessThanOrEqual(Date.now())
    expect(failing.verdict.state).toBe('degraded')
    await pause(600)
    expect(checkOf(watching.poller.facts(serverId), 'db')?.sinceMs).toBe(sinceMs)
    simulator.control.undo('all')
    const back = await watching.until(serverId, (facts) => checkOf(facts, 'db')?.level === 'ok')
    expect(checkOf(back, 'db')?.sinceMs).toBeGreaterThan(sinceMs)
    const levels = watching.history.samples(serverId, 'level/db', 0).map(({ value }) => value)
    expect(levels.filter((value, index) => value !== levels[index - 1])).toEqual([0, 2, 0])
    const took = watching.history.samples(serverId, 'latency/db', 0)
    expect(took).toHaveLength(levels.length)
    expect(took.at(0)?.value).toBeGreaterThanOrEqual(0)
  })

  it('is down since when its database went, and back', async () => {
    const simulator = await server()
    const watching = desk()
    const { serverId } = watching.add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    await watching.until(serverId, (facts) => facts.lastSweepAtMs !== null)
    const goneMs = Date.now()
    simulator.control.start({ kind: 'database-down', holdMs: 100 })
    const down = await watching.until(serverId, (facts) => facts.verdict.state === 'down')
    expect(down.sinceMs).toBeGreaterThanOrEqual(goneMs - 200)
    expect(down.sinceMs).toBeLessThanOrEqual(Date.now())
    expect(watching.history.samples(serverId, 'level/server', goneMs).at(-1)?.value).toBe(2)
    simulator.control.undo('all')
    await watching.until(serverId, (facts) => facts.verdict.state === 'live')
    const values = watching.history.samples(serverId, 'level/server', 0).map(({ value }) => value)
    expect(values.filter((value, index) => value !== values[index - 1])).toEqual([0, 2, 0])
  })

  it('follows a changed interval at once, both ways', async () => {
    const simulator = await server()
    const pace = pacer({ ...cadenceFor(60_000), depthsMs: 60_000 })
    const watching = desk(pace)
    const { serverId } = watching.add(simulator.endpoint, simulator.projectId, simulator.apiKey)
    const first = await watching.until(serverId, (facts) => facts.lastSweepAtMs !== null)
    pace.set(cadenceFor(200))
    await watching.until(serverId, (facts) => (facts.lastSweepAtMs ?? 0) > (first.lastSweepAtMs ?? 0))
    await pause(1000)
    const { length } = timesOf(watching, serverId)
    expect(length).toBeGreaterThanOrEqual(4)
    pace.set(cadenceFor(60_000))
    await pause(300)
    const slowed = timesOf(watching, serverId).length
    await pause(1000)
    expect(timesOf(watching, serverId)).toHaveLength(slowed)
  })
})
