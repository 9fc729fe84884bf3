import type { MenuItemConstructorOptions } from 'electron'
import { assertNever } from '../../core/assert-never.ts'
import type { TrayAct, TrayItem } from '../../services/ports.ts'

/** The menu as Electron takes it; `act` hears what was picked. */
export function trayMenu(
  items: readonly TrayItem[],
  act: (picked: TrayAct) => void
): readonly MenuItemConstructorOptions[] {
  return items.map((item): MenuItemConstructorOptions => {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' }
      case 'label':
        return { label: literal(item.label), enabled: false }
      case 'act':
        return { label: literal(item.label), click: () => act(item.act) }
      case 'menu':
        return { label: literal(item.label), submenu: [...trayMenu(item.items, act)] }
      default:
        return assertNever(item)
    }
  })
}

/** A single `&` would mark the next letter as its key. Underscores, which do so on Linux, Chromium escapes itself. */
function literal(label: string): string {
  return label.replaceAll('&', '&&')
}
