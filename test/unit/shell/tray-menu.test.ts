import { expect, it } from 'vitest'
import type { TrayAct, TrayItem } from '../../../src-main/services/ports.ts'
import { trayMenu } from '../../../src-main/shell/tray/menu.ts'

it('keeps order and depth, tells what was picked, and takes no letter of a label for a key', () => {
  const picked: TrayAct[] = []
  const items: readonly TrayItem[] = [
    { kind: 'label', label: 'R&D: a_queue' },
    { kind: 'separator' },
    {
      kind: 'menu',
      label: 'Snooze',
      items: [{ kind: 'act', label: '1 h', act: { kind: 'snooze', alertId: null, untilMs: 3_600_000 } }]
    },
    { kind: 'act', label: 'Quit', act: { kind: 'quit' } }
  ]
  const menu = trayMenu(items, (act) => picked.push(act))
  const click = expect.any(Function) as () => void
  expect(menu).toEqual([
    { label: 'R&&D: a_queue', enabled: false },
    { type: 'separator' },
    { label: 'Snooze', submenu: [{ label: '1 h', click }] },
    { label: 'Quit', click }
  ])
  const clickOf = (item: unknown): void => (item as { click: () => void }).click()
  clickOf((menu[2]?.submenu as readonly unknown[])[0])
  clickOf(menu[3])
  expect(picked).toEqual([{ kind: 'snooze', alertId: null, untilMs: 3_600_000 }, { kind: 'quit' }])
})
