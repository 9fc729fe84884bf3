import { once } from 'node:events'
import type { TrayView } from '../../src-main/services/ports.ts'
import { closeWindow, isVisible } from './support/closing.ts'
import { expect, test } from './support/desk.ts'
import { itemOf, registeredItems } from './support/status-item.ts'
import { startTrayBench, type RunningBench } from './support/tray-bench.ts'

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

  test('brings a hidden window back when it goes, and lets the window close where it is not', async () => {
    await show()
    await itemOf(bench.pid)
    await bench.app.evaluate(({ BrowserWindow }) => {
      globalThis.bench.settings.change({ whenClosed: 'tray' })
      BrowserWindow.getAllWindows()[0]?.show()
    })
    await closeWindow(bench.app)
    await expect.poll(() => isVisible(bench.app)).toBe(false)
    await host(false)
    await expect.poll(() => isVisible(bench.app)).toBe(true)
    const ended = once(bench.app.process(), 'exit')
    await closeWindow(bench.app)
    expect((await ended)[0]).toBe(0)
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
