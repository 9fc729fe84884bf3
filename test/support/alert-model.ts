/** How an alert must go, written as plainly as it can be: what the real one is compared with. Times in ms. */
export interface ModelRule {
  readonly warning: number
  readonly warningForMs: number
  readonly critical: number
  readonly criticalForMs: number
  readonly clearShare: number
  readonly keepFiringMs: number
  readonly renotifyMs: number
}

interface ModelLevel {
  breachedSinceMs: number | null
  isFiring: boolean
  clearSinceMs: number | null
}

export interface ModelSilence {
  readonly name: string
  readonly subject: string | null
  readonly fromMs: number
  readonly untilMs: number
}

/** One alert: a number for its severity, 0 for none, 1 for warning, 2 for critical. */
export interface ModelAlert {
  warning: ModelLevel
  critical: ModelLevel
  levels: number
  severity: number
  worst: number
  starts: number[]
  isFlapping: boolean
  isAcknowledged: boolean
  snoozedUntilMs: number | null
  /** As what it is now; `null` while somebody must still be told. */
  toldMs: number | null
  /** Since it fires. */
  lastToldMs: number | null
  lastAtMs: number | null
  knownAtMs: number | null
}

const newLevel = (): ModelLevel => ({ breachedSinceMs: null, isFiring: false, clearSinceMs: null })

export const newModelAlert = (): ModelAlert => ({
  warning: newLevel(),
  critical: newLevel(),
  levels: 0,
  severity: 0,
  worst: 0,
  starts: [],
  isFlapping: false,
  isAcknowledged: false,
  snoozedUntilMs: null,
  toldMs: null,
  lastToldMs: null,
  lastAtMs: null,
  knownAtMs: null
})

function stepLevel(
  level: ModelLevel,
  value: number,
  atMs: number,
  silentMs: number,
  rule: ModelRule,
  isCritical: boolean
) {
  const at = isCritical ? rule.critical : rule.warning
  const forMs = isCritical ? rule.criticalForMs : rule.warningForMs
  if (level.isFiring) {
    if (value >= at * rule.clearShare) {
      level.clearSinceMs = null
      return
    }
    level.clearSinceMs ??= atMs
    if (atMs - level.clearSinceMs < rule.keepFiringMs) return
    level.isFiring = false
    level.clearSinceMs = null
    level.breachedSinceMs = null
    return
  }
  if (value < at) {
    level.breachedSinceMs = null
    return
  }
  if (level.breachedSinceMs === null || silentMs > 3_600_000) level.breachedSinceMs = atMs
  if (atMs - level.breachedSinceMs >= forMs) level.isFiring = true
}

/** One sample; `null` is a gap. */
export function sampled(alert: ModelAlert, value: number | null, atMs: number, rule: ModelRule): void {
  if (alert.lastAtMs === atMs) return
  alert.lastAtMs = atMs
  if (value === null) return
  const silentMs = alert.knownAtMs === null ? 0 : atMs - alert.knownAtMs
  alert.knownAtMs = atMs
  stepLevel(alert.warning, value, atMs, silentMs, rule, false)
  stepLevel(alert.critical, value, atMs, silentMs, rule, true)
  const levels = alert.critical.isFiring ? 2 : alert.warning.isFiring ? 1 : 0
  if (levels > alert.levels) {
    alert.starts = [...alert.starts.filter((ms) => atMs - ms < 900_000), atMs]
    if (alert.starts.length >= 3) alert.isFlapping = true
  } else if (alert.isFlapping && atMs - (alert.starts.at(-1) ?? 0) >= 600_000) {
    alert.isFlapping = false
    alert.starts = []
  } else alert.starts = alert.starts.filter((ms) => atMs - ms < 900_000)
  alert.levels = levels
  const before = alert.severity
  alert.severity = alert.isFlapping ? Math.max(levels, alert.worst) : levels
  if (alert.severity === 0) {
    alert.worst = 0
    alert.isAcknowledged = false
    alert.snoozedUntilMs = null
    alert.toldMs = null
    alert.lastToldMs = null
  } else if (alert.severity > before) {
    alert.worst = alert.severity
    alert.isAcknowledged = false
    alert.snoozedUntilMs = null
    alert.toldMs = null
  }
}

export function isSilenced(silences: readonly ModelSilence[], subject: string, nowMs: number): boolean {
  return silences.some(
    (one) => (one.subject === null || one.subject === subject) && one.fromMs <= nowMs && nowMs < one.untilMs
  )
}

/** Whether somebody must be told now; whoever asks tells. */
export function mustTell(
  alert: ModelAlert,
  { isSilent, isInhibited }: { readonly isSilent: boolean; readonly isInhibited: boolean },
  nowMs: number,
  rule: ModelRule
): boolean {
  if (alert.snoozedUntilMs !== null && nowMs >= alert.snoozedUntilMs) {
    alert.snoozedUntilMs = null
    alert.toldMs = null
  }
  if (isSilent) alert.toldMs = null
  if (alert.severity === 0 || isSilent || isInhibited || alert.isAcknowledged || alert.snoozedUntilMs !== null)
    return false
  if (alert.toldMs === null) return true
  return alert.severity === 2 && nowMs - alert.toldMs >= rule.renotifyMs
}
