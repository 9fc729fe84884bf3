import type { Page } from '@playwright/test'
import { expect, test } from './support/desk.ts'
import { control, demoControlUrl } from './support/simulator.ts'

const says = (page: Page, word: string) => expect(page.getByRole('status').filter({ hasText: word })).toBeVisible()
const trouble = (page: Page, label: string) => page.getByRole('menuitemcheckbox', { name: label })

test('the demo is broken from its menu, each trouble by one click and undone by one', async ({ launch }) => {
  const { page, userData } = await launch({ args: ['--demo'] })
  await says(page, 'Live')
  await page.getByRole('button', { name: 'Demo', exact: true }).click()
  for (const [label, word] of [
    ['Take the database down', 'Server down'],
    ['Cut the connections', 'Server down'],
    ['Revoke the keys', 'Unauthorised']
  ] as const) {
    await trouble(page, label).click()
    await expect(trouble(page, label)).toBeChecked()
    await says(page, word)
    await trouble(page, label).click()
    await expect(trouble(page, label)).not.toBeChecked()
    await page.keyboard.press('Escape')
    const tryNow = page.getByRole('button', { name: 'Try now' })
    if (await tryNow.isVisible()) await tryNow.click()
    await says(page, 'Live')
    await page.getByRole('button', { name: 'Demo', exact: true }).click()
  }

  for (const label of ['Flood a queue', 'Kill a worker', 'Slow it down']) await trouble(page, label).click()
  const url = await demoControlUrl(userData)
  const standing = async (): Promise<readonly string[]> =>
    ((await control(url, 'GET', '/trouble')) as { troubles: readonly { kind: string }[] }).troubles.map(
      ({ kind }) => kind
    )
  await expect.poll(standing).toEqual(['flood', 'stop-worker', 'latency'])
  await page.getByRole('menuitem', { name: 'Undo all of it' }).click()
  await expect.poll(standing).toEqual([])
  await expect(page.getByRole('button', { name: 'Demo', exact: true })).toBeVisible()
})

test('there is no menu of the demo without a demo', async ({ launch }) => {
  const { page } = await launch()
  await expect(page.getByRole('button', { name: 'Add a connection' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Demo', exact: true })).toHaveCount(0)
})
