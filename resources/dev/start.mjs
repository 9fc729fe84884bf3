// npm start [-- --no-demo and the app's own arguments]
import { chownSync, mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ensureBuilt } from './build.mjs'
import { hasDisplay, prepareDesktop, runOnDesktop } from './desktop.mjs'
import { isRoot, note } from './project.mjs'
import { sessionId } from './user.mjs'

const asked = process.argv.slice(2)
const args = asked.includes('--no-demo') ? asked.filter((arg) => arg !== '--no-demo') : ['--demo', ...asked]

if (!hasDisplay && !args.some((arg) => arg.startsWith('--report='))) {
  const reason = isRoot && process.env.DISPLAY ? 'Root cannot run Electron on this display' : 'There is no display'
  console.log(`${reason}: the app runs on a virtual one and reports here. Ctrl+C stops it.`)
  args.push(`--report=${makeReportFolder()}`)
}

try {
  await Promise.all([ensureBuilt(), prepareDesktop()])
  process.exitCode = await runOnDesktop(['node', 'resources/dev/app.mjs', ...args])
} catch (error) {
  note(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

/** Outlives the session: the screenshot's path is printed for someone to open it. */
function makeReportFolder() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'standby-report-'))
  if (isRoot) chownSync(folder, sessionId, sessionId)
  return folder
}
