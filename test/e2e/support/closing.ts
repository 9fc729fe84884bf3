import type { ElectronApplication } from '@playwright/test'

/** Answers the next questions of the system's dialogs, and notes their buttons. */
export async function answerDialogs(
  app: ElectronApplication,
  response: number,
  checkboxChecked: boolean
): Promise<void> {
  await app.evaluate(
    ({ dialog }, answer) => {
      process.env.ASKED = '[]'
      dialog.showMessageBox = (...args: unknown[]) => {
        const { buttons } = args.at(-1) as { readonly buttons: readonly string[] }
        process.env.ASKED = JSON.stringify([...(JSON.parse(process.env.ASKED ?? '') as unknown[]), buttons])
        return Promise.resolve(answer)
      }
    },
    { response, checkboxChecked }
  )
}

/** The buttons of each question since `answerDialogs`. */
export const asked = (app: ElectronApplication): Promise<unknown> =>
  app.evaluate(() => JSON.parse(process.env.ASKED ?? '') as unknown)

/** Whether the app's one window can be seen. */
export const isVisible = (app: ElectronApplication): Promise<boolean | undefined> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())

/** As a click on the window's own button does. */
export const closeWindow = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
