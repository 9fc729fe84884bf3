import type { ElectronApplication } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Standby } from '../../../src-main/contract/bridge.ts'
import { projectRoot, type Desk } from '../support/desk.ts'

declare global {
  interface Window {
    /** What the preload puts into the page. */
    readonly standby: Standby
  }
}

/** The built preload, as the app's own window has it. */
export const preload = join(projectRoot, 'out/preload/preload.cjs')

export interface OtherWindow {
  readonly url: string
  /** Runs in the page; its promise is awaited and its value must survive a structured clone. */
  readonly script: string
  /** Web preferences besides the sandbox. */
  readonly preferences?: Readonly<Record<string, string | boolean>>
}

/** Opens a hidden window of the test's own in the app's session, runs a script in its page, and closes it. */
export function inOtherWindow(app: ElectronApplication, other: OtherWindow): Promise<unknown> {
  return app.evaluate(async ({ BrowserWindow }, { url, script, preferences }) => {
    const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, ...preferences } })
    try {
      await window.loadURL(url)
      return (await window.webContents.executeJavaScript(script, true)) as unknown
    } finally {
      window.destroy()
    }
  }, other)
}

/** The lines of the app's log so far, without their times. */
export async function logOf(desk: Desk): Promise<readonly string[]> {
  const text = await readFile(join(desk.userData, 'logs/standby.log'), 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => (line === '' ? [] : line.slice(line.indexOf(' ') + 1)))
}

/** How many web contents of any kind the app has. */
export function contentsCount(app: ElectronApplication): Promise<number> {
  return app.evaluate(({ webContents }) => webContents.getAllWebContents().length)
}
