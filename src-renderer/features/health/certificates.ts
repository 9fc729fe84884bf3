import type { Check, Level } from '../../../src-main/contract/health.ts'
import type { CertificateEnd } from '../../../src-main/contract/health.ts'
import { byGravity, isFailing } from '../../parts/levels.ts'
import { counted } from '../../parts/numbers.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const prefix = 'certificate/'

/** The domain of a certificate's check; `null` for any other check. */
export function domainOf(check: Check): string | null {
  return check.check.startsWith(prefix) ? check.check.slice(prefix.length) : null
}

/** A check as people call it: `db`, `certificate of example.com`. */
export function checkTitle(check: Check): string {
  const domain = domainOf(check)
  return domain === null ? check.check : `certificate of ${domain}`
}

/** How long a certificate still holds: `9 days left`, `5 h left`, `ended 3 days ago`. Rounded down: never more than is left. */
export function leftWords({ validToMs }: CertificateEnd, nowMs: number): string {
  const leftMs = validToMs - nowMs
  if (leftMs >= dayMs) return `${counted(Math.floor(leftMs / dayMs), 'day')} left`
  if (leftMs >= hourMs) return `${Math.floor(leftMs / hourMs)} h left`
  if (leftMs > 0) return 'under 1 h left'
  const pastMs = -leftMs
  return pastMs < dayMs ? 'ended today' : `ended ${counted(Math.floor(pastMs / dayMs), 'day')} ago`
}

/** A certificate that was read, with its domain. */
export interface KnownCertificate {
  readonly domain: string
  readonly level: Level
  readonly check: Check
  readonly certificate: CertificateEnd
}

/** Every certificate that was read, the one that ends first before the rest. */
export function certificatesOf(checks: readonly Check[]): readonly KnownCertificate[] {
  return checks
    .flatMap((check) => {
      const domain = domainOf(check)
      if (domain === null || check.certificate === null) return []
      return [{ domain, level: check.level, check, certificate: check.certificate }]
    })
    .toSorted((a, b) => a.certificate.validToMs - b.certificate.validToMs)
}

/** What the Overview shows of them: all that need a hand, or else the one that ends first. */
export function nearestCertificates(checks: readonly Check[]): readonly KnownCertificate[] {
  const known = certificatesOf(checks)
  const failing = known.filter(({ level }) => isFailing(level)).toSorted((a, b) => byGravity(a.level, b.level))
  return failing.length > 0 ? failing : known.slice(0, 1)
}

/** A watched domain and what is known of its certificate. */
export interface DomainRow {
  readonly domain: string
  /** `null` before it was asked for. */
  readonly check: Check | null
}

/** The domains the user wants watched: what needs a hand first, then what ends first, then what nobody knows. */
export function domainRows(domains: readonly string[], checks: readonly Check[]): readonly DomainRow[] {
  const rows = domains.map((domain) => ({ domain, check: checks.find((each) => domainOf(each) === domain) ?? null }))
  const endOf = ({ check }: DomainRow): number => check?.certificate?.validToMs ?? Number.MAX_SAFE_INTEGER
  return rows.toSorted(
    (a, b) => byGravity(a.check?.level ?? 'unknown', b.check?.level ?? 'unknown') || endOf(a) - endOf(b)
  )
}
