import { depthRule } from '../support/rules.ts'
import { call, drain, flood, floodRow, swept, watchOnly } from './support/alerting.ts'
import { addedConnection, expect, goTo, test } from './support/desk.ts'
import { notices, press, takenBack } from './support/session-notices.ts'

test('a flood wakes somebody once, is acknowledged on its notice, and stays so over a restart', async ({
  launch,
  simulate
}) => {
  test.setTimeout(150_000)
  const first = await launch()
  const simulator = await simulate()
  for (const [index, project] of simulator.projects.entries())
    await addedConnection(first.page, { endpoint: simulator.endpoint, ...project, name: `Flooded ${index}` })
  await call(first.page, 'rules.save', depthRule)
  await flood(simulator)
  await expect.poll(() => notices('Flooded'), { timeout: 30_000 }).toHaveLength(1)
  const [notice] = await notices('Flooded')
  expect(notice?.title).toBe('Critical · Flooded 0 and 2 more')
  expect(notice?.body).toMatch(/^mails: 9,\d\d\d jobs waiting \(limit 5,000\)$/)
  expect(notice?.hints).toContain('"urgency": 2')

  await goTo(first.page, 'Alerts')
  const row = floodRow(first.page, 'Firing')
  await expect(row).toContainText('Flooded 0 and 2 more')
  await row.press('Enter')
  const why = first.page.getByRole('region', { name: 'Why' })
  await expect(why).toContainText(/Fired, critical, at 9,\d\d\d jobs/)
  await expect(why).toContainText('Clears below 4,000 jobs.')
  await expect(why).toContainText('Scale the workers.')
  await expect(why.getByRole('img', { name: /mails/ })).toBeVisible()

  await press(notice?.id ?? 0, 'acknowledge')
  await expect(first.page.getByRole('tab', { name: /Acknowledged/ })).toContainText('1')
  await first.app.close()

  const second = await launch({ userData: first.userData })
  await goTo(second.page, 'Alerts')
  await expect(second.page.getByRole('tab', { name: /Acknowledged/ })).toContainText('1')
  await expect(second.page.getByRole('status').filter({ hasText: 'Degraded' })).toBeVisible()
  await swept(simulator, 3)
  expect(await notices('Flooded')).toHaveLength(1)
})

test('one flood of a server with three projects is one notice and one alert', async ({ launch, simulate }) => {
  const { page } = await launch()
  const simulator = await simulate()
  for (const [index, project] of simulator.projects.entries())
    await addedConnection(page, { endpoint: simulator.endpoint, ...project, name: `Shared ${index}` })
  await watchOnly(page, depthRule)
  await flood(simulator)
  await expect.poll(() => notices('Shared'), { timeout: 30_000 }).toHaveLength(1)
  await swept(simulator, 3)
  expect((await notices('Shared')).map(({ title }) => title)).toEqual(['Critical · Shared 0 and 2 more'])
  await goTo(page, 'Alerts')
  await expect(page.getByRole('list', { name: 'Firing' }).getByRole('listitem')).toHaveCount(1)
  await expect(page.getByRole('tab', { name: /Firing/ })).toHaveText('Firing1')
})

test('a queue that is empty again takes its notice off the desktop and is history', async ({ launch, simulate }) => {
  const { page } = await launch()
  const simulator = await simulate()
  await addedConnection(page, { name: 'Recovering', ...simulator })
  await watchOnly(page, depthRule)
  await flood(simulator)
  await expect.poll(() => notices('Recovering'), { timeout: 30_000 }).toHaveLength(1)
  const [notice] = await notices('Recovering')
  await goTo(page, 'Alerts')
  await expect(floodRow(page, 'Firing')).toBeVisible()
  expect(await takenBack(notice?.id ?? 0)).toBe(0)

  await drain(simulator)
  await expect.poll(() => takenBack(notice?.id ?? 0), { timeout: 30_000 }).toBe(1)
  await expect(page.getByRole('main')).toContainText('Nothing fires.')
  await page.getByRole('tab', { name: 'History' }).click()
  const past = page.getByRole('row').filter({ hasText: 'Recovering' })
  await expect(past).toHaveCount(1)
  await expect(past).toContainText(/mails: 9,\d\d\d jobs waiting/)
  await expect(past).toContainText('1 time')
  await swept(simulator, 2)
  expect(await notices('Recovering')).toHaveLength(1)
})

test('a server that dies is one notice and not one for each queue', async ({ launch, simulate }) => {
  const { page } = await launch()
  const simulator = await simulate()
  await addedConnection(page, { name: 'Dying', ...simulator })
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await simulator.kill()
  await expect.poll(() => notices('Dying'), { timeout: 40_000 }).toHaveLength(1)
  expect((await notices('Dying'))[0]?.body).toContain('Server down')
  await page.waitForTimeout(10_000)
  expect(await notices('Dying')).toHaveLength(1)
})
