// npm run soak: the random suites at their full count; npm test runs a tenth of it.
import { foreground } from './processes.mjs'
import { projectRoot } from './project.mjs'

const env = { ...process.env, STANDBY_SOAK: '1' }
const vitest = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--config=test/vitest.config.ts',
  '--project=unit',
  '--project=contract'
]
const unit = await foreground(process.execPath, vitest, { cwd: projectRoot, env })
const e2e = await foreground(process.execPath, ['resources/dev/e2e.mjs', 'security'], { cwd: projectRoot, env })
process.exitCode = unit === 0 && e2e === 0 ? 0 : 1
