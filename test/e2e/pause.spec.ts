import type { Page } from '@playwright/test'
import { addedConnection, expect, goTo, test } from './support/desk.ts'
import type { RunningSimulator } from './support/simulator.ts'

const pill = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words })
const footer = (page: Page) => page.getByRole('contentinfo')

async function requests(simulator: RunningSimulator): Promise<number> {
  const { counts } = (await simulator.control('GET', '/requests')) as { counts: readonly { readonly count: number }[] }
  return counts.reduce((sum, { count }) => sum + count, 0)
}

test('a pause asks the server nothing, says until when, outlasts a restart, and is ended by hand', async ({
  launch,
  simulate
}) => {
  test.setTimeout(120_000)
  const first = await launch()
  const simulator = await simulate()
  await addedConnection(first.page, { name: 'Shop', ...simulator })
  await expect(pill(first.page, 'Live')).toBeVisible()
  await expect(footer(first.page)).toContainText('Last full sweep')

  await first.page.getByRole('button', { name: 'Snooze and pause' }).click()
  await first.page.getByRole('group', { name: 'Pause polling' }).getByRole('menuitem', { name: 'For 1 h' }).click()
  await expect(pill(first.page, 'Paused')).toBeVisible()
  await expect(footer(first.page)).toContainText(/Paused until \d\d:\d\d/)
  await simulator.control('DELETE', '/requests')
  await first.page.waitForTimeout(8_000)
  expect(await requests(simulator)).toBe(0)
  await first.app.close()

  const second = await launch({ userData: first.userData })
  await expect(pill(second.page, 'Paused')).toBeVisible()
  await second.page.waitForTimeout(5_000)
  expect(await requests(simulator)).toBe(0)
  await second.page.getByRole('button', { name: 'Resume polling' }).click()
  await expect(pill(second.page, 'Live')).toBeVisible()
  await expect.poll(() => requests(simulator)).toBeGreaterThan(0)
  await expect(footer(second.page)).not.toContainText('Paused')
  await expect(second.page.getByRole('main')).toContainText('Not watched')
})

test('the bell snoozes all that fires', async ({ launch, simulate }) => {
  const { page } = await launch()
  const simulator = await simulate()
  await addedConnection(page, { name: 'Snoozed', ...simulator })
  await simulator.kill()
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Alerts' })).toContainText('1', {
    timeout: 60_000
  })
  await page.getByRole('button', { name: 'Snooze and pause' }).click()
  await page.getByRole('group', { name: 'Snooze all' }).getByRole('menuitem', { name: 'For 1 h' }).click()
  await expect(page.getByRole('button', { name: 'Snooze and pause, 1 snoozed' })).toBeVisible()
  await goTo(page, 'Alerts')
  await expect(page.getByRole('tab', { name: /Snoozed/ })).toContainText('1')
})

test('settings say who shows notices and the icon, and keep what was chosen', async ({ launch }) => {
  const first = await launch()
  await goTo(first.page, 'Settings')
  const main = first.page.getByRole('main')
  await expect(main).toContainText('Notices are shown by')
  await expect(main).toContainText('The icon beside the clock brings the window back.')
  await first.page.getByRole('radiogroup', { name: 'Sound' }).getByRole('radio', { name: 'None' }).check()
  await first.page.getByRole('combobox', { name: 'Say that nobody watches' }).click()
  await first.page.getByRole('option', { name: 'after 15 min' }).click()
  await first.app.close()
  const second = await launch({ userData: first.userData })
  await goTo(second.page, 'Settings')
  await expect(second.page.getByRole('radio', { name: 'None' })).toBeChecked()
  await expect(second.page.getByRole('combobox', { name: 'Say that nobody watches' })).toContainText('after 15 min')
})
