import type { ElectronApplication } from '@playwright/test'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TrayView } from '../../src-main/services/ports.ts'
import { autostartEntry } from '../../src-main/shell/autostart.ts'
import { expect, goTo, projectRoot, switches, test, type Desk } from './support/desk.ts'
import { registeredItems, statusItem, type StatusItem } from './support/status-item.ts'
import { startTrayBench, type RunningBench } from './support/tray-bench.ts'

/** The one icon of a process, once it is another one than `before`. */
async function itemOf(pid: number, before?: StatusItem): Promise<StatusItem> {
  const names = async (): Promise<readonly string[]> =>
    (await registeredItems(pid)).filter((name) => name !== before?.busName)
  await expect.poll(async () => (await names()).length).toBe(1)
  const item = statusItem((await names())[0] ?? '')
  await expect.poll(() => item.isThere()).toBe(true)
  return item
}

const deskItem = ({ app }: Desk): Promise<StatusItem> => itemOf(app.process().pid ?? 0)

test.describe('the icon in the tray', () => {
  let bench: RunningBench
  test.beforeEach(async () => (bench = await startTrayBench()))
  test.afterEach(() => bench.stop())

  const view: TrayView = {
    state: 'critical',
    isHollow: false,
    count: 3,
    tooltip: 'Standby: 3 alerts fire',
    items: [
      { kind: 'label', label: 'R&D: a_queue grows' },
      { kind: 'separator' },
      { kind: 'act', label: 'Acknowledge', act: { kind: 'acknowledge', alertId: 'alert-1' } },
      {
        kind: 'menu',
        label: 'Pause',
        items: [{ kind: 'act', label: 'For 1 h', act: { kind: 'pause', untilMs: 3_600_000 } }]
      }
    ]
  }
  const show = (changes: Partial<TrayView> = {}): Promise<void> =>
    bench.app.evaluate((_electron, given) => globalThis.bench.tray.show(given), { ...view, ...changes })
  const told = (): Promise<unknown> => bench.app.evaluate(() => globalThis.bench.told)
  const host = (isThere: boolean): Promise<void> =>
    bench.app.evaluate((_electron, isNow) => globalThis.bench.host(isNow), isThere)

  test('registers on the bus with its picture, its words and its menu', async () => {
    expect(await registeredItems(bench.pid)).toEqual([])
    await show()
    const item = await itemOf(bench.pid)
    expect(await item.tooltip()).toContain('Standby: 3 alerts fire')
    const { width, height, argb } = await item.pixmap()
    expect([width, height, argb.length]).toEqual([22, 22, 22 * 22 * 4])
    // The octagon's left edge in its own colour, the square's corner outside it, and the white of the figure.
    const pixel = (x: number, y: number): readonly number[] => argb.slice((y * 22 + x) * 4, (y * 22 + x) * 4 + 4)
    expect(pixel(2, 11)).toEqual([255, 0xe0, 0x43, 0x1f])
    expect(pixel(0, 0)[0]).toBe(0)
    expect(
      argb.filter((_, at) => at % 4 === 0 && argb.slice(at, at + 4).every((byte) => byte === 255)).length
    ).toBeGreaterThan(20)
    // Underscores are escaped on the way, since one alone would mark a key; a `&` of ours marks none.
    expect((await item.menu()).map(({ label, isEnabled }) => [label, isEnabled])).toEqual([
      ['R&D: a__queue grows', false],
      ['Acknowledge', true],
      ['Pause', true],
      ['For 1 h', true]
    ])
  })

  test('tells what was picked in its menu, and a click on it as opening', async () => {
    await show()
    const item = await itemOf(bench.pid)
    await item.choose('For 1 h')
    await item.choose('Acknowledge')
    await item.activate()
    await expect
      .poll(told)
      .toEqual([
        true,
        { kind: 'pause', untilMs: 3_600_000 },
        { kind: 'acknowledge', alertId: 'alert-1' },
        { kind: 'open' }
      ])
  })

  test('sets what changed and nothing else: a menu that did not change stays open', async () => {
    await show()
    const item = await itemOf(bench.pid)
    const [revision, picture] = [await item.menuRevision(), await item.pixmap()]
    await show({ items: structuredClone(view.items) })
    await show({ count: 4 })
    await expect.poll(() => item.pixmap()).not.toEqual(picture)
    expect(await item.menuRevision()).toBe(revision)
    await show({ count: 4, tooltip: 'Standby: 4 alerts fire' })
    await expect.poll(() => item.tooltip()).toContain('4 alerts')
    await show({ items: [{ kind: 'act', label: 'Open Standby', act: { kind: 'open' } }] })
    await expect.poll(async () => (await item.menu()).map(({ label }) => label)).toEqual(['Open Standby'])
  })

  test('goes with the desktop\u2019s place for icons, comes back with it, and is told to a panel that started anew', async () => {
    await show()
    const first = await itemOf(bench.pid)
    await host(false)
    await expect.poll(() => first.isThere()).toBe(false)
    await show({ tooltip: 'Standby: shown later' })
    expect(await registeredItems(bench.pid)).toEqual([])
    await host(true)
    const second = await itemOf(bench.pid, first)
    expect(await second.tooltip()).toContain('shown later')
    await host(true)
    const third = await itemOf(bench.pid, second)
    expect(await second.isThere()).toBe(false)
    expect(await third.tooltip()).toContain('shown later')
    expect(await told()).toEqual([true, false, true])
  })

  test('stays away where the desktop has no place for it', async () => {
    await host(false)
    await show()
    expect(await bench.app.evaluate(() => globalThis.bench.tray.isShown())).toBe(false)
    expect(await registeredItems(bench.pid)).toEqual([])
  })

  test('leaves the number of alerts to the title where no launcher shows one, and asks for attention once', async () => {
    await bench.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      if (window !== undefined) window.flashFrame = (isOn) => void globalThis.bench.told.push(isOn)
    })
    const title = (): Promise<string | undefined> =>
      bench.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())
    const badge = (count: number, isCritical: boolean): Promise<void> =>
      bench.app.evaluate((_electron, [number, isBad]) => globalThis.bench.badge(number, isBad), [
        count,
        isCritical
      ] as const)
    await badge(3, true)
    expect(await title()).toBe('(3) Standby')
    await badge(4, true)
    expect(await told()).toEqual([true])
    await badge(0, false)
    expect(await title()).toBe('Standby')
    expect(await told()).toEqual([true, false])
  })
})

/** Answers the next questions of the system's dialogs, and counts them. */
async function answerDialogs(app: ElectronApplication, response: number, checkboxChecked: boolean): Promise<void> {
  await app.evaluate(
    ({ dialog }, answer) => {
      process.env.ASKED = '0'
      dialog.showMessageBox = () => {
        process.env.ASKED = String(Number(process.env.ASKED) + 1)
        return Promise.resolve(answer)
      }
    },
    { response, checkboxChecked }
  )
}

const asked = (app: ElectronApplication): Promise<string | undefined> => app.evaluate(() => process.env.ASKED)
const isVisible = (app: ElectronApplication): Promise<boolean | undefined> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
const closeWindow = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())

async function startAgain(userData: string): Promise<number | null> {
  const args = [...switches(), '.', `--user-data-dir=${userData}`]
  const second = spawn(process.env.STANDBY_ELECTRON ?? '', args, { cwd: projectRoot, stdio: 'ignore' })
  const [code] = (await once(second, 'exit')) as [number | null]
  return code
}

test.describe('closing the window', () => {
  test('asks once, then hides it; the tray and a second start bring it back', async ({ launch }) => {
    const desk = await launch()
    const item = await deskItem(desk)
    await expect.poll(() => isVisible(desk.app)).toBe(true)
    await answerDialogs(desk.app, 0, true)
    await closeWindow(desk.app)
    await expect.poll(() => isVisible(desk.app)).toBe(false)
    expect(await startAgain(desk.userData)).toBe(0)
    await expect.poll(() => isVisible(desk.app)).toBe(true)
    await closeWindow(desk.app)
    await expect.poll(() => isVisible(desk.app)).toBe(false)
    expect(await asked(desk.app)).toBe('1')
    await item.choose('Open Standby')
    await expect.poll(() => isVisible(desk.app)).toBe(true)
    await goTo(desk.page, 'Settings')
    await expect(desk.page.getByRole('radio', { name: 'Keep watching in the tray' })).toBeChecked()
    expect(JSON.parse(await readFile(join(desk.userData, 'standby.json'), 'utf8'))).toMatchObject({
      settings: { whenClosed: 'tray' }
    })
  })

  test('asks again where the answer was not to be remembered, and leaves the window where there was none', async ({
    launch
  }) => {
    const { app, page } = await launch()
    await expect.poll(() => isVisible(app)).toBe(true)
    await answerDialogs(app, 2, true)
    await closeWindow(app)
    await expect.poll(() => asked(app)).toBe('1')
    expect(await isVisible(app)).toBe(true)
    await answerDialogs(app, 0, false)
    await closeWindow(app)
    await expect.poll(() => isVisible(app)).toBe(false)
    expect(await asked(app)).toBe('1')
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show())
    await goTo(page, 'Settings')
    await expect(page.getByRole('radio', { name: 'Ask' })).toBeChecked()
  })

  test('quits where that was chosen, without a question', async ({ launch }) => {
    const { app, page } = await launch()
    await answerDialogs(app, 2, false)
    await goTo(page, 'Settings')
    await page.getByRole('radio', { name: 'Quit' }).click()
    await expect(page.getByRole('radio', { name: 'Quit' })).toBeChecked()
    const ended = once(app.process(), 'exit')
    await closeWindow(app)
    expect((await ended)[0]).toBe(0)
  })

  test('does not stand in the way of quitting, from the tray too, though the window is hidden', async ({ launch }) => {
    const desk = await launch()
    const item = await deskItem(desk)
    await answerDialogs(desk.app, 0, true)
    await closeWindow(desk.app)
    await expect.poll(() => isVisible(desk.app)).toBe(false)
    const ended = once(desk.app.process(), 'exit')
    await item.choose('Quit Standby')
    expect((await ended)[0]).toBe(0)
  })
})

test('offers no start at login to a copy run from its sources', async ({ launch }) => {
  const { page } = await launch()
  await goTo(page, 'Settings')
  await expect(page.getByText('When the window is closed')).toBeVisible()
  await expect(page.getByText('Start at login')).toHaveCount(0)
})

test('what is written for the start at login, the desktop starts, whatever its path holds', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'standby-login-'))
  try {
    const place = join(folder, 'On call 100% "$HOME" `id` \\n')
    await mkdir(place)
    const program = join(place, 'standby')
    await writeFile(program, '#!/bin/sh\nprintf "%s|%s" "$0" "$#" > "$(dirname "$0")/../started"\n')
    await chmod(program, 0o755)
    const entry = join(folder, 'standby.desktop')
    await writeFile(entry, autostartEntry(program))
    await promisify(execFile)('gio', ['launch', entry])
    await expect.poll(() => readFile(join(folder, 'started'), 'utf8').catch(() => '')).toBe(`${program}|0`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
