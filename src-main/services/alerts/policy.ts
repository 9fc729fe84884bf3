import { randomUUID } from 'node:crypto'
import { alertLimits, type Rule, type Silence, type SilenceDraft } from '../../contract/alerts.ts'
import { defaultRules } from '../../core/alerts/default-rules.ts'
import { Failure } from '../../core/failure.ts'
import { Topic } from '../live-view.ts'
import type { AlertStore } from './store.ts'

/** By which rules alerts fire, and what is silent: what people decide, kept at once. */
export class AlertPolicy {
  readonly #store: AlertStore
  readonly #now: () => number
  readonly #changed = new Topic<'rules' | 'silences'>()
  #rules: readonly Rule[]
  #silences: readonly Silence[]

  constructor(store: AlertStore, now: () => number) {
    this.#store = store
    this.#now = now
    this.#rules = store.rules() ?? defaultRules
    this.#silences = store.silences()
  }

  get rules(): readonly Rule[] {
    return this.#rules
  }

  /** Also those that are over. */
  get silences(): readonly Silence[] {
    return this.#silences
  }

  onChange(listener: (what: 'rules' | 'silences') => void): () => void {
    return this.#changed.subscribe(listener)
  }

  /** In the place of the one with its id, or as a new one. Throws `invalid` for a rule without a level. */
  saveRule(rule: Rule): void {
    if (rule.warning === null && rule.critical === null)
      throw new Failure({
        code: 'invalid',
        field: 'critical',
        message: 'A rule without a level never fires. Give it a warning or a critical level.'
      })
    const isKnown = this.#rules.some(({ ruleId }) => ruleId === rule.ruleId)
    if (isKnown) this.replaceRules(this.#rules.map((one) => (one.ruleId === rule.ruleId ? rule : one)))
    else this.replaceRules([...this.#rules, rule])
  }

  deleteRule(ruleId: string): void {
    this.replaceRules(this.#rules.filter((rule) => rule.ruleId !== ruleId))
  }

  /** Puts these rules in the place of all there are. */
  replaceRules(rules: readonly Rule[]): void {
    this.#rules = rules
    this.#store.writeRules(rules)
    this.#changed.publish('rules')
  }

  /** Throws `invalid` for an end that is past or too far off. */
  silence(draft: SilenceDraft): Silence {
    const nowMs = this.#now()
    checkEnd(Math.max(nowMs, draft.fromMs), draft.untilMs, alertLimits.silenceMs)
    const silence: Silence = { ...draft, silenceId: randomUUID() }
    this.#keepSilences([...this.#silences.filter(({ untilMs }) => untilMs > nowMs), silence])
    return silence
  }

  /** Ends a silence now; what it muted and still fires is told. */
  unsilence(silenceId: string): void {
    this.#keepSilences(this.#silences.filter((one) => one.silenceId !== silenceId))
  }

  #keepSilences(silences: readonly Silence[]): void {
    this.#silences = silences
    this.#store.writeSilences(silences)
    this.#changed.publish('silences')
  }
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Throws `invalid` for an end that is past, or further off than it may be. */
export function checkEnd(fromMs: number, untilMs: number, mostMs: number): void {
  if (untilMs <= fromMs) throw new Failure({ code: 'invalid', field: 'untilMs', message: 'This end is past already.' })
  if (untilMs - fromMs > mostMs)
    throw new Failure({
      code: 'invalid',
      field: 'untilMs',
      message: `This is too long: it may last ${mostMs < dayMs ? `${mostMs / hourMs} hours` : `${mostMs / dayMs} days`} at most.`
    })
}
