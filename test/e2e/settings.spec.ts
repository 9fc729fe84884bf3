import type { ElectronApplication, Page } from '@playwright/test'
import type { JournalState } from '../../src-main/simulator/http/journal.ts'
import { addedConnection, expect, goTo, test } from './support/desk.ts'
import type { RunningSimulator } from './support/simulator.ts'

const isLive = (page: Page) => expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
const box = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true })
const choice = (page: Page, name: string) => page.getByRole('radio', { name, exact: true })

async function choose(page: Page, name: string, option: string): Promise<void> {
  await box(page, name).click()
  await page.getByRole('option', { name: option, exact: true }).click()
  await expect(box(page, name)).toHaveText(option)
}

/** The times between the next requests for a path, in milliseconds. */
async function gapsAt(simulator: RunningSimulator, path: string, gaps: number): Promise<readonly number[]> {
  await simulator.control('DELETE', '/requests')
  const asked = async () => {
    const { last } = (await simulator.control('GET', '/requests')) as JournalState
    return last.filter((request) => request.path === path).map(({ atMs }) => atMs)
  }
  await expect.poll(async () => (await asked()).length, { timeout: 30_000 }).toBeGreaterThan(gaps)
  const times = await asked()
  return times.slice(1).map((atMs, index) => atMs - (times[index] ?? NaN))
}

/** Whether this app keeps the machine from sleeping: its first blockers have the first ids. */
const isAwake = (app: ElectronApplication): Promise<boolean> =>
  app.evaluate(({ powerSaveBlocker }) => Array.from({ length: 20 }).some((_, id) => powerSaveBlocker.isStarted(id)))

test('an interval that was chosen is what the server is asked at, and still is after a restart', async ({
  launch,
  simulate
}) => {
  // Waits for four intervals, and for two starts of the app.
  test.setTimeout(120_000)
  const simulator = await simulate()
  const first = await launch({ sweepEvery: null })
  await addedConnection(first.page, { name: 'Shop', ...simulator })
  await isLive(first.page)
  await goTo(first.page, 'Settings')
  await expect(box(first.page, 'Queue depths')).toHaveText('every 10 s')
  await expect(first.page.getByText('About 107 requests a minute')).toBeVisible()
  await choose(first.page, 'Queue depths', 'every 5 s')
  await choose(first.page, 'Failed jobs and light checks', 'every 15 s')
  await expect(first.page.getByText('About 213 requests a minute')).toBeVisible()
  const isEveryFiveSeconds = (gaps: readonly number[]): void => {
    for (const gapMs of gaps) {
      expect(gapMs).toBeGreaterThan(4000)
      // Closer to what was chosen than to the ten seconds it starts with.
      expect(gapMs).toBeLessThan(7000)
    }
  }
  isEveryFiveSeconds(await gapsAt(simulator, '/v1/health/queue/functions', 2))
  await first.app.close()

  const second = await launch({ sweepEvery: null, userData: first.userData })
  await isLive(second.page)
  await goTo(second.page, 'Settings')
  await expect(box(second.page, 'Queue depths')).toHaveText('every 5 s')
  await expect(box(second.page, 'Failed jobs and light checks')).toHaveText('every 15 s')
  isEveryFiveSeconds(await gapsAt(simulator, '/v1/health/queue/functions', 2))
  await goTo(second.page, 'Health')
  const row = (check: string) => second.page.getByRole('table', { name: 'Checks' }).getByRole('row', { name: check })
  await expect(row('pubsub')).toContainText('every 15 s')
  await expect(row('storage').first()).toContainText('every 5 min')
})

test('how long a history is kept, whether the machine may sleep, and UTC are as they were left', async ({
  launch,
  simulate
}) => {
  const simulator = await simulate()
  // Half an hour off UTC: neither the hour nor the minutes of a time can be right by chance.
  const env = { TZ: 'Asia/Kolkata' }
  const startedMs = Date.now()
  const first = await launch({ env })
  const { page } = first
  await addedConnection(page, { name: 'Shop', ...simulator })
  await isLive(page)
  expect(await isAwake(first.app)).toBe(true)
  await goTo(page, 'Settings')
  await expect(choice(page, 'On mains power')).toBeChecked()
  await choice(page, 'Never').click()
  await expect.poll(() => isAwake(first.app)).toBe(false)
  await choice(page, 'Always').click()
  await expect.poll(() => isAwake(first.app)).toBe(true)
  await choice(page, 'Never').click()
  await expect.poll(() => isAwake(first.app)).toBe(false)
  await choose(page, 'Keep every sample for', '3 days')
  await choose(page, 'At most, for each server', '256 MB')

  const history = (of: Page) => of.getByRole('list', { name: 'Histories on this machine' }).getByRole('listitem')
  const since = (of: Page) => history(of).locator('time')
  await expect(history(page)).toHaveCount(1)
  const sinceMs = Date.parse((await since(page).getAttribute('datetime')) ?? '')
  expect(sinceMs).toBeGreaterThan(startedMs)
  const clock = (atMs: number): string => new Date(atMs).toISOString().slice(11, 16)
  const zone = (of: Page) => of.getByRole('contentinfo').getByRole('button', { name: /^Show times in/ })
  await expect(since(page)).toContainText(clock(sinceMs + 5.5 * 3_600_000))
  await expect(zone(page)).toContainText('UTC+5:30')
  await page.getByRole('switch', { name: 'Show times in UTC' }).click()
  await expect(since(page)).toContainText(clock(sinceMs))
  await expect(zone(page)).not.toContainText('UTC+5:30')
  await first.app.close()

  const second = await launch({ env, userData: first.userData })
  await isLive(second.page)
  await goTo(second.page, 'Settings')
  await expect(box(second.page, 'Keep every sample for')).toHaveText('3 days')
  await expect(box(second.page, 'Keep minutes for')).toHaveText('60 days')
  await expect(box(second.page, 'At most, for each server')).toHaveText('256 MB')
  await expect(choice(second.page, 'Never')).toBeChecked()
  expect(await isAwake(second.app)).toBe(false)
  await expect(second.page.getByRole('switch', { name: 'Show times in UTC' })).toBeChecked()
  await expect(since(second.page)).toHaveAttribute('datetime', new Date(sinceMs).toISOString())
  await expect(since(second.page)).toContainText(clock(sinceMs))
  await expect(zone(second.page)).toHaveText(/ · UTC$/)
})

test('says where the data lies and what each history takes there', async ({ launch, simulate }) => {
  const { page, userData } = await launch()
  await goTo(page, 'Settings')
  const panel = page.getByRole('region', { name: 'History' })
  await expect(panel).toContainText('No history lies on this machine yet.')
  await expect(panel.getByText(userData, { exact: true })).toBeVisible()
  for (const name of ['Shop', 'Blog']) {
    await goTo(page, 'Overview')
    await addedConnection(page, { name, ...(await simulate()) })
  }
  await isLive(page)
  await goTo(page, 'Settings')
  const histories = panel.getByRole('list', { name: 'Histories on this machine' }).getByRole('listitem')
  await expect(histories).toHaveCount(2)
  for (const text of await histories.allTextContents()) {
    const [, size] = /(\d+(?:\.\d)?) (?:KB|MB)/.exec(text) ?? []
    expect(Number(size)).toBeGreaterThan(0)
  }
})
