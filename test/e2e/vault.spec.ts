import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addedConnection, expect, goTo, test } from './support/desk.ts'
import { makeKeyring } from './support/keyring.ts'

const says = (page: Page, word: string) => expect(page.getByRole('status').filter({ hasText: word })).toBeVisible()
const question = (page: Page) => page.getByRole('alertdialog', { name: 'Where may API keys be kept?' })

/** The question comes before the first key is entered. */
async function answerBeforeAdding(page: Page, answer: string): Promise<void> {
  await expect(page.getByRole('button', { name: 'Add a connection' })).toBeVisible()
  await expect(question(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Add a connection' }).click()
  await question(page).getByRole('button', { name: answer }).click()
  await expect(question(page)).toHaveCount(0)
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
}
const keysOf = async (userData: string): Promise<string> => await readFile(join(userData, 'keys.json'), 'utf8')

test('without a keyring asks once; declined, keys stay in memory and the question comes back', async ({
  launch,
  simulate
}) => {
  const simulator = await simulate()
  const first = await launch({ passwordStore: 'basic' })
  await answerBeforeAdding(first.page, 'Keep keys in memory')
  await addedConnection(first.page, { name: 'Shop', ...simulator })
  await says(first.page, 'Live')
  await expect(keysOf(first.userData)).rejects.toThrow('ENOENT')
  await first.app.close()

  const second = await launch({ passwordStore: 'basic', userData: first.userData })
  await question(second.page).getByRole('button', { name: 'Keep keys in memory' }).click()
  await says(second.page, 'Unauthorised')
  await expect(second.page.getByRole('main')).toContainText('is not on this machine')
})

test('without a keyring keeps keys in a file once that was agreed to, and asks no more', async ({
  launch,
  simulate
}) => {
  const simulator = await simulate()
  const first = await launch({ passwordStore: 'basic' })
  await answerBeforeAdding(first.page, 'Store them anyway')
  await addedConnection(first.page, { name: 'Shop', ...simulator })
  await says(first.page, 'Live')
  await first.app.close()
  expect(await keysOf(first.userData)).not.toContain(simulator.apiKey)

  const second = await launch({ passwordStore: 'basic', userData: first.userData })
  await says(second.page, 'Live')
  await expect(question(second.page)).toHaveCount(0)
  await goTo(second.page, 'Settings')
  await expect(second.page.getByRole('main')).toContainText('anyone who can read it can decrypt')
})

test('loses no key when the key store changes, and takes over what was only obfuscated', async ({
  launch,
  simulate
}) => {
  const simulator = await simulate()
  const keyring = await makeKeyring()
  const withKeyring = { executable: keyring.unlocked, passwordStore: 'gnome-libsecret' }
  const first = await launch(withKeyring)
  const { userData } = first
  await addedConnection(first.page, { name: 'Shop', ...simulator })
  await says(first.page, 'Live')
  await first.app.close()
  const kept = await keysOf(userData)

  const changed = await launch({ passwordStore: 'basic', userData })
  await question(changed.page).getByRole('button', { name: 'Store them anyway' }).click()
  await says(changed.page, 'Unauthorised')
  await expect(changed.page.getByText('encrypted by another key store').first()).toBeVisible()
  const [, second] = simulator.projects
  await addedConnection(changed.page, { name: 'Second', endpoint: simulator.endpoint, ...second })
  await says(changed.page, 'Live')
  await changed.app.close()
  const secrets = (text: string) => (JSON.parse(text) as { secrets: Record<string, { backend: string }> }).secrets
  expect(secrets(await keysOf(userData))).toMatchObject(secrets(kept))

  const back = await launch({ ...withKeyring, userData })
  await says(back.page, 'Live')
  await expect(back.page.getByText('Key accepted')).toHaveCount(2)
  // Two keys, and that of the histories.
  const backends = Object.values(secrets(await keysOf(userData))).map((secret) => secret.backend)
  expect(backends).toEqual(['gnome_libsecret', 'gnome_libsecret', 'gnome_libsecret'])
})

test('says that the keyring is locked, keeps its keys, and has them again once it is open', async ({
  launch,
  simulate
}) => {
  const simulator = await simulate()
  const keyring = await makeKeyring()
  const first = await launch({ executable: keyring.unlocked, passwordStore: 'gnome-libsecret' })
  const { userData } = first
  await addedConnection(first.page, { name: 'Shop', ...simulator })
  await says(first.page, 'Live')
  await first.app.close()

  const locked = await launch({ executable: keyring.locked, passwordStore: 'gnome-libsecret', userData })
  await expect(locked.page.getByText('it is locked or not running').first()).toBeVisible()
  await says(locked.page, 'Unauthorised')
  await locked.app.close()

  const open = await launch({ executable: keyring.unlocked, passwordStore: 'gnome-libsecret', userData })
  await says(open.page, 'Live')
})
