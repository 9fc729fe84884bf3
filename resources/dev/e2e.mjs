// npm run e2e [-- playwright's own arguments]; with `offline` first, only the tests in a network of their own
import { ensureBuilt } from './build.mjs'
import { prepareDesktop, runOnDesktop } from './desktop.mjs'
import { note } from './project.mjs'

const playwright = ['node', 'node_modules/@playwright/test/cli.js', 'test', '--config']
const journeys = [...playwright, 'test/playwright.config.ts']
// Playwright drives Electron over loopback, so both must be in the network that is taken down.
const offline = ['node', 'resources/dev/own-network.mjs', ...playwright, 'test/playwright.offline.config.ts']

const asked = process.argv.slice(2)
if (asked.includes('gallery')) process.env.STANDBY_GALLERY = '1'

try {
  await Promise.all([ensureBuilt(), prepareDesktop()])
  const isOffline = asked[0] === 'offline'
  const codes = []
  if (!isOffline) codes.push(await runOnDesktop([...journeys, ...asked]))
  if (isOffline || asked.length === 0) codes.push(await runOnDesktop([...offline, ...asked.slice(1)]))
  process.exitCode = Math.max(...codes)
} catch (error) {
  note(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
