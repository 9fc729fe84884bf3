import type { Page } from '@playwright/test'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Rule } from '../../src-main/contract/alerts.ts'
import { addedConnection, expect, goTo, test } from './support/desk.ts'

const run = promisify(execFile)

/** Every notice about connections of this name that reached the desktop; the tests share one. */
async function notices(name: string): Promise<readonly string[]> {
  return (await allNotices()).filter((line) => line.includes(`· ${name}`))
}

async function allNotices(): Promise<readonly string[]> {
  const log = await readFile(process.env.STANDBY_NOTIFICATION_LOG ?? '', 'utf8')
  return log.split('\n').filter((line) => line.includes(' Notify '))
}

/** What the desktop's daemon called a notice: it counts those that take no other's place. */
async function idOf(notice: string): Promise<number> {
  const fresh = (await allNotices()).filter((line) => / Notify "[^"]*" 0 /.test(line))
  return fresh.indexOf(notice) + 1
}

async function call(page: Page, name: string, args: unknown): Promise<unknown> {
  const reply = await page.evaluate(([asked, given]) => window.standby.request(`ask-${Math.random()}`, asked, given), [
    name,
    args
  ] as const)
  if (!reply.ok) throw new Error(reply.fault.message)
  return reply.value
}

const depthRule: Rule = {
  ruleId: 'depth',
  name: 'Queue depth',
  isEnabled: true,
  kind: 'depth',
  scope: { serverIds: [], subjects: [] },
  warning: null,
  critical: { at: 5000, forMs: 0, samples: 1 },
  clearShare: 0.8,
  keepFiringMs: 0,
  renotifyMs: null,
  runbookUrl: 'https://example.com/runbook',
  note: 'Scale the workers.'
}

/** As the desktop does when a button of a notice is pressed. */
async function press(noticeId: number, act: string): Promise<void> {
  const daemon = 'org.freedesktop.Notifications'
  const path = '/org/freedesktop/Notifications'
  const args = ['call', '--session', '--dest', daemon, '--object-path', path]
  const emit = ['--method', 'org.freedesktop.DBus.Mock.EmitSignal', daemon, 'ActionInvoked', 'us']
  await run('gdbus', [...args, ...emit, `[<uint32 ${noticeId}>, <'${act}'>]`])
}

test('a flood wakes somebody once, is acknowledged on its notice, and stays so over a restart', async ({
  launch,
  simulate
}) => {
  test.setTimeout(150_000)
  const first = await launch()
  const simulator = await simulate()
  for (const [index, project] of simulator.projects.entries())
    await addedConnection(first.page, { endpoint: simulator.endpoint, ...project, name: `Flooded ${index}` })
  await call(first.page, 'rules.save', depthRule)
  await simulator.control('POST', '/trouble', { kind: 'flood', queue: 'mails', jobs: 9000 })
  await expect.poll(() => notices('Flooded'), { timeout: 30_000 }).toHaveLength(1)
  const [notice = ''] = await notices('Flooded')
  expect(notice).toContain('Critical · Flooded 0 and 2 more')
  expect(notice).toMatch(/mails: 9,\d\d\d jobs waiting \(limit 5,000\)/)
  expect(notice).toMatch(/"?urgency"?.*2/)

  await goTo(first.page, 'Alerts')
  const row = first.page.getByRole('list', { name: 'Firing' }).getByRole('button', { name: /mails/ })
  await expect(row).toContainText('Flooded 0 and 2 more')
  await row.press('Enter')
  const why = first.page.getByRole('region', { name: 'Why' })
  await expect(why).toContainText(/Fired, critical, at 9,\d\d\d jobs/)
  await expect(why).toContainText('Clears below 4,000 jobs.')
  await expect(why).toContainText('Scale the workers.')
  await expect(why.getByRole('img', { name: /mails/ })).toBeVisible()

  await press(await idOf(notice), 'acknowledge')
  await expect(first.page.getByRole('tab', { name: /Acknowledged/ })).toContainText('1')
  await first.app.close()

  const second = await launch({ userData: first.userData })
  await goTo(second.page, 'Alerts')
  await expect(second.page.getByRole('tab', { name: /Acknowledged/ })).toContainText('1')
  await expect(second.page.getByRole('status').filter({ hasText: 'Degraded' })).toBeVisible()
  await second.page.waitForTimeout(6000)
  expect(await notices('Flooded')).toHaveLength(1)
})

test('a server that dies is one notice and not one for each queue', async ({ launch, simulate }) => {
  const { page } = await launch()
  const simulator = await simulate()
  await addedConnection(page, { name: 'Dying', ...simulator })
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await simulator.kill()
  await expect.poll(() => notices('Dying'), { timeout: 40_000 }).toHaveLength(1)
  expect((await notices('Dying'))[0]).toContain('Server down')
  await page.waitForTimeout(10_000)
  expect(await notices('Dying')).toHaveLength(1)
})
