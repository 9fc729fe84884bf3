import { Menu, Tray as StatusIcon } from 'electron'
import { isDeepStrictEqual } from 'node:util'
import { Topic } from '../../services/live-view.ts'
import type { Tray, TrayAct, TrayView } from '../../services/ports.ts'
import { trayIcon } from './icon.ts'
import { trayMenu } from './menu.ts'

export interface TrayOptions {
  /** Whether this desktop has a place for status icons. */
  readonly hasHost: () => Promise<boolean>
  /** Calls when that place may have come, gone or started anew, until the returned function is called. */
  readonly onHostChange: (listener: () => void) => () => void
}

/** Other systems than Linux always have a place for status icons; on Linux someone must look. */
const everyHost: TrayOptions = {
  hasHost: () => Promise.resolve(process.platform !== 'linux'),
  onHostChange: () => () => undefined
}

interface Shown {
  readonly icon: StatusIcon
  readonly view: TrayView
}

/**
 * The icon beside the clock, there from the first view on while the desktop has a place for it. `close` takes it away for
 * good.
 */
export function openTray({ hasHost, onHostChange }: TrayOptions = everyHost): Tray & { readonly close: () => void } {
  const acts = new Topic<TrayAct>()
  const shownTopic = new Topic<boolean>()
  const act = (picked: TrayAct): void => acts.publish(picked)
  let isHosted = false
  let isClosed = false
  let wanted: TrayView | null = null
  let shown: Shown | null = null
  let asked = 0

  const settle = (): void => {
    const was = shown !== null
    if (isHosted && wanted !== null) shown = shown === null ? put(wanted, act) : changed(shown, wanted, act)
    else if (shown !== null) {
      shown.icon.destroy()
      shown = null
    }
    const isNow = shown !== null
    if (was !== isNow) shownTopic.publish(isNow)
  }
  const look = async (): Promise<void> => {
    const mine = ++asked
    // Whoever cannot say has no place to show.
    const answer = await hasHost().catch(() => false)
    if (isClosed || mine !== asked) return
    if (answer && shown !== null) {
      // A panel that started anew knows nothing of an icon that was told to the one before.
      shown.icon.destroy()
      shown = put(shown.view, act)
    }
    isHosted = answer
    settle()
  }
  const stop = onHostChange(() => void look())
  void look()

  return {
    isShown: () => shown !== null,
    onShown: (listener) => shownTopic.subscribe(listener),
    onAct: (listener) => acts.subscribe(listener),
    show: (view) => {
      wanted = view
      if (!isClosed) settle()
    },
    close: () => {
      isClosed = true
      isHosted = false
      stop()
      settle()
    }
  }
}

function put(view: TrayView, act: (picked: TrayAct) => void): Shown {
  const icon = new StatusIcon(trayIcon(view))
  icon.setToolTip(view.tooltip)
  icon.setContextMenu(Menu.buildFromTemplate([...trayMenu(view.items, act)]))
  // On macOS a click opens the menu, as everywhere in its menu bar.
  if (process.platform !== 'darwin') icon.on('click', () => act({ kind: 'open' }))
  return { icon, view }
}

/**
 * Only what differs is set: a menu that is set anew closes under the user's pointer. On Linux a new tooltip does the same
 * (Chromium gives every entry a new id with it), so a tooltip that counts seconds would leave no menu to click in.
 */
function changed({ icon, view: before }: Shown, view: TrayView, act: (picked: TrayAct) => void): Shown {
  const isSameFace = before.state === view.state && before.isHollow === view.isHollow && before.count === view.count
  if (!isSameFace) icon.setImage(trayIcon(view))
  if (before.tooltip !== view.tooltip) icon.setToolTip(view.tooltip)
  if (!isDeepStrictEqual(before.items, view.items)) {
    icon.setContextMenu(Menu.buildFromTemplate([...trayMenu(view.items, act)]))
  }
  return { icon, view }
}
