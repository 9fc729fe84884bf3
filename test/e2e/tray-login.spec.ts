import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { autostartEntry } from '../../src-main/shell/autostart.ts'
import { expect, goTo, test } from './support/desk.ts'
import { startTrayBench } from './support/tray-bench.ts'

test('a packaged copy is started at login as long as the setting says so', async () => {
  const bench = await startTrayBench()
  try {
    const file = join(bench.config, 'autostart/standby.desktop')
    const change = (startAtLogin: boolean): Promise<unknown> =>
      bench.app.evaluate((_electron, isOn) => globalThis.bench.settings.change({ startAtLogin: isOn }), startAtLogin)
    expect(await bench.app.evaluate(() => globalThis.bench.followLogin())).toBe(false)
    await change(true)
    await expect(readFile(file, 'utf8')).rejects.toThrow('ENOENT')
    await change(false)

    // As the runtime says it of a package.
    await bench.app.evaluate(({ app }) => Object.defineProperty(app, 'isPackaged', { value: true }))
    expect(await bench.app.evaluate(() => globalThis.bench.followLogin())).toBe(true)
    await expect(readFile(file, 'utf8')).rejects.toThrow('ENOENT')
    await change(true)
    expect(await readFile(file, 'utf8')).toBe(autostartEntry(await bench.app.evaluate(() => process.execPath)))
    await change(false)
    await expect(readFile(file, 'utf8')).rejects.toThrow('ENOENT')
  } finally {
    await bench.stop()
  }
})

test('offers no start at login to a copy run from its sources', async ({ launch }) => {
  const { page } = await launch()
  await goTo(page, 'Settings')
  await expect(page.getByText('When the window is closed')).toBeVisible()
  await expect(page.getByText('Start at login')).toHaveCount(0)
})

test('what is written for the start at login, the desktop starts, whatever its path holds', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'standby-login-'))
  try {
    const place = join(folder, 'On call 100% "$HOME" `id` \\n')
    await mkdir(place)
    const program = join(place, 'standby')
    await writeFile(program, '#!/bin/sh\nprintf "%s|%s" "$0" "$#" > "$(dirname "$0")/../started"\n')
    await chmod(program, 0o755)
    const entry = join(folder, 'standby.desktop')
    await writeFile(entry, autostartEntry(program))
    await promisify(execFile)('gio', ['launch', entry])
    await expect.poll(() => readFile(join(folder, 'started'), 'utf8').catch(() => '')).toBe(`${program}|0`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
