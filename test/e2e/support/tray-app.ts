// The types of what the bundler inlines.
/// <reference types="vite/client" />
import { app, BrowserWindow } from 'electron'
import type { TrayAct } from '../../../src-main/services/ports.ts'
import { openBadge, type Badge } from '../../../src-main/shell/badge.ts'
import { openTray } from '../../../src-main/shell/tray/tray.ts'

/** What a test finds in the main process of this small app: the tray and the badge, each without the rest of Standby. */
export interface TrayBench {
  readonly tray: ReturnType<typeof openTray>
  readonly badge: Badge
  /** What was picked, and when the tray came and went. */
  readonly told: (TrayAct | boolean)[]
  /** The desktop's place for icons comes, goes, or starts anew. */
  readonly host: (isThere: boolean) => void
}

declare global {
  var bench: TrayBench
}

void app.whenReady().then(async () => {
  let isThere = true
  const listeners = new Set<() => void>()
  const tray = openTray({
    hasHost: () => Promise.resolve(isThere),
    onHostChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    }
  })
  const told: (TrayAct | boolean)[] = []
  tray.onAct((act) => told.push(act))
  tray.onShown((isShown) => told.push(isShown))
  const window = new BrowserWindow({ title: 'Standby', show: false })
  globalThis.bench = {
    tray,
    badge: openBadge(window),
    told,
    host: (isNow) => {
      isThere = isNow
      for (const listener of listeners) listener()
    }
  }
  await window.loadURL('about:blank')
})
