import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const fileName = 'standby.desktop'

/** Has the desktop start `executable` at login, by a file in its folder `autostart`. */
export function writeAutostart(folder: string, executable: string): void {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, fileName)
  // Not named .desktop: a desktop that looks meanwhile must not take half a file.
  const part = `${file}.part`
  writeFileSync(part, autostartEntry(executable), { flush: true })
  renameSync(part, file)
}

/** Takes that file away; nothing happens where there is none. */
export function removeAutostart(folder: string): void {
  rmSync(join(folder, fileName), { force: true })
}

/** The text of the desktop entry that starts `executable`, whatever its path holds. */
export function autostartEntry(executable: string): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Standby',
    'Comment=The on-call desk for Appwrite',
    `Exec=${launcherOf(executable)}${execValue(executable)}`,
    'Terminal=false',
    ''
  ].join('\n')
}

// GLib looks for the program before it takes %% for %: one behind `env` is found. `env` takes a name with = for a variable.
const launcherOf = (path: string): string => (path.includes('%') && !path.includes('=') ? 'env ' : '')

/**
 * The Desktop Entry Specification 1.5, "The Exec key": an argument in quotes, in which `"`, `` ` ``, `$` and `\` are
 * escaped and `%` is doubled; then the value as every string, in which a backslash is doubled and a line break is `\n`.
 */
function execValue(path: string): string {
  const quoted = `"${path.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`
  return quoted.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
