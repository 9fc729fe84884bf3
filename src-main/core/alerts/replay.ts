import type { Rule, Severity } from '../../contract/alerts.ts'
import type { Reading } from '../reading.ts'
import { newInstance, observed } from './instance.ts'

export interface Firing {
  readonly severity: Severity
  readonly fromMs: number
  /** `null` when it fires to the end. */
  readonly toMs: number | null
}

/** What a rule would have made of one thing: when it would have fired, and as what at worst. */
export class Replay {
  readonly #rule: Rule
  readonly #firings: Firing[] = []
  #instance

  constructor(rule: Rule, subject: string) {
    this.#rule = rule
    this.#instance = newInstance('', rule.ruleId, '', subject)
  }

  /** The next value, in order of time, as the kind of the rule counts it. */
  look(reading: Reading): void {
    const before = this.#instance
    this.#instance = observed(before, this.#rule, reading)
    if (before.severity === null || this.#instance.severity !== null) return
    const { worst, firingSinceMs } = before
    this.#firings.push({ severity: worst ?? 'warning', fromMs: firingSinceMs ?? reading.atMs, toMs: reading.atMs })
  }

  firings(): readonly Firing[] {
    const { severity, worst, firingSinceMs } = this.#instance
    if (severity === null || firingSinceMs === null) return this.#firings
    return [...this.#firings, { severity: worst ?? severity, fromMs: firingSinceMs, toMs: null }]
  }
}
