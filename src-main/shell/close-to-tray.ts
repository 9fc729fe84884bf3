import { app, dialog } from 'electron'
import type { BrowserWindow } from 'electron'
import type { Tray } from '../services/ports.ts'
import type { SettingsService } from '../services/settings.ts'

export interface CloseToTrayOptions {
  readonly window: BrowserWindow
  readonly tray: Pick<Tray, 'isShown' | 'onShown'>
  readonly settings: SettingsService
}

/**
 * Closing the window hides it while there is an icon in the tray to get it back by, as the user chose; until they did,
 * they are asked. Quitting always closes it.
 */
export function closeToTray({ window, tray, settings }: CloseToTrayOptions): void {
  let isQuitting = false
  let isAsking = false
  let isAway = false
  const hide = (): void => {
    isAway = true
    window.hide()
  }
  const ask = async (): Promise<void> => {
    isAsking = true
    const { choice, isForGood } = await askWhatClosingMeans(window)
    isAsking = false
    if (choice === null || window.isDestroyed()) return
    if (isForGood) settings.change({ whenClosed: choice })
    if (choice === 'quit') app.quit()
    // The icon may have gone while the question was open.
    else if (tray.isShown()) hide()
  }
  app.on('before-quit', () => (isQuitting = true))
  window.on('show', () => (isAway = false))
  window.on('close', (event) => {
    const { whenClosed } = settings.current()
    if (isQuitting || !tray.isShown() || whenClosed === 'quit') return
    event.preventDefault()
    if (whenClosed === 'tray') hide()
    else if (!isAsking) void ask()
  })
  // Without its icon a hidden window could not be found again.
  const stop = tray.onShown((isShown) => {
    if (!isShown && isAway) window.showInactive()
  })
  window.on('closed', stop)
}

interface Answer {
  /** `null`: neither, the window stays. */
  readonly choice: 'tray' | 'quit' | null
  readonly isForGood: boolean
}

const answers = ['tray', 'quit'] as const

async function askWhatClosingMeans(window: BrowserWindow): Promise<Answer> {
  const { response, checkboxChecked } = await dialog.showMessageBox(window, {
    type: 'question',
    message: 'Keep watching while the window is closed?',
    detail: 'Standby goes on beside the clock and tells you when something fails. Its icon brings the window back.',
    buttons: ['Keep watching in the tray', 'Quit'],
    defaultId: 0,
    // None of the buttons: Escape leaves the window as it is.
    cancelId: answers.length,
    checkboxLabel: 'Remember this choice (Settings can change it)',
    checkboxChecked: true
  })
  return { choice: answers[response] ?? null, isForGood: checkboxChecked }
}
