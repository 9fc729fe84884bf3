import type { Page } from '@playwright/test'
import { appwriteAt } from '../contract/appwrite/fake-appwrite.ts'
import { apiKey, credentials, listenHttps } from '../contract/appwrite/listener.ts'
import { addedConnection, expect, goTo, test, type Desk } from './support/desk.ts'
import { shoot, writeIndex } from './support/gallery.ts'
import { startReceiver } from './support/receiver.ts'
import { control, demoControlUrl, type RunningSimulator } from './support/simulator.ts'

test.describe.configure({ mode: 'default', timeout: 180_000 })

const says = (page: Page, word: string) => expect(page.getByRole('status').filter({ hasText: word })).toBeVisible()

async function live(desk: Desk, simulator: RunningSimulator): Promise<void> {
  await addedConnection(desk.page, { name: 'payments', ...simulator, environment: 'Production' })
  await says(desk.page, 'Live')
}

test('the demo on every page', async ({ launch }) => {
  const desk = await launch({ args: ['--demo'] })
  await says(desk.page, 'Live')
  await expect(desk.page.getByText(/\d pass/).first()).toBeVisible()
  await shoot(desk, '01-demo-overview')
  await goTo(desk.page, 'Queues')
  await shoot(desk, '02-demo-queues')
  await desk.page.getByRole('button', { name: 'Table' }).click()
  await shoot(desk, '03-demo-queues-table')
  await desk.page.getByRole('button', { name: 'Table' }).click()
  await desk.page.getByRole('combobox', { name: 'Compare' }).click()
  await desk.page.getByRole('option', { name: 'Compare: yesterday' }).click()
  const cursor = desk.page.getByRole('slider', { name: /^Time in / })
  await cursor.focus()
  await desk.page.keyboard.press('+')
  await desk.page.keyboard.press('ArrowLeft')
  await desk.page.keyboard.press('PageUp')
  await shoot(desk, '02-demo-queues-zoomed')
  for (const [index, place] of ['Health', 'Alerts', 'Settings'].entries()) {
    await goTo(desk.page, place)
    await shoot(desk, `0${index + 4}-${place.toLowerCase()}`)
  }
  for (const panel of ['Monitoring', 'History', 'Notices']) {
    await desk.page.getByRole('heading', { level: 2, name: panel }).scrollIntoViewIfNeeded()
    await shoot(desk, `06-settings-${panel.toLowerCase()}`)
  }
  const receiver = await startReceiver()
  for (const [name, path] of [
    ['On-call channel', '/services/T0/B0/X'],
    ['Phone of the night shift', '/desk']
  ] as const) {
    await desk.page.getByRole('button', { name: 'Add a webhook' }).click()
    const dialog = desk.page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill(name)
    if (path === '/desk') await dialog.getByRole('radio', { name: 'ntfy', exact: true }).click()
    await dialog.getByLabel('Address', { exact: true }).fill(receiver.origin + path)
    await dialog.getByRole('button', { name: 'Send test' }).click()
    await expect(dialog.getByText(/^Delivered in/)).toBeVisible()
    if (path === '/desk') await shoot(desk, '06-settings-webhook-dialog')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toHaveCount(0)
  }
  await desk.page.getByRole('button', { name: 'Send test to On-call channel' }).click()
  await expect(desk.page.getByRole('table', { name: 'Webhooks' }).getByText(/^Delivered in/)).toBeVisible()
  receiver.answer = 404
  await desk.page.getByRole('button', { name: 'Send test to Phone of the night shift' }).click()
  await expect(desk.page.getByText(/has nothing at this address/).first()).toBeVisible()
  await shoot(desk, '06-settings-webhooks')
  await receiver.down()
})

test('the demo’s menu', async ({ launch }) => {
  const desk = await launch({ args: ['--demo'] })
  await says(desk.page, 'Live')
  await desk.page.getByRole('button', { name: 'Demo', exact: true }).click()
  await desk.page.getByRole('menuitemcheckbox', { name: /Flood/ }).click()
  await shoot(desk, '09-demo-menu')
})

test('a pause, and the bell it is made by', async ({ launch }) => {
  const desk = await launch({ args: ['--demo'] })
  await says(desk.page, 'Live')
  await desk.page.getByRole('button', { name: 'Snooze and pause' }).click()
  await expect(desk.page.getByRole('menu')).toBeVisible()
  await shoot(desk, '09-bell')
  await desk.page.getByRole('group', { name: 'Pause polling' }).getByRole('menuitem', { name: 'For 1 h' }).click()
  await says(desk.page, 'Paused')
  await shoot(desk, '09-paused-overview')
})

test('the demo in trouble', async ({ launch }) => {
  const desk = await launch({ args: ['--demo'] })
  await says(desk.page, 'Live')
  const url = await demoControlUrl(desk.userData)
  await control(url, 'POST', '/trouble', { kind: 'flood', queue: 'functions', perMinute: 6500 })
  await control(url, 'POST', '/trouble', { kind: 'time-off', seconds: 7 })
  await desk.page.waitForTimeout(45_000)
  await says(desk.page, 'Degraded')
  await shoot(desk, '07-demo-trouble-overview')
  await goTo(desk.page, 'Queues')
  await desk.page.getByRole('radio', { name: '15 m' }).click()
  await shoot(desk, '08-demo-trouble-queues')
  await goTo(desk.page, 'Health')
  await shoot(desk, '08-demo-trouble-health')
  await goTo(desk.page, 'Alerts')
  await desk.page
    .getByRole('list', { name: 'Firing' })
    .getByRole('button', { name: /functions/ })
    .click({ timeout: 120_000 })
  await expect(desk.page.getByRole('img', { name: /What was seen of functions/ })).toBeVisible()
  await shoot(desk, '08-demo-trouble-alerts')
  await desk.page.getByRole('button', { name: 'Close', exact: true }).click()
  for (const tab of ['Rules', 'Silences']) {
    await desk.page.getByRole('tab', { name: tab }).click()
    await shoot(desk, `08-alerts-${tab.toLowerCase()}`)
    await desk.page.getByRole('button', { name: tab === 'Rules' ? 'Edit Queue depth' : 'New silence' }).click()
    await shoot(desk, `08-alerts-${tab.toLowerCase()}-dialog`)
    await desk.page.getByRole('button', { name: 'Cancel' }).click()
  }
})

test('an empty app and the dialog', async ({ launch }) => {
  const desk = await launch()
  await shoot(desk, '10-empty')
  await goTo(desk.page, 'Queues')
  await shoot(desk, '11-empty-queues')
  await goTo(desk.page, 'Health')
  await shoot(desk, '11-empty-health')
  await goTo(desk.page, 'Alerts')
  await shoot(desk, '11-empty-alerts')
  await goTo(desk.page, 'Settings')
  await shoot(desk, '11-empty-settings')
  await goTo(desk.page, 'Overview')
  await desk.page.getByRole('button', { name: 'Add a connection' }).click()
  await desk.page.getByLabel('Endpoint', { exact: true }).fill('ftp://example.com')
  await desk.page.getByRole('button', { name: 'Save' }).click()
  await expect(desk.page.getByText('Only https:// and http://').first()).toBeVisible()
  await shoot(desk, '12-dialog')
})

test('a connection that is tested, trusted, diagnosed and edited', async ({ launch }) => {
  const secure = await listenHttps('own-chain', appwriteAt('/v1', '1.9.6', credentials.projectId, apiKey))
  const desk = await launch()
  const { page } = desk
  await page.getByRole('button', { name: 'Add a connection' }).click()
  const dialog = page.getByRole('dialog')
  const finding = dialog.getByRole('region', { name: 'Examination' }).getByRole('status')
  await dialog.getByLabel('Name', { exact: true }).fill('payments')
  await dialog.getByLabel('Endpoint', { exact: true }).fill(secure.endpoint)
  await dialog.getByLabel('Project ID', { exact: true }).fill(credentials.projectId)
  await dialog.getByLabel('API key', { exact: true }).fill(apiKey)
  await dialog.getByRole('button', { name: 'Test connection' }).click()
  await expect(finding).toContainText('TLS failed')
  await shoot(desk, '13-doctor-tls')
  await dialog.getByRole('button', { name: 'Trust this authority' }).click()
  await expect(finding).toContainText('All steps passed')
  await shoot(desk, '14-doctor-passed')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Trusted authority')).toBeVisible()
  await shoot(desk, '15-trusted-overview')
  await secure.close()
  await page
    .getByRole('button', { name: /^Diagnose/ })
    .first()
    .click()
  await expect(finding).toContainText('TCP failed')
  await shoot(desk, '16-diagnosis')
  await page.keyboard.press('Escape')
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Edit payments' }).click()
  await dialog.getByLabel('Endpoint', { exact: true }).fill('http://other.example')
  await shoot(desk, '17-edit')
})

test('the question where keys may be kept, and a connection without one', async ({ launch, simulate }) => {
  const simulator = await simulate()
  const first = await launch({ passwordStore: 'basic' })
  await first.page.getByRole('button', { name: 'Add a connection' }).click()
  await shoot(first, '18-vault-question')
  await first.page.getByRole('button', { name: 'Keep keys in memory' }).click()
  await first.page.keyboard.press('Escape')
  await addedConnection(first.page, { name: 'payments', ...simulator })
  await says(first.page, 'Live')
  await first.app.close()
  const second = await launch({ passwordStore: 'basic', userData: first.userData })
  await second.page.getByRole('button', { name: 'Keep keys in memory' }).click()
  await says(second.page, 'Unauthorised')
  await shoot(second, '19-keyless-overview')
})

test('trouble: a flood, a failing database, a server away', async ({ launch, simulate }) => {
  const simulator = await simulate()
  const desk = await launch()
  await live(desk, simulator)
  await simulator.control('POST', '/trouble', { kind: 'flood', queue: 'functions', jobs: 5200 })
  await simulator.control('POST', '/trouble', { kind: 'flood', queue: 'mails', jobs: 4100 })
  await simulator.control('POST', '/trouble', { kind: 'check-fail', check: 'cache' })
  await says(desk.page, 'Degraded')
  await expect(desk.page.getByText(/Cache .*fails/).first()).toBeVisible()
  await desk.page.waitForTimeout(25_000)
  await shoot(desk, '20-flood-overview')
  await goTo(desk.page, 'Queues')
  await shoot(desk, '21-flood-queues')
  await simulator.control('DELETE', '/trouble')
  await simulator.control('POST', '/trouble', { kind: 'database-down' })
  await says(desk.page, 'Server down')
  await shoot(desk, '22-database-down-queues')
  await goTo(desk.page, 'Overview')
  await shoot(desk, '23-database-down-overview')
  await goTo(desk.page, 'Health')
  await shoot(desk, '23-database-down-health')
  await goTo(desk.page, 'Overview')
  await simulator.kill()
  await desk.page.waitForTimeout(9000)
  await shoot(desk, '24-server-gone-overview')
})

test('health: passing, failing, of the newest version, with a key that was checked', async ({ launch, simulate }) => {
  const simulator = await simulate(0, 7, '1.9.6')
  const desk = await launch()
  await addedConnection(desk.page, { name: 'payments', ...simulator, apiKey: simulator.projects[0].bareKey })
  await says(desk.page, 'Live')
  await goTo(desk.page, 'Health')
  await desk.page.getByRole('button', { name: 'Check key' }).click()
  await expect(desk.page.getByText('tick functions.read').first()).toBeVisible()
  await shoot(desk, '26-health-newest')
  await simulator.control('POST', '/trouble', { kind: 'check-fail', check: 'cache' })
  await simulator.control('POST', '/trouble', { kind: 'time-off', seconds: 12 })
  await says(desk.page, 'Degraded')
  await shoot(desk, '27-health-failing')
})

test('keys that are refused', async ({ launch, simulate }) => {
  const simulator = await simulate()
  const desk = await launch()
  await addedConnection(desk.page, {
    name: 'payments',
    ...simulator,
    apiKey: 'standard_0000',
    environment: 'Production'
  })
  await says(desk.page, 'Unauthorised')
  await shoot(desk, '30-unauthorised-overview')
  await goTo(desk.page, 'Queues')
  await shoot(desk, '31-unauthorised-queues')
})

test('a server that lets us wait', async ({ launch, simulate }) => {
  const simulator = await simulate()
  await simulator.control('POST', '/trouble', { kind: 'latency', ms: 60_000 })
  const desk = await launch()
  await addedConnection(desk.page, { name: 'payments', ...simulator, environment: 'Staging' })
  await says(desk.page, 'Connecting')
  await shoot(desk, '40-connecting-overview')
})

test('twelve connections', async ({ launch, simulate }) => {
  const desk = await launch({ args: ['--demo'] })
  const environments = ['Production', 'Staging', 'Development'] as const
  for (let server = 0; server < 4; server++) {
    const simulator = await simulate(0, server + 20)
    for (const [index, project] of simulator.projects.entries()) {
      const name = `${['payments', 'warehouse', 'chat', 'intranet'][server] ?? ''} ${['main', 'reports', 'mobile'][index] ?? ''}`
      const apiKey = server === 1 && index === 2 ? 'standard_0000' : project.apiKey
      const environment = environments[(server + index) % 3] ?? 'Staging'
      await addedConnection(desk.page, {
        name,
        endpoint: simulator.endpoint,
        projectId: project.projectId,
        apiKey,
        environment
      })
    }
    if (server === 0) await simulator.control('POST', '/trouble', { kind: 'flood', queue: 'webhooks', jobs: 4400 })
    if (server === 2) await simulator.kill()
  }
  await says(desk.page, 'Server down')
  await desk.page.waitForTimeout(6000)
  await shoot(desk, '50-twelve-overview')
  await goTo(desk.page, 'Settings')
  await shoot(desk, '51-twelve-settings')
})

test.afterAll(writeIndex)
