import { ApiError } from '../http/api-error.ts'
import { publicDomain } from '../http/params.ts'
import { ok, type Resource } from '../http/route.ts'
import { certificateOf } from '../world/certificates.ts'

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
      const certificate = certificateOf(publicDomain('domain', asked), world.clock.nowMs())
      if (certificate === null) throw new ApiError('health_invalid_host')
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
