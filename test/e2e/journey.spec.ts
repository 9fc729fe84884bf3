import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { queueNames } from '../support/queue-names.ts'
import { addConnection, addedConnection, expect, goTo, test } from './support/desk.ts'
import { chartPoints, expectNoBlankCanvas, newestTableRow, simulatedDepths } from './support/queues.ts'
import { control, demoControlUrl } from './support/simulator.ts'

test('opens on the demo and shows twelve queues that agree with the server', async ({ launch }) => {
  const { page, userData } = await launch({ args: ['--demo'] })
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await expectNoBlankCanvas(page, 3)
  const controlUrl = await demoControlUrl(userData)
  await control(controlUrl, 'POST', '/clock', { freeze: true })
  const depths = await simulatedDepths(controlUrl)

  await goTo(page, 'Queues')
  await expect(page.getByRole('main').locator('canvas')).toHaveCount(queueNames.length + 1)
  await expect
    .poll(async () => {
      const points = await chartPoints(page)
      return queueNames.map((name) => points.get(name)?.at(-1)?.[1] ?? null)
    })
    .toEqual(depths)
  await expectNoBlankCanvas(page, queueNames.length + 1)
  const past = (await chartPoints(page)).get('functions') ?? []
  expect(new Set(past.map(([, depth]) => depth)).size).toBeGreaterThan(20)

  await page.getByRole('button', { name: 'Table' }).click()
  await expect.poll(() => newestTableRow(page)).toEqual(depths)

  await control(controlUrl, 'POST', '/clock', { stepMs: 3_600_000 })
  const later = await simulatedDepths(controlUrl)
  expect(later).not.toEqual(depths)
  await expect.poll(() => newestTableRow(page)).toEqual(later)
})

test('shows a connection added to a second simulator as a second server', async ({ launch, simulate }) => {
  const { page } = await launch({ args: ['--demo'] })
  const simulator = await simulate(0, 11)
  await addedConnection(page, { name: 'Second', ...simulator })
  await expect(page.getByRole('article')).toHaveCount(2)
  const card = page.getByRole('article').filter({ hasText: 'Second' })
  await expect(card).toContainText('Live')
  await expect(card.locator('canvas')).toHaveCount(3)
})

test('asks once for two projects of one server', async ({ launch, simulate }) => {
  const { page } = await launch()
  const simulator = await simulate()
  const [first, second] = simulator.projects
  await addedConnection(page, { name: 'One', endpoint: simulator.endpoint, ...first })
  await addedConnection(page, { name: 'Two', endpoint: `${simulator.endpoint}/`, ...second })
  await expect(page.getByText('Key accepted')).toHaveCount(2)
  await simulator.control('DELETE', '/requests')
  const startedMs = Date.now()
  await page.waitForTimeout(8000)
  const { counts } = (await simulator.control('GET', '/requests')) as { counts: { path: string; count: number }[] }
  const sweeps = counts
    .filter((one) => one.path === '/v1/health/queue/functions')
    .reduce((sum, one) => sum + one.count, 0)
  expect(sweeps).toBeGreaterThanOrEqual(3)
  expect(sweeps).toBeLessThanOrEqual((Date.now() - startedMs) / 2000 + 1)
})

test('says so when key or project are wrong, and mends with a right one', async ({ launch, simulate }) => {
  const { page } = await launch()
  const simulator = await simulate()
  await addedConnection(page, { name: 'Wrong key', ...simulator, apiKey: 'standard_000000' })
  await expect(page.getByRole('status').filter({ hasText: 'Unauthorised' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('does not know this API key')
  const [, second] = simulator.projects
  await addedConnection(page, { name: 'Right', endpoint: simulator.endpoint, ...second })
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await expect(page.getByText('Key refused')).toHaveCount(1)
  await addedConnection(page, { name: 'Wrong project', ...simulator, projectId: 'nowhere' })
  await expect(page.getByRole('main')).toContainText(/project.*nowhere|nowhere.*project/i)
})

test('refuses nonsense in the dialog with a sentence and keeps what was typed', async ({ launch, simulate }) => {
  const { page } = await launch()
  const simulator = await simulate()
  await addConnection(page, { name: 'Typo', ...simulator, endpoint: 'ftp://example.com' })
  const dialog = page.getByRole('dialog', { name: 'Add a connection' })
  await expect(dialog.getByText('Only https:// and http:// addresses can be reached.').first()).toBeVisible()
  const endpoint = dialog.getByLabel('Endpoint', { exact: true })
  await expect(endpoint).toBeFocused()
  await expect(endpoint).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog.getByLabel('API key', { exact: true })).toHaveValue(simulator.apiKey)
  await endpoint.fill(simulator.endpoint.replace('/v1', ''))
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await page.getByRole('button', { name: 'Add a connection' }).first().click()
  await expect(dialog.getByLabel('API key', { exact: true })).toHaveValue('')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
})

test('is down with since-when while the server is away, and back without a restart', async ({ launch, simulate }) => {
  const { page } = await launch()
  const simulator = await simulate()
  await addedConnection(page, { name: 'Shop', ...simulator })
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await simulator.kill()
  await expect(page.getByRole('status').filter({ hasText: 'Server down' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(/Server down since \d\d:\d\d/)
  await expect(page.getByRole('main')).toContainText(/as of \d\d:\d\d/)
  await expect(page.getByRole('button', { name: 'Try now' })).toBeVisible()
  await simulate(Number(new URL(simulator.endpoint).port))
  await page.getByRole('button', { name: 'Try now' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await goTo(page, 'Queues')
  await page.getByRole('button', { name: 'Table' }).click()
  await expect(page.getByRole('table', { name: 'Depths, newest first' }).locator('td[data-gap]').first()).toBeVisible()
})

test('loses nothing on a reload, and keeps its connections when started again', async ({ launch, simulate }) => {
  const first = await launch()
  const simulator = await simulate()
  await addedConnection(first.page, { name: 'Kept', ...simulator })
  await expect(first.page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await goTo(first.page, 'Queues')
  await expect.poll(async () => (await chartPoints(first.page)).get('functions')?.length ?? 0).toBeGreaterThan(2)
  const before = (await chartPoints(first.page)).get('functions') ?? []
  await first.page.reload()
  await expect(first.page.getByRole('heading', { level: 1, name: 'Queues' })).toBeVisible()
  await expect
    .poll(async () => (await chartPoints(first.page)).get('functions') ?? [])
    .toEqual(expect.arrayContaining([...before]))
  await first.app.close()

  const second = await launch({ userData: first.userData })
  await expect(second.page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await expect(second.page.getByRole('main')).toContainText('Kept')
})

test('comes back by itself when its page crashed', async ({ launch }) => {
  const { app, page } = await launch({ args: ['--demo'] })
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  // The driver's own handle on the page dies with the renderer: crash it, and ask, through main.
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    return new Promise((loaded) => {
      contents?.once('did-finish-load', () => loaded(null))
      contents?.forcefullyCrashRenderer()
    })
  })
  const text = (): Promise<unknown> =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText')
    )
  await expect.poll(text).toContain('Live')
})

test('removes a connection after saying what that deletes', async ({ launch, simulate }) => {
  const { page, userData } = await launch()
  const simulator = await simulate()
  await addedConnection(page, { name: 'Old', ...simulator })
  await page.getByRole('button', { name: 'Remove Old' }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('Old')
  await expect(dialog).toContainText('and the history of')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Remove Old' })).toBeVisible()
  await page.getByRole('button', { name: 'Remove Old' }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByRole('button', { name: 'Open the demo' })).toBeVisible()
  expect(await readFile(join(userData, 'standby.json'), 'utf8')).not.toContain('"Old"')
  const { secrets } = JSON.parse(await readFile(join(userData, 'keys.json'), 'utf8')) as { secrets: object }
  expect(Object.keys(secrets)).toEqual(['history'])
})

test('shows an empty app what it needs, and opens the demo from there', async ({ launch }) => {
  const { page } = await launch()
  await expect(page.getByRole('button', { name: 'Add a connection' })).toBeVisible()
  await page.getByRole('button', { name: 'Open the demo' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await expect(page.getByRole('main').getByText('Demo', { exact: true }).first()).toBeVisible()
})

test('has every place of the rail, by click and by shortcut', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] })
  const places = [
    'Overview',
    'Queues',
    'Health',
    'Alerts',
    'Functions',
    'Executions',
    'Variables',
    'Messaging',
    'GraphQL',
    'Reference',
    'Timeline',
    'Settings'
  ]
  const links = page.getByRole('navigation').getByRole('link')
  await expect(links).toHaveText(places)
  for (const place of places) await goTo(page, place)
  for (const [index, place] of places.slice(0, 9).entries()) {
    await page.keyboard.press(`Control+${index + 1}`)
    await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible()
  }
})

test('keeps the chosen theme', async ({ launch }) => {
  const first = await launch()
  await goTo(first.page, 'Settings')
  for (const theme of ['Dark', 'Light'] as const) {
    await first.page.getByRole('radio', { name: theme }).click()
    await expect(first.page.locator('html')).toHaveAttribute('data-theme', theme.toLowerCase())
  }
  await first.app.close()
  const second = await launch({ userData: first.userData })
  await expect(second.page.locator('html')).toHaveAttribute('data-theme', 'light')
})
