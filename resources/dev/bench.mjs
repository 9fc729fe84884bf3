// npm run bench: the figures of the engine on Node, then those of the app's window on a display.
import { ensureBuilt } from './build.mjs'
import { prepareDesktop, runOnDesktop } from './desktop.mjs'
import { foreground } from './processes.mjs'
import { note, projectRoot } from './project.mjs'

const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config=test/vitest.config.ts', '--project=bench']

try {
  const engine = await foreground(process.execPath, vitest, { cwd: projectRoot })
  await Promise.all([ensureBuilt(), prepareDesktop()])
  const window = await runOnDesktop(['node', 'test/bench/window/run.mjs'], { mocks: false })
  const charts = await runOnDesktop(['node', 'test/bench/window/charts.mjs'], { mocks: false })
  process.exitCode = Math.max(engine, window, charts)
} catch (error) {
  note(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
