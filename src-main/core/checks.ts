import type { Fault } from '../contract/fault.ts'
import type { Check, CheckName, Level } from '../contract/health.ts'

/** What one answer of a health endpoint amounts to. */
export interface Finding {
  readonly level: Level
  /** A few words with a unit, for a chip. */
  readonly text: string
  readonly fault: Fault | null
}

const finding = (level: Level, text: string): Finding => ({ level, text, fault: null })

/** Answers of `/health`, `db`, `cache`, `queue`, `pubsub` and `storage`: one part that fails makes the check critical. */
export function componentFinding(
  parts: readonly { readonly name: string; readonly isPassing: boolean }[],
  elapsedMs: number
): Finding {
  const failing = parts.filter((part) => !part.isPassing).map((part) => (part.name === '' ? 'it' : part.name))
  if (failing.length > 0) return finding('critical', `${failing.join(', ')} ${failing.length > 1 ? 'fail' : 'fails'}`)
  return parts.length === 0 ? finding('unknown', 'no part named') : finding('ok', `${Math.round(elapsedMs)} ms`)
}

const criticalDriftMs = 60_000
const warningDriftMs = 5_000

/** How far the time server is ahead of the server's clock; Appwrite itself fails the check above 60 s (the API facts §2). */
export function timeFinding(offsetMs: number): Finding {
  const driftMs = Math.abs(offsetMs)
  const text = driftMs === 0 ? 'in sync' : `${driftMs / 1000} s ${offsetMs > 0 ? 'behind' : 'ahead'}`
  if (driftMs > criticalDriftMs) return finding('critical', text)
  return finding(driftMs > warningDriftMs ? 'warning' : 'ok', text)
}

/** The scanner's state; `disabled` is how most servers run it, and healthy. */
export function antiVirusFinding(status: string): Finding {
  if (status === 'pass' || status === 'disabled') return finding('ok', status === 'pass' ? 'scanning' : 'disabled')
  return finding('warning', 'scanner does not answer')
}

/** A check that got no usable answer. A failing side service is a warning; a failing part of Appwrite is critical. */
export function faultFinding(check: CheckName, fault: Fault): Finding {
  if (fault.code === 'unsupported') return { level: 'not-offered', text: 'not offered', fault: null }
  if (fault.code === 'server') {
    const isSideService = check === 'time' || check === 'anti-virus'
    return { level: isSideService ? 'warning' : 'critical', text: 'fails', fault }
  }
  return { level: 'unknown', text: fault.code === 'timeout' ? 'no answer in time' : 'no answer', fault }
}

/** The check with a new finding: `sinceMs` moves only when its level does. */
export function withFinding(previous: Check | undefined, check: CheckName, found: Finding, atMs: number): Check {
  const sinceMs = previous?.level === found.level ? previous.sinceMs : atMs
  return { check, level: found.level, text: found.text, atMs, sinceMs, fault: found.fault }
}
