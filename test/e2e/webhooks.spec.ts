import type { Page } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { depthRule } from '../support/rules.ts'
import { leaksOf } from './security/leaks.ts'
import { flaws } from './support/axe.ts'
import { addedConnection, expect, goTo, test } from './support/desk.ts'
import { startReceiver, type Receiver } from './support/receiver.ts'

const receivers: Receiver[] = []
const receiving = async (): Promise<Receiver> => {
  const receiver = await startReceiver()
  receivers.push(receiver)
  return receiver
}
test.afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.down()
})

async function saveRule(page: Page, at = 5000): Promise<void> {
  const own = { ...depthRule, critical: { at, forMs: 0, samples: 1 } }
  const reply = await page.evaluate(
    (given) => window.standby.request(`rule-${given.critical.at}`, 'rules.save', given),
    own
  )
  expect(reply.ok).toBe(true)
}

interface Typed {
  readonly name: string
  readonly kind: 'JSON' | 'Slack' | 'ntfy'
  readonly url: string
}

async function fill(page: Page, { name, kind, url }: Typed) {
  await page.getByRole('button', { name: 'Add a webhook' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a webhook' })
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  await dialog.getByRole('radio', { name: kind, exact: true }).click()
  await dialog.getByLabel('Address', { exact: true }).fill(url)
  return dialog
}

async function added(page: Page, typed: Typed): Promise<void> {
  await (await fill(page, typed)).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

const row = (page: Page, name: string) => page.getByRole('table', { name: 'Webhooks' }).getByRole('row', { name })
const alertsIn = (receiver: Receiver) => receiver.received.filter(({ body }) => body.kind === 'alerts')

test('a webhook is added, tested before and after, edited, switched off and deleted', async ({ launch }) => {
  const receiver = await receiving()
  const { page } = await launch()
  await goTo(page, 'Settings')
  await expect(page.getByText('Alerts stay on this desktop.')).toBeVisible()
  const path = `/hooks/standby-marker-${randomBytes(12).toString('hex')}`
  const dialog = await fill(page, { name: 'Ops', kind: 'JSON', url: '' })
  await dialog.getByRole('button', { name: 'Send test' }).click()
  await expect(dialog.getByText('Enter the address to send to.').first()).toBeVisible()
  await expect(dialog.getByLabel('Address', { exact: true })).toBeFocused()
  expect(await flaws(page, 'the dialog of a webhook with a fault')).toEqual([])
  await dialog.getByLabel('Address', { exact: true }).fill(receiver.origin + path)
  await dialog.getByRole('button', { name: 'Send test' }).click()
  await expect(dialog.getByText(/^Delivered in \d+ ms: 200 OK$/)).toBeVisible()
  expect(receiver.received).toMatchObject([{ path, body: { format: 'standby-webhook', kind: 'test', version: 1 } }])
  expect(receiver.received[0]?.userAgent).toMatch(/^Standby\/\d/)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(row(page, 'Ops')).toContainText(`JSON at ${receiver.origin}`)
  await expect(row(page, 'Ops')).toContainText('Critical alerts, and their ends')
  await expect(row(page, 'Ops')).toContainText('Nothing was sent yet.')

  receiver.answer = 404
  await page.getByRole('button', { name: 'Send test to Ops' }).press('Enter')
  await expect(row(page, 'Ops')).toContainText('has nothing at this address: 404 Not Found.')
  await expect(row(page, 'Ops')).toContainText('It says: “Cannot POST')
  expect(await page.content()).not.toContain('standby-marker')
  receiver.answer = 204
  await page.getByRole('button', { name: 'Send test to Ops' }).click()
  await expect(row(page, 'Ops')).toContainText(/Delivered in \d+ ms: 204 No Content/)
  expect(await flaws(page, 'the webhooks')).toEqual([])

  await page.getByRole('button', { name: 'Edit Ops' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit Ops' })
  await expect(edit.getByLabel('Address', { exact: true })).toHaveValue('')
  await edit.getByLabel('Name', { exact: true }).fill('Night shift')
  await edit.getByRole('radio', { name: 'Both', exact: true }).click()
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(row(page, 'Night shift')).toContainText('Warnings and critical alerts, and their ends')
  await page.getByRole('button', { name: 'Send test to Night shift' }).click()
  await expect.poll(() => receiver.received.at(-1)?.path).toBe(path)
  await page.getByRole('switch', { name: 'Send to Night shift' }).click()
  await expect(page.getByRole('switch', { name: 'Send to Night shift' })).not.toBeChecked()
  await page.getByRole('button', { name: 'Delete Night shift' }).click()
  expect(await flaws(page, 'the deletion of a webhook')).toEqual([])
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByText('Alerts stay on this desktop.')).toBeVisible()
})

test('a flood goes once to each webhook, in its words', async ({ launch, simulate }) => {
  const [json, slack] = [await receiving(), await receiving()]
  const { page } = await launch()
  const simulator = await simulate()
  await addedConnection(page, { name: 'Shop <1>', ...simulator, environment: 'Production' })
  await saveRule(page)
  await goTo(page, 'Settings')
  await added(page, { name: 'Program', kind: 'JSON', url: `${json.origin}/hook` })
  await added(page, { name: 'Channel', kind: 'Slack', url: `${slack.origin}/services/T0/B0/X` })
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await simulator.control('POST', '/trouble', { kind: 'flood', queue: 'mails', jobs: 9000 })
  await expect.poll(() => alertsIn(json).length, { timeout: 30_000 }).toBe(1)
  expect(alertsIn(json)[0]?.body).toMatchObject({
    status: 'firing',
    severity: 'critical',
    lateMs: 0,
    title: 'Critical · Shop <1>',
    server: { name: 'Shop <1>', environment: 'production' },
    alerts: [{ event: 'firing', subject: 'mails', limit: 5000, rule: { id: 'depth' }, note: 'Scale the workers.' }]
  })
  await expect.poll(() => slack.received.length).toBe(1)
  expect(slack.received[0]?.body).toMatchObject({
    text: 'Critical · Shop &lt;1&gt;',
    attachments: [
      { text: expect.stringMatching(/^mails: 9,\d\d\d jobs waiting/) as unknown, footer: 'Standby · production' }
    ]
  })
  await expect(row(page, 'Channel')).toContainText(/Delivered in \d+ ms: 200 OK/)
  await saveRule(page, 1_000_000)
  await expect.poll(() => alertsIn(json).length, { timeout: 50_000 }).toBe(2)
  expect(alertsIn(json)[1]?.body).toMatchObject({
    status: 'resolved',
    alerts: [{ event: 'resolved', subject: 'mails' }]
  })
})

test('what a receiver that is down did not get comes late, also after a restart, and its address is nowhere', async ({
  launch,
  simulate
}) => {
  // Two starts of the app, and a message that is more than a minute late.
  test.setTimeout(240_000)
  const receiver = await receiving()
  const markers = ['path', 'query'].map((part) => `standby-marker-${part}-${randomBytes(12).toString('hex')}`)
  const first = await launch()
  const simulator = await simulate()
  await addedConnection(first.page, { name: 'Shop', ...simulator })
  await saveRule(first.page)
  await goTo(first.page, 'Settings')
  const url = `${receiver.origin}/services/${markers[0] ?? ''}?token=${markers[1] ?? ''}`
  await added(first.page, { name: 'Ops', kind: 'JSON', url })
  await expect(first.page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await receiver.down()
  await simulator.control('POST', '/trouble', { kind: 'flood', queue: 'mails', jobs: 9000 })
  await expect(row(first.page, 'Ops')).toContainText('refused the connection', { timeout: 30_000 })
  await expect(row(first.page, 'Ops')).toContainText(/1 message waiting, next try/)
  const firedMs = Date.now()
  const shown = [await first.page.content(), ...first.said]
  await first.app.close()

  const second = await launch({ userData: first.userData })
  await goTo(second.page, 'Settings')
  await expect(row(second.page, 'Ops')).toContainText(/1 message waiting/)
  await expect(row(second.page, 'Ops')).toContainText(/Try \d/)
  await expect.poll(() => Date.now() - firedMs, { timeout: 90_000 }).toBeGreaterThan(62_000)
  await receiver.up()
  await expect.poll(() => receiver.received.length, { timeout: 100_000 }).toBe(1)
  const [late] = receiver.received
  expect(late?.body.title).toMatch(/^Critical · Shop \(sent \d min late\)$/)
  expect(late?.body).toMatchObject({ alerts: [{ event: 'firing', subject: 'mails' }] })
  expect(late?.body.lateMs).toBeGreaterThan(60_000)
  await expect(row(second.page, 'Ops')).toContainText('Delivered in')
  await expect(row(second.page, 'Ops')).not.toContainText('waiting')

  shown.push(await second.page.content(), ...second.said)
  const files = async (): Promise<Map<string, Buffer>> => {
    const found = await readdir(second.userData, { recursive: true, withFileTypes: true })
    const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    // Chromium removes some of its files while they are read.
    const read = paths.map(async (path) => [path, await readFile(path).catch(() => Buffer.alloc(0))] as const)
    return new Map(await Promise.all(read))
  }
  const open = await files()
  expect(open.get(join(second.userData, 'logs/standby.log'))?.toString()).toContain('refused the connection')
  await second.app.close()
  expect([...open.keys()].map((path) => path.slice(second.userData.length + 1))).toEqual(
    expect.arrayContaining(['keys.json', 'alerts/alerts.db', 'logs/standby.log'])
  )
  for (const found of [open, await files(), new Map(shown.map((text, at) => [`text ${at}`, Buffer.from(text)]))])
    expect(leaksOf(markers, found)).toEqual([])
})
