import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addedConnection, expect, goTo, projectRoot, switches, test } from './support/desk.ts'

test('sets a corrupt profile file aside with a notice, and is usable', async ({ launch, simulate }) => {
  const simulator = await simulate()
  const first = await launch()
  await addedConnection(first.page, { name: 'Shop', ...simulator })
  await first.app.close()
  const file = join(first.userData, 'standby.json')
  const torn = (await readFile(file, 'utf8')).slice(0, 150)
  await writeFile(file, torn)

  const second = await launch({ userData: first.userData })
  const aside = (await readdir(first.userData)).find((name) => name.startsWith('standby.unreadable-'))
  await expect(second.page.getByText(aside ?? 'no file was set aside').first()).toBeVisible()
  expect(await readFile(join(first.userData, aside ?? ''), 'utf8')).toBe(torn)
  await addedConnection(second.page, { name: 'Shop again', ...simulator })
  await expect(second.page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
})

test('takes a profile file of version 1 over', async ({ launch, simulate }) => {
  const simulator = await simulate()
  const first = await launch()
  await addedConnection(first.page, { name: 'Old friend', ...simulator })
  await first.app.close()
  const file = join(first.userData, 'standby.json')
  const { trusts: _new, ...rest } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
  await writeFile(file, JSON.stringify({ ...rest, version: 1 }))
  const second = await launch({ userData: first.userData })
  await expect(second.page.getByRole('main')).toContainText('Old friend')
  await expect(second.page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
})

test('started a second time, brings the first window forward and ends', async ({ launch }) => {
  const { app, userData } = await launch()
  await app.evaluate(({ app: electron }) => {
    electron.on('second-instance', () => (process.env.SECOND_SEEN = '1'))
  })
  const second = spawn(process.env.STANDBY_ELECTRON ?? '', [...switches(), '.', `--user-data-dir=${userData}`], {
    cwd: projectRoot,
    stdio: 'ignore'
  })
  const [code] = (await once(second, 'exit')) as [number | null]
  expect(code).toBe(0)
  await expect.poll(() => app.evaluate(() => process.env.SECOND_SEEN)).toBe('1')
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true)
})

test('edits a connection: another key keeps the history, another endpoint is another server', async ({
  launch,
  simulate
}) => {
  const { page } = await launch()
  const simulator = await simulate()
  await addedConnection(page, { name: 'Shop', ...simulator })
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await goTo(page, 'Queues')
  await page.getByRole('button', { name: 'Table' }).click()
  const rows = page.getByRole('table', { name: 'Depths, newest first' }).locator('tbody tr')
  await expect.poll(() => rows.count()).toBeGreaterThan(2)
  const before = await rows.last().locator('time').getAttribute('datetime')

  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Edit Shop' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('Shop renamed')
  await dialog.getByLabel('API key', { exact: true }).fill('standard_0000')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Unauthorised' })).toBeVisible()
  await page.getByRole('button', { name: 'Edit Shop renamed' }).click()
  await dialog.getByLabel('API key', { exact: true }).fill(simulator.apiKey)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await goTo(page, 'Queues')
  await expect(rows.last().locator('time')).toHaveAttribute('datetime', before ?? '')

  const other = await simulate(0, 12)
  const [project] = other.projects
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Edit Shop renamed' }).click()
  await dialog.getByLabel('Endpoint', { exact: true }).fill(other.endpoint)
  await dialog.getByLabel('Project ID', { exact: true }).fill(project.projectId)
  await dialog.getByLabel('API key', { exact: true }).fill(project.apiKey)
  await expect(dialog).toContainText('another server')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await goTo(page, 'Queues')
  await expect(rows.first()).toBeVisible()
  expect(await rows.last().locator('time').getAttribute('datetime')).not.toBe(before)
})

test('exports connections without a secret and imports them keyless', async ({ launch, simulate }) => {
  const simulator = await simulate()
  const first = await launch()
  await addedConnection(first.page, { name: 'Shop', ...simulator })
  const file = join(first.userData, 'handed-on.json')
  // The system's own dialogs cannot be driven: these answer in their place.
  const answer = (desk: typeof first) =>
    desk.app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path })
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
    }, file)
  await answer(first)
  await goTo(first.page, 'Settings')
  await first.page.getByRole('button', { name: 'Export connections' }).click()
  await expect(first.page.getByText('handed-on.json').first()).toBeVisible()
  const text = await readFile(file, 'utf8')
  expect(text).toContain('"Shop"')
  expect(text).not.toContain(simulator.apiKey)

  const second = await launch()
  await answer(second)
  await goTo(second.page, 'Settings')
  await second.page.getByRole('button', { name: 'Import connections' }).click()
  await expect(second.page.getByRole('rowheader', { name: 'Shop' })).toBeVisible()
  await expect(second.page.getByRole('status').filter({ hasText: 'Added 1 connection' })).toBeVisible()
  await second.page.getByRole('button', { name: 'Edit Shop' }).click()
  await second.page.getByRole('dialog').getByLabel('API key', { exact: true }).fill(simulator.apiKey)
  await second.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(second.page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
})
