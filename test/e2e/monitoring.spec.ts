import type { Page } from '@playwright/test'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FleetSnapshot, ServerCard } from '../../src-main/contract/fleet.ts'
import type { HistoryRange } from '../../src-main/contract/history.ts'
import { startSimulator } from '../../src-main/simulator/simulator.ts'
import { addedConnection, expect, goTo, test, type Typed } from './support/desk.ts'
import type { Told } from './support/queues.ts'

/** What the page is told of all servers, through the same five functions that it has. */
async function fleetOf(page: Page): Promise<readonly ServerCard[]> {
  const { servers } = await page.evaluate(
    () =>
      new Promise<FleetSnapshot>((resolve) => {
        const id = `fleet-${Math.random()}`
        void window.standby.open(id, 'fleet.watch', {}, (frame) => {
          if (frame.kind === 'snapshot') resolve(frame.value as FleetSnapshot)
          void window.standby.close(id)
        })
      })
  )
  return servers
}

async function ask<Value>(page: Page, name: string, args: unknown): Promise<Value> {
  const reply = await page.evaluate(([asked, given]) => window.standby.request(`ask-${Math.random()}`, asked, given), [
    name,
    args
  ] as const)
  if (!reply.ok) throw new Error(reply.fault.message)
  return reply.value as Value
}

const closedPort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

test('a flood is foretold, and the interval holds the moment it comes true', async ({ launch, simulate }) => {
  test.setTimeout(240_000)
  const { page } = await launch()
  const simulator = await simulate()
  await addedConnection(page, { name: 'Shop', ...simulator })
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await page.waitForTimeout(20_000)
  // A queue that is calm otherwise: a burst of jobs on top of the flood is in nobody's power to foretell.
  await simulator.control('POST', '/trouble', { kind: 'flood', queue: 'mails', perMinute: 1500 })
  const fromMs = Date.now()
  const range = `fromMs=${fromMs}&toMs=${fromMs + 900_000}&stepMs=1000`
  const told = (await simulator.control('GET', `/depths?${range}`)) as Told
  const column = told.queues.indexOf('mails')
  const truthMs = told.rows.find(({ depths }) => (depths[column] ?? 0) >= 5000)?.atMs ?? NaN
  expect(truthMs).toBeGreaterThan(fromMs + 60_000)

  const forecast = async () => (await fleetOf(page))[0]?.fullest.find(({ queue }) => queue === 'mails')?.forecast
  await expect.poll(async () => (await forecast())?.kind ?? 'none', { timeout: 60_000 }).toBe('to-threshold')
  await expect(page.getByRole('main')).toContainText(/mails.*reaches 5,000/)
  for (let reading = 0; reading < 6; reading++) {
    const nowMs = Date.now()
    const now = await forecast()
    if (now?.kind !== 'to-threshold') throw new Error(`foretold: ${JSON.stringify(now)}`)
    expect(now.earliestMs).toBeLessThanOrEqual(truthMs)
    expect(now.latestMs ?? Infinity).toBeGreaterThanOrEqual(truthMs)
    expect(Math.abs(now.likelyMs - truthMs)).toBeLessThan(0.4 * (truthMs - nowMs) + 10_000)
    await page.waitForTimeout(4000)
  }
})

test('a failing database turns its own check critical, with since-when, and back', async ({ launch, simulate }) => {
  const { page } = await launch()
  const simulator = await simulate()
  await addedConnection(page, { name: 'Shop', ...simulator })
  await goTo(page, 'Health')
  const row = (check: string) =>
    page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: check, exact: false }) })
  await expect(row('pubsub').first()).toHaveAttribute('data-level', 'ok')
  await expect(row('db').first()).toHaveAttribute('data-level', 'ok')
  await simulator.control('POST', '/trouble', { kind: 'check-fail', check: 'db' })
  await expect(row('db').first()).toHaveAttribute('data-level', 'critical', { timeout: 30_000 })
  await expect(row('db').first()).toContainText(/\d\d:\d\d/)
  await expect(row('db').first()).toContainText('mariadb')
  await expect(row('cache').first()).toHaveAttribute('data-level', 'ok')
  await expect(page.getByRole('status').filter({ hasText: 'Degraded' })).toBeVisible()
  await simulator.control('DELETE', '/trouble')
  await expect(row('db').first()).toHaveAttribute('data-level', 'ok', { timeout: 30_000 })
})

test('three projects of one server are one history, encrypted, there again after a restart', async ({
  launch,
  simulate
}) => {
  const first = await launch()
  const simulator = await simulate()
  for (const [index, project] of simulator.projects.entries())
    await addedConnection(first.page, { name: `Project ${index}`, endpoint: simulator.endpoint, ...project })
  await expect(first.page.getByText('Key accepted')).toHaveCount(3)
  await simulator.control('DELETE', '/requests')
  const startedMs = Date.now()
  await first.page.waitForTimeout(8000)
  const { counts } = (await simulator.control('GET', '/requests')) as { counts: { path: string; count: number }[] }
  const sweeps = counts
    .filter(({ path }) => path === '/v1/health/queue/functions')
    .reduce((sum, { count }) => sum + count, 0)
  expect(sweeps).toBeGreaterThanOrEqual(3)
  expect(sweeps).toBeLessThanOrEqual((Date.now() - startedMs) / 2000 + 1)
  const [server] = await fleetOf(first.page)
  const { serverId } = server ?? { serverId: '' }
  const asked = () => ({
    serverId,
    series: ['depth/functions'],
    fromMs: startedMs - 60_000,
    toMs: Date.now() + 1000,
    points: 2000
  })
  const before = await ask<HistoryRange>(first.page, 'history.query', asked())
  const known = [...(before.series[0]?.atMs ?? [])]
  expect(known.length).toBeGreaterThan(3)
  await first.app.close()
  const closedMs = Date.now()

  const files = await readdir(join(first.userData, 'history'))
  expect(files.filter((name) => name.endsWith('.db'))).toEqual([`${serverId}.db`])
  const bytes = await readFile(join(first.userData, 'history', `${serverId}.db`))
  expect(bytes.includes('SQLite format 3') || bytes.includes('depth/functions')).toBe(false)

  await new Promise((resolve) => setTimeout(resolve, 7000))
  const second = await launch({ userData: first.userData })
  await expect(second.page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  const after = await ask<HistoryRange>(second.page, 'history.query', asked())
  const kept = [...(after.series[0]?.atMs ?? [])]
  expect(kept.slice(0, known.length)).toEqual(known)
  expect(kept.length).toBeGreaterThan(known.length)
  const [closed] = after.unwatched
  expect(closed).toMatchObject({ reason: 'closed' })
  expect(closed?.fromMs).toBeLessThanOrEqual(closedMs)
  expect(closed?.toMs).toBeGreaterThan(closedMs + 6000)
})

test('of twelve servers a dead one is told first and delays no other', async ({ launch }) => {
  test.setTimeout(120_000)
  const { page } = await launch()
  await expect(page.getByRole('button', { name: 'Open the demo' })).toBeVisible()
  const simulators = await Promise.all(Array.from({ length: 11 }, (_, seed) => startSimulator({ seed })))
  try {
    const drafts: readonly Typed[] = simulators.map(({ endpoint, projectId, apiKey }, index) => ({
      name: `Server ${index}`,
      endpoint,
      projectId,
      apiKey
    }))
    const dead = {
      name: 'Dead',
      endpoint: `http://127.0.0.1:${await closedPort()}/v1`,
      projectId: 'shop',
      apiKey: 'key'
    }
    for (const draft of [...drafts, dead]) await ask(page, 'connections.add', { ...draft, environment: 'staging' })
    const states = async () => (await fleetOf(page)).map(({ state }) => state).sort()
    await expect.poll(states, { timeout: 40_000 }).toEqual(['down', ...Array.from({ length: 11 }, () => 'live')])
    await expect(page.getByRole('article')).toHaveCount(12)
    await expect(page.getByRole('article').first()).toContainText('Server down')
    for (let look = 0; look < 15; look++) {
      await page.waitForTimeout(1000)
      const nowMs = Date.now()
      const ages = (await fleetOf(page))
        .filter(({ state }) => state !== 'down')
        .map((one) => nowMs - (one.lastSweepAtMs ?? 0))
      expect(ages).toHaveLength(11)
      // Two and a half intervals: what a chart would show as a gap.
      expect(Math.max(...ages)).toBeLessThan(5000)
    }
  } finally {
    await Promise.all(simulators.map((simulator) => simulator.close()))
  }
})
