import type { AlertStep, Rule, Severity } from '../../contract/alerts.ts'
import { calmed, flapped, noFlaps, type Flaps } from './flaps.ts'
import { advanced, inactive, shifted, type LevelState } from './level.ts'

/** One rule about one thing on one server: everything that must outlive a restart. */
export interface Instance {
  readonly alertId: string
  readonly ruleId: string
  readonly serverId: string
  readonly subject: string
  readonly warning: LevelState
  readonly critical: LevelState
  /** The newest value; `null` while nobody knows. */
  readonly value: number | null
  /** Of the newest value, known or not. */
  readonly atMs: number
  /** Of the newest known value. */
  readonly knownAtMs: number
  /** What it is shown and told as; `null` while it does not fire. */
  readonly severity: Severity | null
  /** The worst since it fires. */
  readonly worst: Severity | null
  /** Since when it fires; `null` while it does not. */
  readonly firingSinceMs: number | null
  readonly flaps: Flaps
  readonly acknowledgedMs: number | null
  readonly snoozedUntilMs: number | null
  /** When it was told last as what it is now; `null` while somebody must still be told. */
  readonly toldMs: number | null
  /** How often it was told since it fires. */
  readonly told: number
  readonly steps: readonly AlertStep[]
}

export interface Reading {
  readonly value: number | null
  readonly atMs: number
}

const mostSteps = 50

export function newInstance(alertId: string, ruleId: string, serverId: string, subject: string): Instance {
  return {
    alertId,
    ruleId,
    serverId,
    subject,
    warning: inactive,
    critical: inactive,
    value: null,
    atMs: -Infinity,
    knownAtMs: -Infinity,
    severity: null,
    worst: null,
    firingSinceMs: null,
    flaps: noFlaps,
    acknowledgedMs: null,
    snoozedUntilMs: null,
    toldMs: null,
    told: 0,
    steps: []
  }
}

export const isWorse = (a: Severity | null, b: Severity | null): boolean => rankOf(a) > rankOf(b)
const rankOf = (severity: Severity | null): number => (severity === null ? 0 : severity === 'warning' ? 1 : 2)

/** Whether nothing would be lost by forgetting it. */
export function isIdle(instance: Instance): boolean {
  return (
    instance.severity === null &&
    instance.warning.kind === 'inactive' &&
    instance.critical.kind === 'inactive' &&
    instance.flaps.starts.length === 0
  )
}

export function withStep(instance: Instance, step: AlertStep): Instance {
  return { ...instance, steps: [...instance.steps, step].slice(-mostSteps) }
}

/** The instance after one more value. A value of the time of the one before is none. */
export function observed(before: Instance, rule: Rule, { value, atMs }: Reading): Instance {
  if (atMs === before.atMs) return before
  // The wall clock was set back: all that lasts has lasted as long as before.
  const instance = atMs < before.atMs ? onSetClock(before, atMs) : before
  if (value === null) return { ...instance, value, atMs }
  const sample = { value, atMs, sinceLastMs: atMs - instance.knownAtMs }
  const next = (state: LevelState, level: Rule['warning']): LevelState =>
    level === null ? inactive : advanced(state, rule, level, sample)
  const warning = next(instance.warning, rule.warning)
  const critical = next(instance.critical, rule.critical)
  return settled({ ...instance, warning, critical, value, atMs, knownAtMs: atMs }, instance)
}

/** What its levels make of an alert: fired, worse, better or resolved, with flaps held together as one. */
function settled(next: Instance, before: Instance): Instance {
  const { value, atMs } = next
  const levels: Severity | null =
    next.critical.kind === 'firing' ? 'critical' : next.warning.kind === 'firing' ? 'warning' : null
  const isRise = isWorse(levels, before.flaps.lastLevels)
  const flaps = isRise ? flapped(next.flaps, atMs, levels) : calmed({ ...next.flaps, lastLevels: levels }, atMs)
  const severity = flaps.sinceMs !== null && isWorse(before.worst, levels) ? before.worst : levels
  const after: Instance = { ...next, flaps, severity }
  if (severity === before.severity) return withPending(withFlapping(after, before), before)
  if (severity === null) {
    const step = { atMs, kind: 'resolved', severity: before.severity, value } as const
    const over = { firingSinceMs: null, worst: null, acknowledgedMs: null, snoozedUntilMs: null, toldMs: null }
    return withStep({ ...after, ...over }, step)
  }
  if (before.severity === null) {
    const steps = before.steps.at(-1)?.kind === 'pending' ? before.steps.slice(-1) : []
    const fired: Instance = { ...after, firingSinceMs: atMs, worst: severity, told: 0, steps }
    return withFlapping(withStep(fired, { atMs, kind: 'firing', severity, value }), before)
  }
  if (!isWorse(severity, before.severity)) return withStep(after, { atMs, kind: 'better', severity, value })
  return withFlapping(worsened(after, before), before)
}

/** What got worse is told, whoever had acknowledged or snoozed what it was before. */
function worsened(after: Instance, before: Instance): Instance {
  const { atMs, value, severity } = after
  let worse: Instance = { ...after, worst: severity, acknowledgedMs: null, snoozedUntilMs: null, toldMs: null }
  worse = withStep(worse, { atMs, kind: 'worse', severity, value })
  if (before.acknowledgedMs !== null) worse = withStep(worse, { atMs, kind: 'unacknowledged', severity, value })
  if (before.snoozedUntilMs !== null) worse = withStep(worse, { atMs, kind: 'unsnoozed', severity, value })
  return worse
}

function withFlapping(after: Instance, before: Instance): Instance {
  if (after.flaps.sinceMs === null || before.flaps.sinceMs !== null) return after
  return withStep(after, { atMs: after.atMs, kind: 'flapping', severity: after.severity, value: after.value })
}

/** A trace begins where something begins to be wrong. */
function withPending(after: Instance, before: Instance): Instance {
  if (after.severity !== null || isPending(before) || !isPending(after)) return after
  const severity = after.critical.kind === 'pending' ? 'critical' : 'warning'
  return { ...after, steps: [{ atMs: after.atMs, kind: 'pending', severity, value: after.value }] }
}

export const isPending = ({ warning, critical }: Instance): boolean =>
  warning.kind === 'pending' || critical.kind === 'pending'

function onSetClock(instance: Instance, atMs: number): Instance {
  const byMs = atMs - instance.atMs
  const moved = (ms: number | null): number | null => (ms === null ? null : ms + byMs)
  return {
    ...instance,
    warning: shifted(instance.warning, byMs),
    critical: shifted(instance.critical, byMs),
    knownAtMs: instance.knownAtMs + byMs,
    firingSinceMs: moved(instance.firingSinceMs),
    acknowledgedMs: moved(instance.acknowledgedMs),
    toldMs: moved(instance.toldMs),
    flaps: {
      ...instance.flaps,
      starts: instance.flaps.starts.map((ms) => ms + byMs),
      sinceMs: moved(instance.flaps.sinceMs)
    }
  }
}
