import type { Locator, Page } from '@playwright/test'
import { writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { appwriteAt } from '../contract/appwrite/fake-appwrite.ts'
import {
  apiKey,
  credentials,
  fixture,
  listenHttp,
  listenHttps,
  listenRaw,
  replying,
  type Listener
} from '../contract/appwrite/listener.ts'
import { addedConnection, expect, goTo, test, type Desk } from './support/desk.ts'

const appwrite = appwriteAt('/v1', '1.9.6', credentials.projectId, apiKey)
const says = (page: Page, word: string) => expect(page.getByRole('status').filter({ hasText: word })).toBeVisible()

interface Case {
  readonly listen: () => Promise<Pick<Listener, 'endpoint' | 'close'>>
  readonly failed: string
  readonly sentence: RegExp
}

async function closedPort(): Promise<Pick<Listener, 'endpoint' | 'close'>> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a listening TCP server has no other kind of address
  await new Promise((resolve) => server.close(resolve))
  return { endpoint: `http://127.0.0.1:${port}/v1`, close: () => Promise.resolve() }
}

async function plainOnHttpsPort(): Promise<Pick<Listener, 'endpoint' | 'close'>> {
  const server = await listenHttp(appwrite)
  return { ...server, endpoint: `https://127.0.0.1:${server.port}/v1` }
}

const cases: Readonly<Record<string, Case>> = {
  'a name nobody knows': {
    listen: () => Promise.resolve({ endpoint: 'https://standby-test.invalid', close: () => Promise.resolve() }),
    failed: 'DNS',
    sentence: /DNS (knows no server named|gave no answer for) standby-test\.invalid\. Check /
  },
  'a closed port': {
    listen: closedPort,
    failed: 'TCP',
    sentence: /refused the connection: the machine answers, but nothing listens on that port\. Check that Appwrite/
  },
  'a silent port': {
    listen: () => listenRaw(() => undefined),
    failed: 'HTTP',
    sentence: /takes connections but did not answer within 8 s/
  },
  'a certificate signed by itself': {
    listen: () => listenHttps('self-signed', appwrite),
    failed: 'TLS',
    sentence: /is signed by itself, or by an authority this machine does not know\. Compare its fingerprint/
  },
  'plain http on an https port': {
    listen: plainOnHttpsPort,
    failed: 'TLS',
    sentence: /does not speak https on this port\. If it is meant to be plain http, change the endpoint to http:/
  },
  'a proxy’s page': {
    listen: () => listenHttp(replying(200, '<html><title>Log in</title></html>', { 'Content-Type': 'text/html' })),
    failed: 'HTTP',
    sentence: /answers with a web page titled “Log in” instead of JSON/
  },
  'a server that is no Appwrite': {
    listen: () => listenHttp(replying(200, '{"hello":"world"}')),
    failed: 'Appwrite',
    sentence: /does not look like Appwrite/
  },
  'a project that is not there': {
    listen: () => listenHttp(appwriteAt('/v1', '1.9.6', 'another', apiKey)),
    failed: 'Project',
    sentence: /has no project with the id “desk-test”\. Copy the id/
  },
  'a key that is not taken': {
    listen: () => listenHttp(appwriteAt('/v1', '1.9.6', credentials.projectId, 'another key')),
    failed: 'Key',
    sentence: /does not (know|take) this API key/
  }
}

async function openDialog(page: Page, endpoint: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Add a connection' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add a connection' })
  await dialog.getByLabel('Endpoint', { exact: true }).fill(endpoint)
  await dialog.getByLabel('Project ID', { exact: true }).fill(credentials.projectId)
  await dialog.getByLabel('API key', { exact: true }).fill(apiKey)
  return dialog
}

const examination = (dialog: Locator) => dialog.getByRole('region', { name: 'Examination' })

test('says which step fails and what to do, for every way a connection can be wrong', async ({ launch }) => {
  const { page } = await launch()
  for (const [name, { listen, failed, sentence }] of Object.entries(cases)) {
    await test.step(name, async () => {
      const server = await listen()
      const dialog = await openDialog(page, server.endpoint)
      await dialog.getByRole('button', { name: 'Test connection' }).click()
      const told = examination(dialog)
      await expect(told.getByRole('status')).toContainText(`${failed} failed`, { timeout: 12_000 })
      await expect(told.getByRole('listitem').filter({ hasText: sentence })).toContainText(failed)
      await dialog.getByRole('button', { name: 'Cancel' }).click()
      await server.close()
    })
  }
})

async function chooseAuthority({ app, userData }: Desk, dialog: Locator, name: string): Promise<void> {
  const file = join(userData, `${name}.pem`)
  await writeFile(file, fixture(name))
  // The system's own dialog cannot be driven: this answers in its place.
  await app.evaluate(({ dialog: system }, path) => {
    system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, file)
  await dialog.getByRole('button', { name: 'Choose a CA file…' }).click()
}

test('does not let an authority cure an expired certificate or one for another name', async ({ launch }) => {
  const desk = await launch()
  for (const [chain, sentence] of [
    ['own-expired-chain', /has expired on 2021-01-01\. Renew it on the server/],
    ['own-other-host-chain', /was issued for other\.example, by Standby test-only own root\. Use that name/]
  ] as const) {
    const server = await listenHttps(chain, appwrite)
    const dialog = await openDialog(desk.page, server.endpoint)
    await dialog.getByRole('button', { name: 'Test connection' }).click()
    await expect(examination(dialog).getByRole('status')).toContainText('TLS failed')
    await chooseAuthority(desk, dialog, 'own-root')
    await expect(examination(dialog).getByRole('listitem').filter({ hasText: sentence })).toContainText('TLS')
    expect(server.seen).toEqual([])
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await server.close()
  }
})

test('never sends the key on to where a redirect points', async ({ launch }) => {
  const elsewhere = await listenHttp(appwrite)
  const server = await listenHttp(replying(302, '', { Location: elsewhere.endpoint }))
  const { page } = await launch()
  const dialog = await openDialog(page, server.endpoint)
  await dialog.getByRole('button', { name: 'Test connection' }).click()
  await expect(examination(dialog).getByRole('status')).toContainText('HTTP failed')
  await expect(examination(dialog)).toContainText(`127.0.0.1:${elsewhere.port}`)
  // Saved all the same, the poller keeps the rule as well.
  await dialog.getByRole('button', { name: 'Save' }).click()
  await says(page, 'Server down')
  expect(server.seen.length).toBeGreaterThan(1)
  expect([elsewhere.connections(), elsewhere.seen]).toEqual([0, []])
  await Promise.all([server.close(), elsewhere.close()])
})

test('shows an unknown certificate, trusts it for this server alone, connects, and can stop', async ({ launch }) => {
  const server = await listenHttps('self-signed', appwrite)
  const { page, userData, app } = await launch()
  const dialog = await openDialog(page, server.endpoint)
  await dialog.getByRole('button', { name: 'Test connection' }).click()
  const facts = dialog.getByLabel(`Certificate of 127.0.0.1:${server.port}`)
  await expect(facts).toContainText('CN=127.0.0.1')
  await expect(facts).toContainText(/([0-9A-F]{2}:){31}[0-9A-F]{2}/)
  expect(server.seen).toEqual([])
  await dialog.getByRole('button', { name: 'Trust this certificate' }).click()
  await expect(examination(dialog).getByRole('status')).toContainText('All steps passed')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect.poll(() => server.seen.some(({ url }) => url.startsWith('/v1/health/queue/'))).toBe(true)
  await app.close()

  const again = await launch({ userData })
  await expect(again.page.getByText('Trusted certificate')).toBeVisible()
  await again.page.getByRole('button', { name: 'Stop trusting it' }).click()
  await says(again.page, 'Server down')
  await expect(again.page.getByRole('main')).toContainText('is signed by itself')
  await server.close()
})

test('takes a CA file, refuses what is none, and connects', async ({ launch }) => {
  const server = await listenHttps('valid', appwrite)
  const desk = await launch()
  const { page } = desk
  const dialog = await openDialog(page, server.endpoint)
  await dialog.getByRole('button', { name: 'Test connection' }).click()
  await expect(examination(dialog)).toContainText('choose its CA file')
  await chooseAuthority(desk, dialog, 'self-signed')
  await expect(examination(dialog).getByRole('alert')).toContainText('may not sign others')
  await chooseAuthority(desk, dialog, 'key')
  await expect(examination(dialog).getByRole('alert')).toContainText('holds a private key')
  await chooseAuthority(desk, dialog, 'ca')
  await expect(examination(dialog).getByRole('status')).toContainText('All steps passed')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Trusted authority')).toBeVisible()
  await expect.poll(() => server.seen.some(({ url }) => url.startsWith('/v1/health/queue/'))).toBe(true)
  await server.close()
})

test('diagnoses a saved connection with the key that never comes back to the page', async ({ launch, simulate }) => {
  const simulator = await simulate()
  const { page } = await launch()
  await addedConnection(page, { name: 'Shop', ...simulator })
  await says(page, 'Live')
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Diagnose Shop' }).click()
  const dialog = page.getByRole('dialog', { name: 'Diagnose Shop' })
  await expect(examination(dialog).getByRole('status')).toContainText('Passed')
  await expect(examination(dialog)).toContainText('Appwrite 1.5.11')
  await simulator.control('POST', '/trouble', { kind: 'wrong-key' })
  await dialog.getByRole('button', { name: 'Test again' }).click()
  await expect(examination(dialog).getByRole('status')).toContainText('Key failed')
  await dialog.getByRole('button', { name: 'Edit connection' }).click()
  await expect(page.getByRole('dialog', { name: 'Edit Shop' }).getByLabel('API key', { exact: true })).toHaveValue('')
})

test('tells an expired key as such', async ({ launch, simulate }) => {
  const simulator = await simulate()
  const { page } = await launch()
  await addedConnection(page, { name: 'Shop', ...simulator, apiKey: simulator.expiredKey })
  await says(page, 'Unauthorised')
  await expect(page.getByRole('main')).toContainText(/key .*expired/i)
})
