import { depthRule } from '../support/rules.ts'
import { drain, flood, floodRow, kill, sinceMs, swept, watchOnly } from './support/alerting.ts'
import { addedConnection, expect, goTo, test } from './support/desk.ts'
import { notices, takenBack } from './support/session-notices.ts'

test('killed while an alert fires, it fires on since the same moment, and nobody is told again', async ({
  launch,
  simulate
}) => {
  test.setTimeout(120_000)
  const first = await launch()
  const simulator = await simulate()
  await addedConnection(first.page, { name: 'Killed firing', ...simulator })
  await watchOnly(first.page, depthRule)
  await flood(simulator)
  await expect.poll(() => notices('Killed firing'), { timeout: 30_000 }).toHaveLength(1)
  await goTo(first.page, 'Alerts')
  const firedMs = await sinceMs(floodRow(first.page, 'Firing'))
  await kill(first)

  const second = await launch({ userData: first.userData })
  await goTo(second.page, 'Alerts')
  await swept(simulator, 3)
  expect(await sinceMs(floodRow(second.page, 'Firing'))).toBe(firedMs)
  const told = await notices('Killed firing')
  expect(told).toHaveLength(1)
  expect(await takenBack(told[0]?.id ?? 0)).toBe(0)

  // The notice is of the run that was killed, and is taken off the desktop by this one.
  await drain(simulator)
  await expect.poll(() => takenBack(told[0]?.id ?? 0), { timeout: 30_000 }).toBe(1)
})

test('killed while an alert is pending, its clock goes on', async ({ launch, simulate }) => {
  test.setTimeout(180_000)
  const first = await launch()
  const simulator = await simulate()
  await addedConnection(first.page, { name: 'Killed pending', ...simulator })
  await watchOnly(first.page, { ...depthRule, critical: { at: 5000, forMs: 60_000, samples: 1 } })
  await flood(simulator)
  await goTo(first.page, 'Alerts')
  await expect(floodRow(first.page, 'Pending')).toBeVisible({ timeout: 30_000 })
  const beganMs = await sinceMs(floodRow(first.page, 'Pending'))
  await swept(simulator, 12)
  await expect(floodRow(first.page, 'Pending')).toBeVisible()
  await kill(first)
  const killedMs = Date.now()

  const second = await launch({ userData: first.userData })
  await goTo(second.page, 'Alerts')
  await expect(floodRow(second.page, 'Pending')).toBeVisible()
  expect(await sinceMs(floodRow(second.page, 'Pending'))).toBe(beganMs)
  expect(await notices('Killed pending')).toEqual([])
  await expect.poll(() => notices('Killed pending'), { timeout: 90_000 }).toHaveLength(1)
  const [{ atMs } = { atMs: NaN }] = await notices('Killed pending')
  expect(atMs - beganMs).toBeGreaterThanOrEqual(60_000)
  // Begun anew it would fire a whole minute after the app came back.
  expect(atMs).toBeLessThan(killedMs + 60_000)
})

test('what was acknowledged before the app was killed is not told by its first sweeps', async ({
  launch,
  simulate
}) => {
  test.setTimeout(120_000)
  const first = await launch()
  const simulator = await simulate()
  await addedConnection(first.page, { name: 'Killed taken', ...simulator })
  await watchOnly(first.page, depthRule)
  await flood(simulator)
  await expect.poll(() => notices('Killed taken'), { timeout: 30_000 }).toHaveLength(1)
  await goTo(first.page, 'Alerts')
  await floodRow(first.page, 'Firing').press('a')
  await expect(first.page.getByRole('tab', { name: /Acknowledged/ })).toHaveText('Acknowledged1')
  await kill(first)

  const second = await launch({ userData: first.userData })
  await goTo(second.page, 'Alerts')
  await expect(second.page.getByRole('tab', { name: /Acknowledged/ })).toHaveText('Acknowledged1')
  await swept(simulator, 3)
  await expect(second.page.getByRole('status').filter({ hasText: 'Degraded' })).toBeVisible()
  await second.page.getByRole('tab', { name: /Acknowledged/ }).click()
  await expect(floodRow(second.page, 'Acknowledged')).toBeVisible()
  expect(await notices('Killed taken')).toHaveLength(1)
})
