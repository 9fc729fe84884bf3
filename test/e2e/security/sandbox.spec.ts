import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../support/desk.ts'
import { inOtherWindow } from './other-window.ts'

test('the renderer runs in the system’s sandbox', async ({ launch }) => {
  test.skip(process.platform !== 'linux', 'the proof reads /proc')
  test.skip(process.env.STANDBY_NO_SANDBOX !== undefined, 'user namespaces are forbidden here: Chromium cannot sandbox')
  const { app } = await launch()
  const pid = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId())
  const status = await readFile(`/proc/${pid ?? 'none'}/status`, 'utf8')
  const field = (name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? ''
  // System calls are filtered, and the process lives in a namespace of its own: it has a number in each.
  expect(field('Seccomp')).toBe('2')
  expect(field('NSpid').split(/\s+/).length).toBeGreaterThanOrEqual(2)
})

/** A preload that tries to get at Node and leaves in the page what came of it. */
const probe = `
  const tried = ['node:fs', 'fs', 'child_process', 'node:net'].map((name) => {
    try {
      return name + ' ' + typeof require(name)
    } catch {
      return name + ' refused'
    }
  })
  require('electron').contextBridge.exposeInMainWorld('tried', tried)
`

test('no window can be made outside the sandbox', async ({ launch }) => {
  const { app, userData } = await launch()
  const preload = join(userData, 'probe.cjs')
  await writeFile(preload, probe)
  const preferences = { preload, sandbox: false, nodeIntegration: true }
  const tried = await inOtherWindow(app, { url: 'about:blank', script: 'window.tried', preferences })
  expect(tried).toEqual(['node:fs refused', 'fs refused', 'child_process refused', 'node:net refused'])
})
