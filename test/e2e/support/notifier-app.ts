import { app, Notification } from 'electron'
import type { Notice, Notifier } from '../../../src-main/services/ports.ts'
import { systemClock } from '../../../src-main/services/system-clock.ts'
import { ElectronNotices } from '../../../src-main/shell/notifier/electron-notices.ts'
import { systemNotifier } from '../../../src-main/shell/notifier/notifier.ts'

/** What the app below puts into the global scope of its main process. */
export interface NotifierApp {
  readonly system: Notifier
  readonly electron: Notifier
  readonly acts: readonly string[]
  show(by: 'system' | 'electron', notice: Notice): Promise<string>
}

// An app of a few lines with the notifiers in it: the built one has no way to show a notice on demand. It awaits nothing
// at its top: Electron is ready only once its main script has run.
app.on('ready', () => {
  const { notifier: system } = systemNotifier(systemClock)
  const electron = new ElectronNotices({
    clock: systemClock,
    platform: process.platform,
    isSupported: () => Notification.isSupported(),
    make: (options) => new Notification(options)
  })
  const acts: string[] = []
  electron.onAct((noticeId, act) => acts.push(`${noticeId} ${act}`))
  const standby: NotifierApp = {
    system,
    electron,
    acts,
    show: async (by, notice) =>
      await (by === 'system' ? system : electron).show(notice).then(
        () => 'taken',
        (error: unknown) => String(error)
      )
  }
  Object.assign(globalThis, { standby })
})
