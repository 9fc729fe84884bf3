import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { advanced, inactive, type LevelState } from '../../../../src-main/core/alerts/level.ts'
import { limit, promtoolFiles, ruleCase, stepMs, type RuleCase } from '../../../support/prometheus.ts'

/** A line a case: `for`, `keep_firing_for`, the values, and a digit a value, 1 where the rule fires. */
const checkedIn = readFileSync(join(import.meta.dirname, 'prometheus-vectors.txt'), 'utf8')
  .trim()
  .split('\n')
  .map((line): RuleCase => {
    const [forMs, keepFiringMs, values = '', firing = ''] = line.split(' ')
    return { forMs: Number(forMs), keepFiringMs: Number(keepFiringMs), values: values.split(',').map(Number), firing }
  })
const version = spawnSync('promtool', ['--version'], { encoding: 'utf8' })
const hasPromtool = version.status === 0

function firingOf({ values, forMs, keepFiringMs }: Omit<RuleCase, 'firing'>): string {
  const rule = { kind: 'depth', clearShare: 1, keepFiringMs } as const
  let state: LevelState = inactive
  return values
    .map((value, index) => {
      const sample = { value, atMs: index * stepMs, sinceLastMs: stepMs }
      state = advanced(state, rule, { at: limit, forMs, samples: 1 }, sample)
      return state.kind === 'firing' ? '1' : '0'
    })
    .join('')
}

describe('a rule fires when Prometheus would', () => {
  it(`in ${checkedIn.length} cases that promtool 2.42 agreed to`, () => {
    expect(checkedIn.length).toBeGreaterThanOrEqual(500)
    expect(checkedIn.filter(({ firing }) => firing.includes('1')).length).toBeGreaterThan(250)
    expect(checkedIn.map(firingOf)).toEqual(checkedIn.map(({ firing }) => firing))
  })

  it.runIf(hasPromtool)('in 200 new cases that promtool is asked about now', () => {
    const folder = mkdtempSync(join(tmpdir(), 'standby-promtool-'))
    const seeds = Array.from({ length: 200 }, (_, index) => Date.now() + index)
    try {
      const cases = seeds.map((seed) => ({ ...ruleCase(seed), firing: firingOf(ruleCase(seed)) }))
      const { rules, tests } = promtoolFiles(cases)
      writeFileSync(join(folder, 'rules.yml'), rules)
      writeFileSync(join(folder, 'tests.yml'), tests)
      const { stdout, stderr, status } = spawnSync('promtool', ['test', 'rules', 'tests.yml'], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 64_000_000
      })
      expect(`seeds from ${seeds[0]}: ${`${stdout}${stderr}`.slice(0, 2000)}`).toContain('SUCCESS')
      expect(status).toBe(0)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it.skipIf(hasPromtool)('promtool is not on this machine: its recorded answers alone are compared', () => {
    expect(version.error).toBeDefined()
  })
})
