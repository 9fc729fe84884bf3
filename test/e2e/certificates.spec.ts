import type { Page } from '@playwright/test'
import { flaws } from './support/axe.ts'
import { addedConnection, expect, goTo, test } from './support/desk.ts'
import type { RunningSimulator } from './support/simulator.ts'

const certificates = (page: Page) => page.getByRole('region', { name: 'Certificates' })
const domains = (page: Page) => certificates(page).getByRole('list', { name: 'Domains' }).getByRole('listitem')
const checkRow = (page: Page, check: string) =>
  page
    .getByRole('table', { name: 'Checks' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: check }) })

async function healthOf(page: Page, simulator: RunningSimulator): Promise<void> {
  await addedConnection(page, { name: 'Shop', ...simulator })
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await goTo(page, 'Health')
}

async function watch(page: Page, domain: string): Promise<void> {
  await certificates(page).getByLabel('Domain', { exact: true }).fill(domain)
  await certificates(page).getByRole('button', { name: 'Add' }).click()
}

/** What the server itself says of a domain's certificate. */
async function certificateOf({ endpoint, projectId, apiKey }: RunningSimulator, domain: string) {
  const headers = { 'x-appwrite-project': projectId, 'x-appwrite-key': apiKey }
  const reply = await fetch(`${endpoint}/health/certificate?domain=${domain}`, { headers })
  return (await reply.json()) as { readonly issuerOrganisation: string; readonly validTo: number }
}

test('a domain that was added shows how long its certificate holds and who issued it; an ended one stands first', async ({
  launch,
  simulate
}) => {
  const simulator = await simulate()
  const { page } = await launch()
  await healthOf(page, simulator)
  await expect(certificates(page)).toContainText('No domain is watched.')
  const { issuerOrganisation, validTo } = await certificateOf(simulator, 'appwrite.example.com')
  const days = Math.floor((validTo * 1000 - Date.now()) / 86_400_000)
  expect(days).toBeGreaterThan(20)

  await watch(page, ' Appwrite.Example.com. ')
  await expect(domains(page)).toHaveCount(1)
  await expect(certificates(page).getByLabel('Domain', { exact: true })).toHaveValue('')
  await expect(domains(page)).toContainText('appwrite.example.com')
  await expect(domains(page)).toContainText(`${days} days left`)
  await expect(domains(page)).toContainText(`by ${issuerOrganisation}`)
  await expect(checkRow(page, 'certificate of appwrite.example.com')).toContainText(`${days} days left`)

  await watch(page, 'expired.example.com')
  await expect(checkRow(page, 'certificate of expired.example.com')).toHaveAttribute('data-level', 'critical')
  await expect(domains(page)).toHaveCount(2)
  await expect(domains(page).first()).toContainText('expired.example.com')
  await expect(page.getByRole('status').filter({ hasText: 'Degraded' })).toBeVisible()
  await expect(page.getByRole('region', { name: /^State of/ })).toContainText(
    'certificate of expired.example.com: expired.'
  )
  await certificates(page).getByRole('button', { name: 'Remove expired.example.com' }).click()
  await expect(domains(page)).toHaveCount(1)
  await expect(checkRow(page, 'certificate of expired.example.com')).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
})

test('what is no domain is refused in a sentence, and stays to be mended', async ({ launch, simulate }) => {
  const { page } = await launch()
  await healthOf(page, await simulate())
  await watch(page, 'appwrite.example.com')
  await expect(domains(page)).toHaveCount(1)
  const field = certificates(page).getByLabel('Domain', { exact: true })
  for (const typed of ['https://appwrite.example.com/v1', 'not a domain', '192.168.1.1']) {
    await watch(page, typed)
    await expect(field).toHaveAccessibleDescription(
      `“${typed}” is no host name. Enter it without https:// and port, such as example.com.`
    )
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(field).toHaveValue(typed)
    await expect(field).toBeFocused()
    await expect(domains(page)).toHaveCount(1)
  }
  await watch(page, 'api.example.com')
  await expect(domains(page)).toHaveCount(2)
  await expect(field).toHaveValue('')
  await expect(field).not.toHaveAttribute('aria-invalid', 'true')
})

test('an uptime strip says in words what its cells show, over a day and, by the keyboard, over a week', async ({
  launch,
  simulate
}) => {
  const simulator = await simulate()
  const { page } = await launch()
  await healthOf(page, simulator)
  const strip = (check: string, name: RegExp) => checkRow(page, check).getByRole('img', { name })
  await expect(strip('pubsub', /^pubsub, last 24 h: 100 %$/)).toBeVisible()
  await simulator.control('POST', '/trouble', { kind: 'check-fail', check: 'db' })
  await expect(checkRow(page, 'db')).toHaveAttribute('data-level', 'critical')
  // Far sooner than the minute after which a strip is read again anyway.
  await expect(strip('db', /^db, last 24 h: [\d.]+ %; [^;]*\d\d:\d\d–now critical$/)).toBeVisible()

  const group = page.getByRole('radiogroup', { name: 'Uptime over' })
  await group.getByRole('radio', { name: '24 h' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(group.getByRole('radio', { name: '7 d' })).toBeChecked()
  await expect(group.getByRole('radio', { name: '7 d' })).toBeFocused()
  await expect(strip('pubsub', /^pubsub, last 7 d: 100 %$/)).toBeVisible()
  const failing = strip('db', /^db, last 7 d: [\d.]+ %; [^;]*\d\d:\d\d–now critical$/)
  await expect(failing).toBeVisible()
  await expect(failing.locator('[data-state="critical"] title')).toHaveText(/\d\d:\d\d–now critical$/)
  await expect(failing.locator('[data-state="unknown"] title')).toHaveText(/ nobody knows$/)
  await page.keyboard.press('ArrowLeft')
  await expect(group.getByRole('radio', { name: '24 h' })).toBeChecked()
  await expect(strip('db', /^db, last 24 h: [\d.]+ %; [^;]*\d\d:\d\d–now critical$/)).toBeVisible()
})

test('axe finds nothing on Health while a check fails and a domain is refused', async ({ launch, simulate }) => {
  const simulator = await simulate()
  const { page } = await launch()
  await healthOf(page, simulator)
  await watch(page, 'expired.example.com')
  await expect(checkRow(page, 'certificate of expired.example.com')).toHaveAttribute('data-level', 'critical')
  await simulator.control('POST', '/trouble', { kind: 'check-fail', check: 'db' })
  await expect(checkRow(page, 'db')).toHaveAttribute('data-level', 'critical')
  await watch(page, 'not a domain')
  await expect(certificates(page)).toContainText('is no host name')
  expect(await flaws(page, 'Health with a failing check')).toEqual([])
})
