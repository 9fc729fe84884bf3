// npm run bench [NAMES]: the figures of the engine on Node, then those of the app's window on a display. A name picks the
// benches that begin with it: `alerts` those in test/bench/alerts*.bench.ts, `window` and `charts` those of the window.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { ensureBuilt } from './build.mjs'
import { prepareDesktop, runOnDesktop } from './desktop.mjs'
import { foreground } from './processes.mjs'
import { note, projectRoot } from './project.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

// One after the other: side by side they would measure each other.
const vitest = ['run', '--config=test/vitest.config.ts', '--project=bench', '--no-file-parallelism']
const windows = new Map([
  ['window', 'run.mjs'],
  ['charts', 'charts.mjs']
])

const names = process.argv.slice(2)
const isAsked = (/** @type {string} */ bench) => names.length === 0 || names.some((name) => bench.startsWith(name))
const all = readdirSync(path.join(projectRoot, 'test', 'bench')).filter((file) => file.endsWith('.bench.ts'))
const engine = all.filter(isAsked).map((file) => `test/bench/${file}`)
const window = [...windows].filter(([name]) => isAsked(name)).map(([, file]) => `test/bench/window/${file}`)

try {
  if (engine.length + window.length === 0) {
    const known = [...all.map((file) => file.replace('.bench.ts', '')), ...windows.keys()]
    throw new Error(`there is no bench of that name; there are: ${known.join(', ')}`)
  }
  // What shows notices to the alerts' bench; without it that one is skipped.
  if (process.platform === 'linux' && engine.some((file) => file.includes('alerts')))
    await ensureSystemPackages().catch((error) => note(error.message))
  const codes = []
  if (engine.length > 0)
    codes.push(
      await foreground(process.execPath, ['node_modules/vitest/vitest.mjs', ...vitest, ...engine], { cwd: projectRoot })
    )
  if (window.length > 0) await Promise.all([ensureBuilt(), prepareDesktop()])
  for (const file of window) codes.push(await runOnDesktop(['node', file], { mocks: false }))
  process.exitCode = Math.max(...codes)
} catch (error) {
  note(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
