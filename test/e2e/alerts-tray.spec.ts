import { depthRule } from '../support/rules.ts'
import { alertsLink, flood, floodRow, swept, watchOnly, windowTitle } from './support/alerting.ts'
import { addedConnection, expect, goTo, test } from './support/desk.ts'
import { notices, takenBack } from './support/session-notices.ts'
import { itemOf } from './support/status-item.ts'
import { drawnIcon, seenIcon } from './support/tray-icon.ts'

/** The next full minute, as the menu counts it; it may be a few seconds old when something is picked in it. */
function clockTime(ms: number): string {
  const minute = new Date(Math.ceil(ms / 60_000) * 60_000)
  return minute.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

test('a flood turns the icon in the tray critical, says what is worst, and is opened and acknowledged in its menu', async ({
  launch,
  simulate
}) => {
  test.setTimeout(120_000)
  const { app, page } = await launch()
  const simulator = await simulate()
  await addedConnection(page, { name: 'Traylit', ...simulator })
  await watchOnly(page, depthRule)
  const item = await itemOf(app.process().pid ?? 0)
  const seen = async (): Promise<readonly string[]> => seenIcon(await item.pixmap())
  await expect.poll(seen, { timeout: 30_000 }).toEqual(await drawnIcon({ state: 'ok', isHollow: false, count: 0 }))
  expect(await item.tooltip()).toContain('Standby: nothing fires on 1 server')

  await flood(simulator)
  const critical = await drawnIcon({ state: 'critical', isHollow: false, count: 1 })
  await expect.poll(seen, { timeout: 30_000 }).toEqual(critical)
  expect(await item.tooltip()).toMatch(/Traylit · mails: 9,\d\d\d jobs waiting \(limit 5,000\)/)
  const labels = async (): Promise<readonly string[]> => (await item.menu()).map(({ label }) => label)
  // The state of the server comes with its next news.
  await expect.poll(labels).toContain('Traylit · degraded')
  expect(await labels()).toEqual([
    'Open Standby',
    expect.stringMatching(/^Traylit · mails: 9,\d\d\d jobs waiting \(limit 5,000\) · since \d\d:\d\d$/),
    'Open',
    'Acknowledge',
    'Snooze 1 h',
    'Snooze all',
    '30 min',
    '1 h',
    'Until 8:00',
    'Traylit · degraded',
    'Pause polling',
    '30 min',
    '1 h',
    '8 h',
    'Quit Standby'
  ])

  await item.choose('Open')
  await expect(page.getByRole('region', { name: 'Why' })).toContainText('mails')
  await expect.poll(() => notices('Traylit')).toHaveLength(1)
  const [notice] = await notices('Traylit')
  await item.choose('Acknowledge')
  await expect(page.getByRole('tab', { name: /Acknowledged/ })).toHaveText('Acknowledged1')
  await expect.poll(() => takenBack(notice?.id ?? 0)).toBe(1)
  await expect.poll(seen).toEqual(await drawnIcon({ state: 'ok', isHollow: false, count: 0 }))
})

test('all is snoozed from the menu of the tray: its notice, its count and its colour go', async ({
  launch,
  simulate
}) => {
  test.setTimeout(120_000)
  const desk = await launch()
  const { app, page } = desk
  const simulator = await simulate()
  await addedConnection(page, { name: 'Snoozing', ...simulator })
  await watchOnly(page, depthRule)
  await flood(simulator)
  await expect.poll(() => notices('Snoozing'), { timeout: 30_000 }).toHaveLength(1)
  const [notice] = await notices('Snoozing')
  await expect(alertsLink(page)).toHaveAccessibleDescription('1 firing')
  await expect.poll(() => windowTitle(desk)).toBe('(1) Standby')

  const item = await itemOf(app.process().pid ?? 0)
  const ends = [Date.now() - 20_000, Date.now()].map((ms) => clockTime(ms + 3_600_000))
  await item.choose('1 h')
  await goTo(page, 'Alerts')
  await page.getByRole('tab', { name: /Snoozed/ }).click()
  await expect(floodRow(page, 'Snoozed')).toContainText(new RegExp(`Snoozed until .*(${ends.join('|')})`))
  await expect(page.getByRole('tab', { name: /Firing/ })).toHaveText('Firing')
  await expect.poll(() => takenBack(notice?.id ?? 0)).toBe(1)
  await expect(alertsLink(page)).not.toHaveAccessibleDescription(/firing/)
  await expect.poll(() => windowTitle(desk)).toBe('Standby')
  const calm = await drawnIcon({ state: 'ok', isHollow: false, count: 0 })
  await expect.poll(async () => seenIcon(await item.pixmap())).toEqual(calm)
  expect(await notices('Snoozing')).toHaveLength(1)
})

test('the menu of the tray stays open over a flood that grows with every sweep', async ({ launch, simulate }) => {
  test.setTimeout(120_000)
  const { app, page } = await launch()
  const simulator = await simulate()
  await addedConnection(page, { name: 'Growing', ...simulator })
  await watchOnly(page, depthRule)
  await simulator.control('POST', '/trouble', { kind: 'flood', queue: 'mails', perMinute: 60_000 })
  const item = await itemOf(app.process().pid ?? 0)
  await expect.poll(() => item.tooltip(), { timeout: 30_000 }).toContain('Growing · mails')
  // It is made anew once a minute, which may be in the middle of a look.
  const renewals = async (): Promise<number> => {
    const before = await item.menuRevision()
    await swept(simulator, 3)
    return (await item.menuRevision()) - before
  }
  await expect.poll(renewals, { timeout: 60_000 }).toBe(0)
})
