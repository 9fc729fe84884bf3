import { expect } from '@playwright/test'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const itemPath = '/StatusNotifierItem'
const itemInterface = 'org.kde.StatusNotifierItem'
const menuInterface = 'com.canonical.dbusmenu'

export interface MenuEntry {
  readonly id: number
  /** As it travels: `_` marks the key, `__` is an underscore. */
  readonly label: string
  readonly isEnabled: boolean
}

/** A status icon as a panel sees it: by its name on the session's bus. */
export interface StatusItem {
  readonly busName: string
  /** Whether it is still there. */
  isThere(): Promise<boolean>
  tooltip(): Promise<string>
  /** Width and height of its icon, and its pixels as alpha, red, green and blue. */
  pixmap(): Promise<{ readonly width: number; readonly height: number; readonly argb: readonly number[] }>
  /** Entries with a label, in order, those of submenus after their own. */
  menu(): Promise<readonly MenuEntry[]>
  /** Grows with each menu that is set. */
  menuRevision(): Promise<number>
  /** As a panel does for a click on the entry with that label. */
  choose(label: string): Promise<void>
  /** As a panel does for a click on the icon. */
  activate(): Promise<void>
}

/** The icons of a process that the mock of a watcher was told of and that are still there, by their names on the bus. */
export async function registeredItems(pid: number): Promise<readonly string[]> {
  const log = await readFile(process.env.STANDBY_TRAY_LOG ?? '', 'utf8')
  const names = [...log.matchAll(/RegisterStatusNotifierItem "([^"]+)"/g)].map(([, name = '']) => name)
  const owners = new Map(
    await Promise.all([...new Set(names)].map(async (name) => [name, await ownerOf(name)] as const))
  )
  return names.filter((name) => owners.get(name) === pid)
}

/** `null` for a connection that is gone. */
async function ownerOf(name: string): Promise<number | null> {
  const bus = 'org.freedesktop.DBus'
  const answer = await call(bus, '/org/freedesktop/DBus', `${bus}.GetConnectionUnixProcessID`, name).catch(() => '')
  const pid = /uint32 (\d+)/.exec(answer)?.[1]
  return pid === undefined ? null : Number(pid)
}

/** The one icon of a process, once it is another one than `before`. */
export async function itemOf(pid: number, before?: StatusItem): Promise<StatusItem> {
  const names = async (): Promise<readonly string[]> =>
    (await registeredItems(pid)).filter((name) => name !== before?.busName)
  await expect.poll(async () => (await names()).length).toBe(1)
  const item = statusItem((await names())[0] ?? '')
  await expect.poll(() => item.isThere()).toBe(true)
  return item
}

export function statusItem(busName: string): StatusItem {
  const property = (name: string): Promise<string> =>
    call(busName, itemPath, 'org.freedesktop.DBus.Properties.Get', itemInterface, name)
  const menuPath = async (): Promise<string> => {
    const path = /objectpath '([^']+)'/.exec(await property('Menu'))?.[1]
    if (path === undefined) throw new Error(`${busName} has no menu`)
    return path
  }
  const layout = async (): Promise<string> =>
    call(busName, await menuPath(), `${menuInterface}.GetLayout`, '0', '--', '-1', '@as []')
  const menu = async (): Promise<readonly MenuEntry[]> => entriesOf(await layout())
  return {
    busName,
    isThere: () =>
      property('Id').then(
        () => true,
        () => false
      ),
    tooltip: () => property('ToolTip'),
    pixmap: async () => pixmapOf(await property('IconPixmap')),
    menu,
    menuRevision: async () => Number(/uint32 (\d+)/.exec(await layout())?.[1]),
    choose: async (label) => {
      const entry = (await menu()).find((one) => one.label === label)
      if (entry === undefined) throw new Error(`the menu has no ${label}`)
      await call(busName, await menuPath(), `${menuInterface}.Event`, String(entry.id), 'clicked', '<0>', 'uint32 0')
    },
    activate: async () => {
      await call(busName, itemPath, `${itemInterface}.Activate`, '0', '0')
    }
  }
}

async function call(dest: string, path: string, method: string, ...args: readonly string[]): Promise<string> {
  const where = ['call', '--session', '--dest', dest, '--object-path', path, '--method', method]
  const { stdout } = await run('gdbus', [...where, ...args], { maxBuffer: 10_000_000 })
  return stdout
}

function entriesOf(layout: string): readonly MenuEntry[] {
  return [...layout.matchAll(/\((\d+), (?:@a\{sv\} )?\{([^{}]*)\}/g)].flatMap(([, id, properties = '']) => {
    const label = /'label': <(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")>/.exec(properties)
    const text = label?.[1] ?? label?.[2]
    return text === undefined
      ? []
      : [{ id: Number(id), label: text, isEnabled: !properties.includes("'enabled': <false>") }]
  })
}

function pixmapOf(text: string): { width: number; height: number; argb: readonly number[] } {
  const size = /\((\d+), (\d+), /.exec(text)
  const [width, height] = [Number(size?.[1]), Number(size?.[2])]
  return { width, height, argb: [...text.matchAll(/0x([0-9a-f]{2})/g)].map(([, byte = '0']) => parseInt(byte, 16)) }
}
