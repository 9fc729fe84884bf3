import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { autostartEntry, removeAutostart, writeAutostart } from '../../../src-main/shell/autostart.ts'

const execOf = (path: string): string | undefined => /^Exec=(.*)$/m.exec(autostartEntry(path))?.[1]

describe('the entry that starts Standby at login', () => {
  it('is a desktop entry of an application', () => {
    expect(autostartEntry('/usr/bin/standby')).toBe(
      [
        '[Desktop Entry]',
        'Type=Application',
        'Name=Standby',
        'Comment=The on-call desk for Appwrite',
        'Exec="/usr/bin/standby"',
        'Terminal=false',
        ''
      ].join('\n')
    )
  })

  it.each([
    ['/opt/On call/standby', '"/opt/On call/standby"'],
    ['/opt/100%/standby %u', 'env "/opt/100%%/standby %%u"'],
    ['/opt/a=100%/standby', '"/opt/a=100%%/standby"'],
    ['/opt/a"b/standby', String.raw`"/opt/a\\"b/standby"`],
    ['/opt/$HOME/`id`/standby', '"/opt/\\\\$HOME/\\\\`id\\\\`/standby"'],
    [String.raw`/opt/a\b/standby`, String.raw`"/opt/a\\\\b/standby"`],
    ['/opt/a\nExec=evil/standby', String.raw`"/opt/a\nExec=evil/standby"`]
  ])('escapes %j', (path, exec) => {
    expect(execOf(path)).toBe(exec)
    expect(autostartEntry(path).split('\n')).toHaveLength(7)
  })
})

describe('the folder of what starts at login', () => {
  let folder = ''
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'standby-autostart-'))))
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is made where it is missing, holds one whole file, and none once it is taken away', () => {
    const autostart = join(folder, 'config/autostart')
    writeAutostart(autostart, '/opt/old/standby')
    writeAutostart(autostart, '/opt/new/standby')
    expect(readdirSync(autostart)).toEqual(['standby.desktop'])
    expect(readFileSync(join(autostart, 'standby.desktop'), 'utf8')).toBe(autostartEntry('/opt/new/standby'))
    removeAutostart(autostart)
    removeAutostart(autostart)
    expect(readdirSync(autostart)).toEqual([])
  })
})
