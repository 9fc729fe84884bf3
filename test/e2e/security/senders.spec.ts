import type { IpcMainInvokeEvent } from 'electron'
import { channels } from '../../../src-main/contract/bridge.ts'
import { expect, test } from '../support/desk.ts'
import { inOtherWindow, preload } from './other-window.ts'

const denied = { ok: false, fault: { code: 'denied', message: 'This page may not speak to Standby.' } }
const fiveTimesDenied = { replies: Array.from({ length: 5 }, () => denied), frames: 0 }

/** Each of the five functions once, and a moment for frames that must not come. */
const speak = `(async () => {
  let frames = 0
  const { standby } = window
  const replies = [
    await standby.request('a', 'app.describe', {}),
    await standby.open('b', 'settings.watch', {}, () => frames++),
    await standby.ack('b', 1),
    await standby.cancel('a'),
    await standby.close('b')
  ]
  await new Promise((resolve) => setTimeout(resolve, 100))
  return { replies, frames }
})()`

test('only the main frame of our own window at our own origin is heard', async ({ launch }) => {
  const desk = await launch()
  const { app, page } = desk
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

  for (const url of ['about:blank', 'app://bundle/nowhere', 'app://bundle/index.html']) {
    await test.step(`another window with our preload at ${url}`, async () => {
      expect(await inOtherWindow(app, { url, script: speak, preferences: { preload } })).toEqual(fiveTimesDenied)
    })
  }

  await test.step('a frame inside our page', async () => {
    const hasBridge = await page.evaluate(async () => {
      const frame = document.createElement('iframe')
      frame.name = 'inner'
      document.body.append(frame)
      await new Promise((resolve) => setTimeout(resolve, 200))
      return frame.contentWindow !== null && 'standby' in frame.contentWindow
    })
    expect(hasBridge).toBe(false)
    // The preload does not run in frames, so none can speak. What main would answer is asked of its handlers, with the
    // real frame as the sender.
    const answers = await app.evaluate(
      async ({ BrowserWindow, ipcMain }, names) => {
        type Handler = (event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>, ...args: unknown[]) => unknown
        const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers
        const sender = BrowserWindow.getAllWindows()[0]?.webContents
        const inner = sender?.mainFrame.frames.find((frame) => frame.name === 'inner')
        if (sender === undefined || inner === undefined) throw new Error('the page has no frame')
        const ask = (senderFrame: typeof inner | null): Promise<unknown[]> =>
          Promise.all(names.map((name) => handlers.get(name)?.({ sender, senderFrame }, 'inner', 'app.describe', {})))
        return {
          origin: inner.origin,
          inner: await ask(inner),
          gone: await ask(null),
          main: await handlers.get(names[0] ?? '')?.(
            { sender, senderFrame: sender.mainFrame },
            'own',
            'settings.change',
            {}
          )
        }
      },
      Object.values(channels).filter((channel) => channel !== channels.frame)
    )
    const { replies } = fiveTimesDenied
    expect(answers).toEqual({
      origin: 'app://bundle',
      inner: replies,
      gone: replies,
      main: { ok: true, value: expect.objectContaining({ theme: 'system' }) }
    })
  })

  await test.step('our own window at another origin', async () => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.loadURL('about:blank'))
    await page.waitForURL('about:blank')
    expect(await page.evaluate(speak)).toEqual(fiveTimesDenied)
  })

  await test.step('our own window back at ours', async () => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.loadURL('app://bundle/index.html'))
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await page.evaluate(() => window.standby.request('back', 'app.describe', {}))).toMatchObject({ ok: true })
  })
})
