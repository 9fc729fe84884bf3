// npm run dev [-- --no-demo and the app's own arguments]: the app with hot reload
import { electronSwitches } from './app.mjs'
import { runOnDesktop } from './desktop.mjs'
import { foreground } from './processes.mjs'
import { note, projectRoot } from './project.mjs'

const asked = process.argv.slice(2)

try {
  // Set on the desktop only: the switches depend on it, so this file runs once outside and once on it.
  process.exitCode = await (process.env.STANDBY_ELECTRON
    ? runElectronVite()
    : runOnDesktop(['node', 'resources/dev/dev.mjs', ...asked], { live: ['src-main', 'src-renderer', 'resources'] }))
} catch (error) {
  note(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

/** electron-vite starts the runtime that `ELECTRON_EXEC_PATH` names. */
function runElectronVite() {
  const args = asked.includes('--no-demo') ? asked.filter((arg) => arg !== '--no-demo') : ['--demo', ...asked]
  const cli = ['node_modules/electron-vite/bin/electron-vite.js', 'dev', '--watch', '--']
  return foreground(process.execPath, [...cli, ...electronSwitches(), ...args], { cwd: projectRoot })
}
