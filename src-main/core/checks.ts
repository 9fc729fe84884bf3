import type { Fault } from '../contract/fault.ts'
import type { CertificateEnd, Check, CheckId, Level } from '../contract/health.ts'
import { certificateLimits, driftLimits } from './limits.ts'

/** What one answer of a health endpoint amounts to. */
export interface Finding {
  readonly level: Level
  /** A few words with a unit, for a chip. */
  readonly text: string
  readonly latencyMs: number | null
  readonly serverMs: number | null
  /** Only of the time check: how far the time server is ahead of the server's clock. */
  readonly driftMs: number | null
  readonly certificate: CertificateEnd | null
  readonly fault: Fault | null
}

const finding = (level: Level, text: string): Finding => ({
  level,
  text,
  latencyMs: null,
  serverMs: null,
  driftMs: null,
  certificate: null,
  fault: null
})

/** The finding with what its answer took. */
export function timedFinding(
  found: Finding,
  { elapsedMs, serverMs }: { readonly elapsedMs: number; readonly serverMs: number | null }
): Finding {
  return { ...found, latencyMs: Math.round(elapsedMs), serverMs: serverMs === null ? null : Math.round(serverMs) }
}

/** Answers of `/health`, `db`, `cache`, `queue`, `pubsub` and `storage`: one part that fails makes the check critical. */
export function componentFinding(
  parts: readonly { readonly name: string; readonly isPassing: boolean }[],
  elapsedMs: number
): Finding {
  const failing = parts.filter((part) => !part.isPassing).map((part) => (part.name === '' ? 'it' : part.name))
  if (failing.length > 0) return finding('critical', `${failing.join(', ')} ${failing.length > 1 ? 'fail' : 'fails'}`)
  return parts.length === 0 ? finding('unknown', 'no part named') : finding('ok', `${Math.round(elapsedMs)} ms`)
}

/** How far the time server is ahead of the server's clock (the API facts §2). */
export function timeFinding(offsetMs: number): Finding {
  const driftMs = Math.abs(offsetMs)
  const text = driftMs === 0 ? 'in sync' : `${driftMs / 1000} s ${offsetMs > 0 ? 'behind' : 'ahead'}`
  const level = driftMs > driftLimits.criticalMs ? 'critical' : driftMs > driftLimits.warningMs ? 'warning' : 'ok'
  return { ...finding(level, text), driftMs: offsetMs }
}

/** The scanner's state; `disabled` is how most servers run it, and healthy. */
export function antiVirusFinding(status: string): Finding {
  if (status === 'pass' || status === 'disabled') return finding('ok', status === 'pass' ? 'scanning' : 'disabled')
  return finding('warning', 'scanner does not answer')
}

const dayMs = 86_400_000

/** Whole days until a certificate ends, negative afterwards. */
export function daysLeft(validToMs: number, nowMs: number): number {
  return Math.floor((validToMs - nowMs) / dayMs)
}

/** A certificate as the server read it from a domain. */
export function certificateFinding(certificate: CertificateEnd, nowMs: number): Finding {
  const days = daysLeft(certificate.validToMs, nowMs)
  const level =
    days <= certificateLimits.criticalDays ? 'critical' : days <= certificateLimits.warningDays ? 'warning' : 'ok'
  const text = certificate.validToMs <= nowMs ? 'expired' : `${days} ${days === 1 ? 'day' : 'days'} left`
  return { ...finding(level, text), certificate }
}

/**
 * A check that got no usable answer. A failing side service is a warning; a failing part of Appwrite is critical, and so
 * is a certificate that cannot be used (the API facts §2).
 */
export function faultFinding(check: CheckId, fault: Fault): Finding {
  return { ...finding(...failing(check, fault)), fault: fault.code === 'unsupported' ? null : fault }
}

function failing(check: CheckId, { code, detail = '' }: Fault): [Level, string] {
  switch (code) {
    case 'unsupported':
      return ['not-offered', 'not offered']
    case 'denied':
    case 'missing':
      return ['unauthorised', 'refused']
    case 'server':
      if (detail.includes('health_certificate_expired')) return ['critical', 'expired']
      if (detail.includes('health_invalid_host')) return ['critical', 'no valid certificate']
      // A side service: without it Appwrite goes on. Of a certificate nothing was learnt.
      if (check === 'time' || check === 'anti-virus') return ['warning', 'fails']
      return check.startsWith('certificate/') ? ['unknown', 'not read'] : ['critical', 'fails']
    case 'timeout':
      return ['unknown', 'no answer in time']
    case 'limited':
      return ['unknown', 'told to wait']
    case 'invalid':
      return ['unknown', 'not accepted']
    case 'conflict':
    case 'offline':
    case 'unreachable':
    case 'cancelled':
    case 'readonly':
    case 'defect':
      return ['unknown', 'no answer']
  }
}

/** The check with a new finding: `sinceMs` moves only when its level does. */
export function withFinding(
  previous: Check | undefined,
  check: CheckId,
  found: Finding,
  atMs: number,
  everyMs: number
): Check {
  const { level, text, latencyMs, serverMs, driftMs, fault } = found
  const sinceMs = previous?.level === found.level ? previous.sinceMs : atMs
  // What ended a certificate is worth knowing while the server only says that it did.
  const certificate = found.certificate ?? (found.level === 'not-offered' ? null : (previous?.certificate ?? null))
  return { check, level, text, latencyMs, serverMs, driftMs, fault, certificate, atMs, sinceMs, everyMs }
}
