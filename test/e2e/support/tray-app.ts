// The types of what the bundler inlines.
/// <reference types="vite/client" />
import { app, BrowserWindow } from 'electron'
import { memoryStore } from '../../../src-main/headless/memory.ts'
import type { TrayAct } from '../../../src-main/services/ports.ts'
import { SettingsService } from '../../../src-main/services/settings.ts'
import { openBadge, type Badge } from '../../../src-main/shell/badge.ts'
import { closeToTray } from '../../../src-main/shell/close-to-tray.ts'
import { followLoginSetting } from '../../../src-main/shell/login-item.ts'
import { openTray } from '../../../src-main/shell/tray/tray.ts'

/** What a test finds in the main process of this small app: what shows Standby on a desktop, without the rest of it. */
export interface TrayBench {
  readonly tray: ReturnType<typeof openTray>
  readonly badge: Badge
  readonly settings: SettingsService
  /** Whether a start at login is offered. */
  readonly followLogin: () => boolean
  /** What was picked, when the tray came and went, and what was logged. */
  readonly told: (TrayAct | boolean | string)[]
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
  const told: (TrayAct | boolean | string)[] = []
  tray.onAct((act) => told.push(act))
  tray.onShown((isShown) => told.push(isShown))
  const settings = new SettingsService(memoryStore())
  const window = new BrowserWindow({ title: 'Standby', show: false })
  closeToTray({ window, tray, settings })
  globalThis.bench = {
    tray,
    badge: openBadge(window),
    settings,
    followLogin: () => followLoginSetting({ settings, log: (line) => told.push(line) }),
    told,
    host: (isNow) => {
      isThere = isNow
      for (const listener of listeners) listener()
    }
  }
  await window.loadURL('about:blank')
})
