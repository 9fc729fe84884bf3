import { Notification } from 'electron'
import { existsSync } from 'node:fs'
import type { Clock, Notifier } from '../../services/ports.ts'
import { sessionBusAddress } from './bus-address.ts'
import { ElectronNotices } from './electron-notices.ts'
import { FreedesktopNotifier } from './freedesktop.ts'

/**
 * The notices of this machine; to be made after the app is ready. On Linux through the session's bus, because Electron's
 * own notices have no buttons there and no replacement; by Electron elsewhere, and where a session has no bus.
 */
export function systemNotifier(clock: Clock): { readonly notifier: Notifier; readonly stop: () => void } {
  const { platform, env } = process
  const address = platform === 'linux' ? sessionBusAddress(env, existsSync) : null
  if (address !== null) {
    const notifier = new FreedesktopNotifier({ clock, address })
    notifier.start()
    return { notifier, stop: () => notifier.stop() }
  }
  const isSupported = (): boolean => Notification.isSupported()
  const notifier = new ElectronNotices({ clock, platform, isSupported, make: (options) => new Notification(options) })
  return { notifier, stop: () => undefined }
}
