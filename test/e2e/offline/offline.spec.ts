import type { Locator, Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { addedConnection, expect as expectSoon, goTo, test as base } from '../support/desk.ts'
import { addFarMachine, ip, type FarMachine } from './network.ts'

// A request that is on its way when the cable is pulled runs into its deadline first.
const expect = expectSoon.configure({ timeout: 40_000 })
const sentence = 'This machine has no network. Standby shows what it last knew and goes on by itself'

const test = base.extend<{ readonly far: FarMachine }>({
  far: async ({}, use) => {
    const far = await addFarMachine()
    await use(far)
    await far.remove()
  }
})

test.skip(process.env.STANDBY_NO_OWN_NETWORK !== undefined, process.env.STANDBY_NO_OWN_NETWORK)

const log = (): Promise<string> => readFile(process.env.STANDBY_NOTIFICATION_LOG ?? '', 'utf8')
const notices = async (): Promise<readonly string[]> =>
  (await log()).split('\n').filter((line) => line.includes(' Notify '))
const card = (page: Page, name: string): Locator => page.getByRole('article').filter({ hasText: name })
const pill = (page: Page, words: string): Locator => page.getByRole('status').filter({ hasText: words })

test('is offline and not down while the cable is out, and live again by itself', async ({ launch, simulate, far }) => {
  const { page } = await launch()
  const here = await simulate()
  await addedConnection(page, { name: 'Far', ...far })
  await addedConnection(page, { name: 'Here', ...here })
  await expect(card(page, 'Far')).toContainText('Live')
  await expect(card(page, 'Here')).toContainText('Live')
  const seen: string[] = []
  await page.exposeFunction('seen', (text: string) => seen.push(text))
  await page.evaluate(() => {
    const tell = (globalThis as unknown as { seen: (text: string) => void }).seen
    new MutationObserver(() => tell(document.body.innerText)).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true
    })
  })

  ip('link set away down')
  await expect(pill(page, 'Offline')).toBeVisible()
  await expect(card(page, 'Far')).toContainText(sentence)
  await expect(card(page, 'Far')).toContainText(/as of \d\d:\d\d/)
  await here.control('DELETE', '/requests')
  await expect
    .poll(async () => ((await here.control('GET', '/requests')) as { counts: readonly unknown[] }).counts.length)
    .toBeGreaterThan(0)
  await expect(card(page, 'Here')).toContainText('Live')
  await expect(card(page, 'Here')).not.toContainText(sentence)

  ip('link set away up')
  const upMs = Date.now()
  await expect(card(page, 'Far')).toContainText('Live')
  expect(Date.now() - upMs).toBeLessThan(10_000)
  await expect(pill(page, 'Live')).toBeVisible()
  expect(seen.filter((text) => text.includes('Server down'))).toEqual([])
})

test('is offline while the cable leads nowhere, by its requests alone', async ({ launch, far }) => {
  const { page } = await launch()
  await addedConnection(page, { name: 'Far', ...far })
  await expect(pill(page, 'Live')).toBeVisible()
  ip('route del 10.77.0.0/24')
  await expect(page.getByRole('main')).toContainText(sentence)
  ip('route add 10.77.0.0/24 dev away')
  await expect(pill(page, 'Live')).toBeVisible()
})

test('says once that it does not watch, and nothing of the servers, when that lasts', async ({ launch, far }) => {
  test.setTimeout(180_000)
  const { page } = await launch()
  await addedConnection(page, { name: 'Far', ...far })
  await expect(pill(page, 'Live')).toBeVisible()
  await goTo(page, 'Settings')
  await page.getByRole('combobox', { name: 'Say that nobody watches' }).click()
  await page.getByRole('option', { name: 'after 1 min' }).click()
  const before = (await notices()).length

  ip('link set away down')
  await expect(page.getByRole('contentinfo')).toContainText(/This machine has no network since \d\d:\d\d/)
  await expectSoon.poll(async () => (await notices()).length, { timeout: 90_000 }).toBeGreaterThan(before)
  await page.waitForTimeout(10_000)
  const told = (await notices()).slice(before)
  expect(told).toHaveLength(1)
  expect(told[0]).toMatch(/Not watching since \d\d:\d\d/)

  ip('link set away up')
  await expect(pill(page, 'Live')).toBeVisible()
  await expect(page.getByRole('contentinfo')).not.toContainText('no network')
  await expectSoon.poll(async () => (await log()).includes(' CloseNotification ')).toBe(true)
})

test('says that the server is down, not this machine, when the cable is fine', async ({ launch, far }) => {
  const { page } = await launch()
  await addedConnection(page, { name: 'Far', ...far })
  await expect(pill(page, 'Live')).toBeVisible()
  far.refuse()
  await expect(pill(page, 'Server down')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('refused the connection')
  await expect(pill(page, 'Offline')).toHaveCount(0)
})

test('the sandbox stays on inside a network namespace', async ({ launch }) => {
  test.skip(process.env.STANDBY_NO_SANDBOX !== undefined, 'user namespaces are forbidden here: Chromium cannot sandbox')
  const { app } = await launch()
  const pid = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId())
  const status = await readFile(`/proc/${pid ?? 'none'}/status`, 'utf8')
  expect(/^Seccomp:\s*2$/m.test(status)).toBe(true)
})
