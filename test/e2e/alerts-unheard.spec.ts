import { depthRule } from '../support/rules.ts'
import { alertsLink, call, flood, floodRow, swept, watchOnly, windowTitle } from './support/alerting.ts'
import { addedConnection, expect, goTo, test as base } from './support/desk.ts'
import { TestBus } from './support/notifications.ts'

// A bus without a daemon, a tray and a keyring.
const test = base.extend<{ readonly bus: TestBus }>({
  bus: async ({}, use) => {
    const bus = await TestBus.start()
    await use(bus)
    await bus.stop()
  }
})

test('where nobody shows notices the window does, says so, and what is due is told once somebody does', async ({
  bus,
  launch,
  simulate
}) => {
  test.setTimeout(120_000)
  const desk = await launch({ env: { DBUS_SESSION_BUS_ADDRESS: bus.address }, passwordStore: 'basic' })
  const { page } = desk
  const simulator = await simulate()
  await expect(page.getByRole('button', { name: 'Add a connection' })).toBeVisible()
  await call(page, 'vault.answer', { acceptWeak: false })
  await addedConnection(page, { name: 'Unheard', ...simulator })
  await watchOnly(page, depthRule)
  await goTo(page, 'Alerts')
  const note = page.getByRole('main')
  await expect(note).toContainText('No notification daemon runs on this desktop. Start one')
  await expect(alertsLink(page)).not.toHaveAccessibleDescription(/firing/)

  await page.evaluate(() => {
    const start = Reflect.get(OscillatorNode.prototype, 'start')
    OscillatorNode.prototype.start = function (when) {
      document.body.dataset.tones = String(Number(document.body.dataset.tones ?? 0) + 1)
      start.call(this, when)
    }
  })
  await flood(simulator)
  await expect(floodRow(page, 'Firing')).toContainText('Unheard', { timeout: 30_000 })
  await expect(alertsLink(page)).toHaveAccessibleDescription('1 firing')
  await expect.poll(() => windowTitle(desk)).toBe('(1) Standby')
  // The sound of a critical alert, once: no desktop makes it.
  await expect(page.locator('body')).toHaveAttribute('data-tones', '4')
  // Who waits for a notice to be taken says so.
  await expect(page.getByRole('contentinfo')).toContainText('The desktop does not take the notice that is due', {
    timeout: 45_000
  })
  await goTo(page, 'Settings')
  await expect(page.getByRole('main')).toContainText('Standby itself makes the sound')
  await expect(page.getByRole('main')).toContainText('This desktop shows no icon beside the clock')
  await goTo(page, 'Alerts')
  await swept(simulator, 3)
  await expect(page.locator('body')).toHaveAttribute('data-tones', '4')
  await expect(page.getByRole('status').filter({ hasText: 'Degraded' })).toBeVisible()

  const daemon = await bus.startDaemon('actions body')
  await expect.poll(() => daemon.notified(), { timeout: 30_000 }).toHaveLength(1)
  const [notice] = await daemon.notified()
  expect(notice?.title).toBe('Critical · Unheard')
  expect(notice?.body).toMatch(/^mails: 9,\d\d\d jobs waiting \(limit 5,000\)$/)
  expect(notice?.hints).toContain('"urgency": 2')
  await expect(note).toContainText('Notices are shown by mock-notify 1.0, with buttons.')
  await daemon.tell('ActionInvoked', 1, 'acknowledge')
  await expect(page.getByRole('tab', { name: /Acknowledged/ })).toHaveText('Acknowledged1')
  await swept(simulator, 2)
  expect(await daemon.notified()).toHaveLength(1)
})
