import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { answerDialogs, asked, closeWindow, isVisible } from './support/closing.ts'
import { expect, goTo, projectRoot, switches, test, type Desk } from './support/desk.ts'
import { itemOf, type StatusItem } from './support/status-item.ts'

const question = ['Keep watching in the tray', 'Quit']
const deskItem = ({ app }: Desk): Promise<StatusItem> => itemOf(app.process().pid ?? 0)

async function startAgain(userData: string): Promise<number | null> {
  const args = [...switches(), '.', `--user-data-dir=${userData}`]
  const second = spawn(process.env.STANDBY_ELECTRON ?? '', args, { cwd: projectRoot, stdio: 'ignore' })
  const [code] = (await once(second, 'exit')) as [number | null]
  return code
}

test.describe('closing the window', () => {
  test('asks once, then hides it; the tray and a second start bring it back', async ({ launch }) => {
    const desk = await launch()
    const item = await deskItem(desk)
    await expect.poll(() => isVisible(desk.app)).toBe(true)
    await answerDialogs(desk.app, 0, true)
    await closeWindow(desk.app)
    await expect.poll(() => isVisible(desk.app)).toBe(false)
    expect(await startAgain(desk.userData)).toBe(0)
    await expect.poll(() => isVisible(desk.app)).toBe(true)
    await closeWindow(desk.app)
    await expect.poll(() => isVisible(desk.app)).toBe(false)
    expect(await asked(desk.app)).toEqual([question])
    await item.choose('Open Standby')
    await expect.poll(() => isVisible(desk.app)).toBe(true)
    await goTo(desk.page, 'Settings')
    await expect(desk.page.getByRole('radio', { name: 'Keep watching in the tray' })).toBeChecked()
    expect(JSON.parse(await readFile(join(desk.userData, 'standby.json'), 'utf8'))).toMatchObject({
      settings: { whenClosed: 'tray' }
    })
  })

  test('asks again where the answer was not to be remembered, and leaves the window where there was none', async ({
    launch
  }) => {
    const { app, page } = await launch()
    await expect.poll(() => isVisible(app)).toBe(true)
    await answerDialogs(app, 2, true)
    await closeWindow(app)
    await expect.poll(() => asked(app)).toEqual([question])
    expect(await isVisible(app)).toBe(true)
    await answerDialogs(app, 0, false)
    await closeWindow(app)
    await expect.poll(() => isVisible(app)).toBe(false)
    expect(await asked(app)).toEqual([question])
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show())
    await goTo(page, 'Settings')
    await expect(page.getByRole('radio', { name: 'Ask' })).toBeChecked()
  })

  test('quits where that was chosen, without a question', async ({ launch }) => {
    const { app, page } = await launch()
    await answerDialogs(app, 2, false)
    await goTo(page, 'Settings')
    await page.getByRole('radio', { name: 'Quit' }).click()
    await expect(page.getByRole('radio', { name: 'Quit' })).toBeChecked()
    const ended = once(app.process(), 'exit')
    await closeWindow(app)
    expect((await ended)[0]).toBe(0)
  })

  test('does not stand in the way of quitting, from the tray too, though the window is hidden', async ({ launch }) => {
    const desk = await launch()
    const item = await deskItem(desk)
    await answerDialogs(desk.app, 0, true)
    await closeWindow(desk.app)
    await expect.poll(() => isVisible(desk.app)).toBe(false)
    const ended = once(desk.app.process(), 'exit')
    await item.choose('Quit Standby')
    expect((await ended)[0]).toBe(0)
  })
})
