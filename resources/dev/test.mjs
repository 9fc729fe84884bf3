// npm test: checks, unit and contract tests, then the end-to-end tests; the last line counts them all.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { foreground } from './processes.mjs'
import { projectRoot } from './project.mjs'

const results = path.join(projectRoot, 'test-results')
const vitestReport = path.join(results, 'vitest.json')
const e2eReports = ['e2e.json', 'e2e-offline.json'].map((name) => path.join(results, name))

const bin = (/** @type {string} */ file) => path.join(projectRoot, 'node_modules', file)
const node = (/** @type {readonly string[]} */ args) =>
  foreground(process.execPath, args, { cwd: projectRoot, env: process.env })

/** Both reporters write JSON; a run that died before writing counts as one failure. */
function read(/** @type {string} */ file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

rmSync(results, { recursive: true, force: true })
const checks = await foreground('npm', ['run', '--silent', 'check'], {
  cwd: projectRoot,
  env: process.env,
  shell: true
})
const vitest = await node([
  bin('vitest/vitest.mjs'),
  'run',
  '--config=test/vitest.config.ts',
  '--project=unit',
  '--project=contract',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${vitestReport}`
])
const e2e = await node(['resources/dev/e2e.mjs'])

const unit = read(vitestReport)
const journeys = e2eReports.map((report) => read(report)?.stats)
const sum = (/** @type {string} */ name) => journeys.reduce((total, stats) => total + (stats?.[name] ?? 0), 0)
const passed = (unit?.numPassedTests ?? 0) + sum('expected')
const skipped = (unit?.numPendingTests ?? 0) + (unit?.numTodoTests ?? 0) + sum('skipped')
const told = (unit?.numFailedTests ?? 0) + sum('unexpected') + sum('flaky')
const codes = [checks, vitest, e2e]
const failed = Math.max(told, codes.filter((code) => code !== 0).length)
if (checks !== 0) console.log('npm run check found something: see the top of this output.')
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = failed === 0 ? 0 : 1
