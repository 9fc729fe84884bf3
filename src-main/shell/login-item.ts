import { app } from 'electron'
import { join } from 'node:path'
import type { Log } from '../services/ports.ts'
import type { SettingsService } from '../services/settings.ts'
import { removeAutostart, writeAutostart } from './autostart.ts'

export interface LoginItemOptions {
  readonly settings: SettingsService
  readonly log: Log
}

/**
 * Has the system start Standby at login as the settings say, from now on. Returns whether that is offered: a copy that is
 * run from its sources has no program of its own that could be started.
 */
export function followLoginSetting({ settings, log }: LoginItemOptions): boolean {
  if (!app.isPackaged) return false
  let isOn = settings.current().startAtLogin
  const set = (isWanted: boolean): void => {
    try {
      setLoginItem(isWanted)
    } catch (thrown) {
      log(`start at login could not be switched ${isWanted ? 'on' : 'off'}: ${String(thrown)}`)
    }
  }
  // Anew at each start: the program may have been moved.
  if (isOn) set(true)
  settings.onChange(({ startAtLogin }) => {
    if (startAtLogin === isOn) return
    isOn = startAtLogin
    set(isOn)
  })
  return true
}

function setLoginItem(isWanted: boolean): void {
  if (process.platform !== 'linux') return app.setLoginItemSettings({ openAtLogin: isWanted })
  const folder = join(app.getPath('appData'), 'autostart')
  // An AppImage runs from a mount that is gone after it.
  if (isWanted) writeAutostart(folder, process.env.APPIMAGE ?? process.execPath)
  else removeAutostart(folder)
}
