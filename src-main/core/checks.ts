import type { Fault } from '../contract/fault.ts'
import type { CertificateEnd, Check, CheckId, Level } from '../contract/health.ts'

/** What one answer of a health endpoint amounts to. */
export interface Finding {
  readonly level: Level
  /** A few words with a unit, for a chip. */
  readonly text: string
  readonly latencyMs: number | null
  readonly serverMs: number | null
  readonly certificate: CertificateEnd | null
  readonly fault: Fault | null
}

const finding = (level: Level, text: string): Finding => ({
  level,
  text,
  latencyMs: null,
  serverMs: null,
  certificate: null,
  fault: null
})

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
export function faultFinding(check: CheckId, fault: Fault): Finding {
  if (fault.code === 'unsupported') return finding('not-offered', 'not offered')
  if (fault.code === 'server') {
    const isSideService = check === 'time' || check === 'anti-virus'
    return { ...finding(isSideService ? 'warning' : 'critical', 'fails'), fault }
  }
  return { ...finding('unknown', fault.code === 'timeout' ? 'no answer in time' : 'no answer'), fault }
}

/** The check with a new finding: `sinceMs` moves only when its level does. */
export function withFinding(
  previous: Check | undefined,
  check: CheckId,
  found: Finding,
  atMs: number,
  everyMs: number
): Check {
  const sinceMs = previous?.level === found.level ? previous.sinceMs : atMs
  return { check, ...found, atMs, sinceMs, everyMs }
}
