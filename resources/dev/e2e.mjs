// npm run e2e [-- playwright's own arguments]
import { ensureBuilt } from './build.mjs'
import { prepareDesktop, runOnDesktop } from './desktop.mjs'
import { note } from './project.mjs'

const playwright = ['node', 'node_modules/@playwright/test/cli.js', 'test', '--config', 'test/playwright.config.ts']

const asked = process.argv.slice(2)
if (asked.includes('gallery')) process.env.STANDBY_GALLERY = '1'

try {
  await Promise.all([ensureBuilt(), prepareDesktop()])
  process.exitCode = await runOnDesktop([...playwright, ...asked])
} catch (error) {
  note(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
