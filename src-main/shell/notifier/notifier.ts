import { Notification } from 'electron'
import { existsSync } from 'node:fs'
import type { Clock, Notifier } from '../../services/ports.ts'
import { sessionBusAddress } from './bus-address.ts'
import { ElectronNotices } from './electron-notices.ts'
import { FreedesktopNotifier } from './freedesktop.ts'
import type { ShownMemory } from './shown-memory.ts'

/** Whether notices go through the session's bus: those need no Electron, and do not wait until it is ready. */
export function speaksToBus(): boolean {
  return systemBusAddress() !== null
}

/**
 * The notices of this machine; to be made after the app is ready. On Linux through the session's bus, because Electron's
 * own notices have no buttons there and no replacement; by Electron elsewhere, and where a session has no bus. What
 * `memory` keeps is taken back also after a restart; Electron has no way to do that.
 */
export function systemNotifier(
  clock: Clock,
  memory?: ShownMemory
): { readonly notifier: Notifier; readonly stop: () => void } {
  const address = systemBusAddress()
  if (address !== null) {
    const notifier = new FreedesktopNotifier({ clock, address, ...(memory === undefined ? {} : { memory }) })
    notifier.start()
    return { notifier, stop: () => notifier.stop() }
  }
  const { platform } = process
  const isSupported = (): boolean => Notification.isSupported()
  const notifier = new ElectronNotices({ clock, platform, isSupported, make: (options) => new Notification(options) })
  return { notifier, stop: () => undefined }
}

function systemBusAddress(): string | null {
  return process.platform === 'linux' ? sessionBusAddress(process.env, existsSync) : null
}
