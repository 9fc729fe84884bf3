import { ApiError } from '../http/api-error.ts'
import { publicDomain } from '../http/params.ts'
import { ok, type Resource } from '../http/route.ts'
import { certificateOf } from '../world/certificates.ts'

/** What PHP says of a host it could not have a certificate from; of one for another name it says nothing. */
function reasonOf(kind: 'mismatch' | 'unreachable', domain: string): string {
  if (kind === 'mismatch') return ''
  return `php_network_getaddresses: getaddrinfo for ${domain} failed: Name or service not known`
}

/** The look at the certificate of a host that the sender names. */
export const healthCertificate: Resource = () => [
  {
    method: 'GET',
    pattern: '/health/certificate',
    scope: 'health.read',
    handle: ({ request }, world) => {
      const asked = request.query.get('domain')
      // The reference calls it optional; without it the server breaks.
      if (asked === undefined) throw new ApiError('general_unknown')
      const domain = publicDomain('domain', asked)
      const found = certificateOf(domain, world.clock.nowMs())
      if (found.kind === 'expired') throw new ApiError('health_certificate_expired')
      if (found.kind !== 'valid') {
        throw new ApiError('health_invalid_host', world.version.hostText?.(reasonOf(found.kind, domain)))
      }
      const { certificate } = found
      return ok({
        name: `/CN=${certificate.commonName}`,
        subjectSN: certificate.commonName,
        issuerOrganisation: certificate.issuer,
        validFrom: certificate.validFromS,
        validTo: certificate.validToS,
        signatureTypeSN: 'RSA-SHA256'
      })
    }
  }
]
