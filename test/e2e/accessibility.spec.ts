import type { Page } from '@playwright/test'
import { appwriteAt } from '../contract/appwrite/fake-appwrite.ts'
import { apiKey, credentials, listenHttps } from '../contract/appwrite/listener.ts'
import { flaws } from './support/axe.ts'
import { addedConnection, expect, goTo, test } from './support/desk.ts'

// Some fifty faces are examined, each for a second or two.
test.describe.configure({ timeout: 180_000 })

const says = (page: Page, word: string) => expect(page.getByRole('status').filter({ hasText: word })).toBeVisible()

test('axe finds nothing on any page of the demo, nor on its menu', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] })
  await says(page, 'Live')
  const found: string[] = []
  const places = (await page.getByRole('navigation').getByRole('link').allTextContents()).map((text) => text.trim())
  expect(places).toHaveLength(12)
  for (const place of places) {
    await goTo(page, place)
    found.push(...(await flaws(page, place)))
  }
  await goTo(page, 'Queues')
  await page.getByRole('button', { name: 'Demo', exact: true }).click()
  await expect(page.getByRole('menuitemcheckbox').first()).toBeVisible()
  found.push(...(await flaws(page, 'the menu of the demo')))
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Snooze and pause' }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  found.push(...(await flaws(page, 'the bell')))
  expect(found).toEqual([])
})

test('axe finds nothing on the empty app, in trouble and in any dialog', async ({ launch, simulate }) => {
  const simulator = await simulate()
  const secure = await listenHttps('own-chain', appwriteAt('/v1', '1.9.6', credentials.projectId, apiKey))
  const { page } = await launch()
  const found: string[] = []
  found.push(...(await flaws(page, 'the empty app')))
  await page.getByRole('button', { name: 'Add a connection' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Endpoint', { exact: true }).fill(secure.endpoint)
  await dialog.getByRole('button', { name: 'Test connection' }).click()
  await expect(dialog.getByRole('button', { name: 'Trust this authority' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('Enter the project ID').first()).toBeVisible()
  found.push(...(await flaws(page, 'the dialog with faults')))
  await page.keyboard.press('Escape')

  await addedConnection(page, { name: 'Shop', ...simulator })
  await says(page, 'Live')
  await simulator.control('POST', '/trouble', { kind: 'flood', queue: 'functions', jobs: 5200 })
  await simulator.control('POST', '/trouble', { kind: 'check-fail', check: 'cache' })
  await says(page, 'Degraded')
  found.push(...(await flaws(page, 'a degraded server')))
  await goTo(page, 'Queues')
  await page.getByRole('button', { name: 'Table' }).click()
  await expect(page.getByRole('table', { name: 'Depths, newest first' })).toBeVisible()
  found.push(...(await flaws(page, 'the table of depths')))
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Diagnose Shop' }).click()
  await expect(dialog.getByRole('status')).toContainText('Passed')
  found.push(...(await flaws(page, 'a diagnosis')))
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Remove Shop' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  found.push(...(await flaws(page, 'a removal')))
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Add a webhook' }).click()
  await dialog.getByRole('radio', { name: 'ntfy', exact: true }).click()
  await dialog.getByLabel('Address', { exact: true }).fill('http://ntfy.example.com/')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('The address of ntfy ends in the topic').first()).toBeVisible()
  found.push(...(await flaws(page, 'a webhook with a fault')))
  await dialog.getByLabel('Address', { exact: true }).fill('http://ntfy.example.com/desk')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('table', { name: 'Webhooks' })).toBeVisible()
  found.push(...(await flaws(page, 'a webhook')))
  await goTo(page, 'Overview')
  await simulator.control('POST', '/trouble', { kind: 'wrong-key' })
  await says(page, 'Unauthorised')
  found.push(...(await flaws(page, 'a refused key')))
  await simulator.kill()
  await says(page, 'Server down')
  found.push(...(await flaws(page, 'a server that is down')))
  expect(found).toEqual([])
  await secure.close()
})

test('axe finds nothing on the question where keys may be kept', async ({ launch }) => {
  const { page } = await launch({ passwordStore: 'basic' })
  await page.getByRole('button', { name: 'Add a connection' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  expect(await flaws(page, 'the question')).toEqual([])
})

/** What the keyboard is on: its name, and whether the eye can tell. */
function focused(page: Page): Promise<{ readonly name: string; readonly isSeen: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body
    const ringOf = (each: Element): boolean =>
      [null, '::after'].some((part) => {
        const { outlineStyle, outlineWidth, content } = getComputedStyle(each, part)
        const isThere = part === null || content !== 'none'
        return isThere && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1
      })
    // A choice hides its radio and puts the ring on the face beside it; a tile's button puts it round the whole tile.
    const shown = [element, element.nextElementSibling, element.parentElement].filter((each) => each !== null)
    const name = element.getAttribute('aria-label') ?? element.textContent.trim().replace(/\s+/g, ' ').slice(0, 60)
    return { name: `${element.tagName.toLowerCase()} ${name}`, isSeen: shown.some(ringOf) }
  })
}

/** Tabs until the first stop comes round again; every stop is seen. */
async function stops(page: Page): Promise<readonly string[]> {
  const names: string[] = []
  for (;;) {
    await page.keyboard.press('Tab')
    const { name, isSeen } = await focused(page)
    if (names.length > 0 && name === names[0]) return names
    if (!name.startsWith('body')) {
      expect({ name, isSeen }).toEqual({ name, isSeen: true })
      names.push(name)
    }
    expect(names.length).toBeLessThan(150)
  }
}

test('everything is done by the keyboard alone, and one always sees where one is', async ({ launch, simulate }) => {
  const simulator = await simulate()
  const { page } = await launch()
  await expect(page.getByRole('button', { name: 'Add a connection' })).toBeVisible()
  const names = await stops(page)
  expect(names).toEqual(expect.arrayContaining(['a Overview', 'a Settings', 'button Open the demo']))

  await page.getByRole('button', { name: 'Add a connection' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  for (const text of ['Shop', simulator.projectId, simulator.endpoint, simulator.apiKey]) {
    await expect.poll(async () => (await focused(page)).name).toMatch(/^input/)
    await page.keyboard.insertText(text)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await says(page, 'Live')

  await page.keyboard.press('Control+2')
  await expect(page.getByRole('heading', { level: 1, name: 'Queues' })).toBeVisible()
  expect((await stops(page)).length).toBeGreaterThan(15)
  await page.keyboard.press('Control+1')
  await page.getByRole('button', { name: 'Edit Shop' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Edit Shop' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect.poll(async () => (await focused(page)).name).toBe('button Edit Shop')
})

test('nothing moves for those who asked for less motion', async ({ launch, simulate }) => {
  const simulator = await simulate()
  await simulator.control('POST', '/trouble', { kind: 'latency', ms: 60_000 })
  const { page } = await launch()
  const moving = () =>
    page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length)
  await addedConnection(page, { name: 'Shop', ...simulator })
  await says(page, 'Connecting')
  // Skeletons breathe: what the next line asks for is really there to be switched off.
  await expect.poll(moving).toBeGreaterThan(0)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect.poll(moving).toBe(0)
  await page
    .getByRole('button', { name: /^Diagnose/ })
    .first()
    .click()
  await expect(page.getByRole('dialog').getByRole('img', { name: 'Running' })).toBeVisible()
  expect(await moving()).toBe(0)
})
