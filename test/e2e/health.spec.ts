import type { Page } from '@playwright/test'
import { addedConnection, expect, goTo, test } from './support/desk.ts'

const says = (page: Page, word: string) => expect(page.getByRole('status').filter({ hasText: word })).toBeVisible()
const panel = (page: Page, name: string | RegExp) => page.getByRole('region', { name })
const operation = (page: Page, name: string) =>
  panel(page, /^What Appwrite/)
    .getByRole('listitem')
    .filter({ hasText: name })

test('says what each check means, and where to look when one fails', async ({ launch, simulate }) => {
  const simulator = await simulate()
  const { page } = await launch()
  await addedConnection(page, { name: 'Shop', ...simulator })
  await says(page, 'Live')
  await page.keyboard.press('Control+3')
  const checks = page.getByRole('table', { name: 'Checks' })
  await expect(checks.getByRole('row')).toHaveCount(11)
  await expect(checks).toContainText('Each database pool answers a ping')
  await expect(checks).not.toContainText('Look at:')
  await simulator.control('POST', '/trouble', { kind: 'check-fail', check: 'db' })
  const failing = checks.getByRole('row').filter({ has: page.getByRole('img', { name: 'Critical' }) })
  await expect(failing).toContainText('db')
  await expect(failing).toContainText('Look at: The container mariadb')
})

test('shows what the server offers, follows an upgrade, and warns of what newer versions remove', async ({
  launch,
  simulate
}) => {
  const simulator = await simulate()
  const { page } = await launch()
  await addedConnection(page, { name: 'Shop', ...simulator })
  await says(page, 'Live')
  await goTo(page, 'Health')
  await expect(panel(page, 'What Appwrite 1.5.11 offers')).toBeVisible()
  await expect(operation(page, 'GET /health/queue/usage-dump')).toContainText('until 1.6.2 · confirmed')
  await expect(operation(page, 'GET /health/geo').getByRole('img', { name: 'Not offered' })).toBeVisible()
  await expect(panel(page, 'What newer versions remove')).toContainText('GET /health/queue/builds')
  await simulator.control('POST', '/version', { version: '1.9.6' })
  await expect(panel(page, 'What Appwrite 1.9.6 offers')).toBeVisible({ timeout: 40_000 })
  await expect(operation(page, 'GET /health/queue/usage-dump').getByRole('img', { name: 'Not offered' })).toBeVisible()
  await goTo(page, 'Queues')
  const queue = (name: string) => page.getByRole('listitem').getByRole('button', { name, exact: true })
  await expect(queue('stats-usage')).toBeVisible()
  await expect(queue('usage-dump')).toHaveCount(0)
})

test('finds out by reads alone what a key may do, and what to tick for the rest', async ({ launch, simulate }) => {
  const simulator = await simulate(0, 7, '1.9.6')
  const { page } = await launch()
  await addedConnection(page, { name: 'Shop', ...simulator, apiKey: simulator.projects[0].bareKey })
  await says(page, 'Live')
  await goTo(page, 'Health')
  const key = panel(page, 'Key of Shop')
  await key.getByRole('button', { name: 'Check key' }).click()
  const can = key.getByRole('list', { name: 'What this key can do' })
  await expect(can.getByRole('listitem').filter({ hasText: 'queues' })).toContainText('can be read')
  await expect(can.getByRole('listitem').filter({ hasText: 'executions' })).toContainText(
    'cannot be read: tick functions.read, execution.read'
  )
  const { counts } = (await simulator.control('GET', '/requests')) as { counts: readonly { method: string }[] }
  expect(counts.filter(({ method }) => method !== 'GET')).toEqual([])
})
