import { randomOf } from './depth-series.ts'

/** A rule over one series, sampled every `stepMs`, and at which samples Prometheus says that it fires. */
export interface RuleCase {
  readonly values: readonly number[]
  readonly forMs: number
  readonly keepFiringMs: number
  /** One digit a sample: 1 while it fires. */
  readonly firing: string
}

export const stepMs = 15_000
export const limit = 50
const length = 32

/** A rule and a series that stays on either side of the limit for a while: what it fires at is to be found out. */
export function ruleCase(seed: number): Omit<RuleCase, 'firing'> {
  const random = randomOf(seed)
  const steps = (most: number): number => Math.floor(random() * (most + 1)) * stepMs
  // Off the grid of the samples, too.
  const off = random() < 0.3 ? 7_000 : 0
  const values: number[] = []
  while (values.length < length) {
    const isAbove = random() < 0.5
    const run = 1 + Math.floor(random() ** 2 * 10)
    for (let i = 0; i < run && values.length < length; i++)
      values.push(isAbove ? limit + Math.floor(random() * 50) : Math.floor(random() * limit))
  }
  return { values, forMs: steps(5) + off, keepFiringMs: random() < 0.5 ? 0 : steps(6) + off }
}

/** The same as files of `promtool test rules`. */
export function promtoolFiles(cases: readonly RuleCase[]): { readonly rules: string; readonly tests: string } {
  const rules = cases.map(
    ({ forMs, keepFiringMs }, index) =>
      `      - alert: Case${index}\n        expr: value${index} >= ${limit}\n        for: ${forMs / 1000}s\n` +
      (keepFiringMs === 0 ? '' : `        keep_firing_for: ${keepFiringMs / 1000}s\n`)
  )
  const series = cases.map(
    ({ values }, index) => `      - series: value${index}\n        values: '${values.join(' ')}'\n`
  )
  const tests = cases.flatMap(({ firing }, index) =>
    Array.from(firing).map(
      (digit, step) =>
        `      - eval_time: ${(step * stepMs) / 1000}s\n        alertname: Case${index}\n        exp_alerts:${digit === '1' ? '\n          - exp_labels: {}\n' : ' []\n'}`
    )
  )
  return {
    rules: `groups:\n  - name: cases\n    interval: ${stepMs / 1000}s\n    rules:\n${rules.join('')}`,
    tests: `rule_files: [rules.yml]\nevaluation_interval: ${stepMs / 1000}s\ntests:\n  - interval: ${stepMs / 1000}s\n    input_series:\n${series.join('')}    alert_rule_test:\n${tests.join('')}`
  }
}
