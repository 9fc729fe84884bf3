import type { Suspicion } from '../../contract/suspicions.ts'
import { certificateLimits } from '../limits.ts'
import { figure, type CertificateEvidence } from './evidence.ts'

const dayMs = 86_400_000
const { warningDays, criticalDays } = certificateLimits

/** A certificate ends within 14 days or has ended. It counts from the moment that became so, whenever it is asked. */
export function certificateEnd({ domain, issuer, endsMs }: CertificateEvidence, nowMs: number): Suspicion | null {
  const days = (endsMs - nowMs) / dayMs
  if (!(days <= warningDays)) return null
  const by = issuer === null ? '' : `, issued by ${issuer},`
  const hasEnded = days <= 0
  const far = Math.abs(days) < 1 ? 'less than a day' : daysOf(Math.floor(Math.abs(days)))
  const isCritical = days <= criticalDays
  return {
    kind: 'certificate-end',
    subject: domain,
    level: isCritical ? 'critical' : 'warning',
    sinceMs: hasEnded ? endsMs : endsMs - (isCritical ? criticalDays : warningDays) * dayMs,
    saw: `The certificate of ${domain}${by} ${hasEnded ? `ended ${far} ago` : `ends in ${far}`}.`,
    check: `See why it was not renewed: docker compose logs --tail 200 appwrite-worker-certificates, the queue certificates, and whether port 80 of ${domain} is reachable from outside.`
  }
}

const daysOf = (days: number): string => (days === 1 ? '1 day' : `${figure(days)} days`)
