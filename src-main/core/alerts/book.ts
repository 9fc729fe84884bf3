import type { MutedBy, Rule, RuleKind, Silence } from '../../contract/alerts.ts'
import { isIdle, newInstance, observed, type Instance, type Reading } from './instance.ts'
import { breaches } from './level.ts'
import { mutedBy } from './muting.ts'
import { acknowledged, hushed, pageOf, snoozed, told, unacknowledged, unsnoozed, type PageReason } from './paging.ts'
import { isWithin } from './pattern.ts'

/** One value of one thing, as a kind of rule looks at it. */
export interface Evidence extends Reading {
  readonly kind: RuleKind
  readonly subject: string
}

/** Somebody must be told. */
export interface Due {
  readonly instance: Instance
  readonly rule: Rule
  readonly reason: PageReason
}

/** An alert that was: how it was just before it resolved, and when that was. */
export interface Over {
  readonly instance: Instance
  readonly rule: Rule
  readonly resolvedMs: number
}

/** What one rule makes of one thing: nothing yet, for nearly all. */
interface Slot {
  readonly rule: Rule
  readonly alertId: string
  instance: Instance | null
}

/**
 * All rules over all things that are watched: the state of every alert, told by samples and by people. It knows no clock
 * and keeps nothing itself: whoever owns it writes down what `taken` says has changed.
 */
export class AlertBook {
  #rules: readonly Rule[]
  #byId: ReadonlyMap<string, Rule>
  #silences: readonly Silence[] = []
  readonly #instances = new Map<string, Instance>()
  readonly #changed = new Set<string>()
  #over: Over[] = []
  /** What applies to a thing, by server, then by kind and subject: looked up once a value, not once a rule. */
  readonly #slots = new Map<string, Map<string, readonly Slot[]>>()

  constructor(rules: readonly Rule[], kept: readonly Instance[] = []) {
    this.#rules = rules
    this.#byId = byId(rules)
    for (const instance of kept) if (this.#byId.has(instance.ruleId)) this.#instances.set(instance.alertId, instance)
  }

  /** Takes other rules; alerts of a rule that is gone, is off, or looks elsewhere now are forgotten. */
  rule(rules: readonly Rule[]): void {
    this.#rules = rules
    this.#byId = byId(rules)
    this.#slots.clear()
    for (const { alertId, ruleId, serverId, subject } of this.#instances.values()) {
      const rule = this.#byId.get(ruleId)
      if (rule?.isEnabled !== true || !isWithin(rule.scope, serverId, subject)) this.#drop(alertId)
    }
  }

  silence(silences: readonly Silence[]): void {
    this.#silences = silences
  }

  /** Takes what one look at a server told. */
  observe(serverId: string, evidence: readonly Evidence[]): void {
    let slots = this.#slots.get(serverId)
    if (slots === undefined) this.#slots.set(serverId, (slots = new Map<string, readonly Slot[]>()))
    for (const one of evidence) {
      const key = `${one.kind}/${one.subject}`
      let own = slots.get(key)
      if (own === undefined) slots.set(key, (own = this.#slotsFor(serverId, one)))
      for (const slot of own) {
        if (slot.instance !== null || isBreached(slot.rule, one.value)) this.#observe(serverId, slot, one)
      }
    }
  }

  /** Forgets the alerts about what a server is not asked for any more. */
  retain(serverId: string, isWatched: (kind: RuleKind, subject: string) => boolean): void {
    for (const { alertId, ruleId, serverId: own, subject } of this.#instances.values()) {
      const rule = this.#byId.get(ruleId)
      if (own !== serverId || rule === undefined || isWatched(rule.kind, subject)) continue
      this.#drop(alertId)
      // What is watched again begins anew.
      this.#slots.get(serverId)?.delete(`${rule.kind}/${subject}`)
    }
  }

  /** Forgets a server, its silences aside. */
  forget(serverId: string): void {
    this.#slots.delete(serverId)
    for (const instance of this.#instances.values()) if (instance.serverId === serverId) this.#drop(instance.alertId)
  }

  /** Ends snoozes whose time is over, and says what must be told; each that is told must be handed to `tell`. */
  due(nowMs: number): readonly Due[] {
    for (const instance of this.#instances.values()) this.#put(unsnoozed(instance, nowMs))
    const found: Due[] = []
    for (const instance of this.#instances.values()) {
      const rule = this.#byId.get(instance.ruleId)
      if (rule === undefined || instance.severity === null) continue
      const muted = this.mutedBy(instance, nowMs)
      this.#put(hushed(instance, muted))
      const reason = pageOf(instance, rule, muted, nowMs)
      if (reason !== null) found.push({ instance, rule, reason })
    }
    return found
  }

  tell(alertId: string, nowMs: number): void {
    this.#change(alertId, (instance) => told(instance, nowMs))
  }

  acknowledge(alertId: string, nowMs: number): void {
    this.#change(alertId, (instance) => acknowledged(instance, nowMs))
  }

  unacknowledge(alertId: string, nowMs: number): void {
    this.#change(alertId, (instance) => unacknowledged(instance, nowMs))
  }

  snooze(alertId: string, untilMs: number, nowMs: number): void {
    this.#change(alertId, (instance) => snoozed(instance, untilMs, nowMs))
  }

  unsnooze(alertId: string, nowMs: number): void {
    this.#change(alertId, (instance) => unsnoozed(instance, nowMs, true))
  }

  mutedBy(instance: Instance, nowMs: number): MutedBy | null {
    const around = { silences: this.#silences, serverDown: this.#serverDown(instance.serverId), nowMs }
    return mutedBy(instance, around)
  }

  /** Firing and pending ones, with their rules. */
  all(): readonly { readonly instance: Instance; readonly rule: Rule }[] {
    return [...this.#instances.values()].flatMap((instance) => {
      const rule = this.#byId.get(instance.ruleId)
      return rule === undefined ? [] : [{ instance, rule }]
    })
  }

  get(alertId: string): Instance | null {
    return this.#instances.get(alertId) ?? null
  }

  /** What changed since this was asked last; `null` for an alert that is to be forgotten. */
  taken(): ReadonlyMap<string, Instance | null> {
    const changed = new Map([...this.#changed].map((alertId) => [alertId, this.get(alertId)]))
    this.#changed.clear()
    return changed
  }

  /** What resolved since this was asked last. */
  takenOver(): readonly Over[] {
    const over = this.#over
    this.#over = []
    return over
  }

  #slotsFor(serverId: string, { kind, subject }: Evidence): readonly Slot[] {
    return this.#rules
      .filter((rule) => rule.isEnabled && rule.kind === kind && isWithin(rule.scope, serverId, subject))
      .map((rule) => {
        const alertId = `${rule.ruleId}/${serverId}/${subject}`
        return { rule, alertId, instance: this.get(alertId) }
      })
  }

  #observe(serverId: string, slot: Slot, evidence: Evidence): void {
    const { rule, alertId } = slot
    // People act on what is kept, past the slot.
    const before = this.get(alertId) ?? newInstance(alertId, rule.ruleId, serverId, evidence.subject)
    const after = observed(before, rule, evidence)
    slot.instance = isIdle(after) ? null : after
    if (before.severity !== null && after.severity === null)
      this.#over.push({ instance: before, rule, resolvedMs: after.atMs })
    if (slot.instance === null) this.#drop(alertId)
    else this.#put(after)
  }

  #change(alertId: string, change: (instance: Instance) => Instance): void {
    const instance = this.get(alertId)
    if (instance !== null) this.#put(change(instance))
  }

  #put(instance: Instance): void {
    if (this.#instances.get(instance.alertId) === instance) return
    this.#instances.set(instance.alertId, instance)
    this.#changed.add(instance.alertId)
  }

  #drop(alertId: string): void {
    if (this.#instances.delete(alertId)) this.#changed.add(alertId)
  }

  #serverDown(serverId: string): string | null {
    for (const { kind, ruleId } of this.#rules) {
      if (kind !== 'server-down') continue
      const instance = this.get(`${ruleId}/${serverId}/server`)
      if (instance !== null && instance.severity !== null) return instance.alertId
    }
    return null
  }
}

const byId = (rules: readonly Rule[]): ReadonlyMap<string, Rule> => new Map(rules.map((rule) => [rule.ruleId, rule]))

function isBreached({ kind, warning, critical }: Rule, value: number | null): boolean {
  if (value === null) return false
  return (
    (critical !== null && breaches(kind, value, critical.at)) || (warning !== null && breaches(kind, value, warning.at))
  )
}
