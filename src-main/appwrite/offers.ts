import { Failure } from '../core/failure.ts'
import { isAtLeast, type Boundary, type ServerVersion } from './versions.ts'

/** Which versions have an operation: from `since` (1.5.0 when absent) up to but without `until`. */
export interface Offer {
  readonly since?: Boundary
  readonly until?: Boundary
  /** What to ask instead where it is gone, in the words of the API. */
  readonly instead?: string
}

const always: Offer = {}
const untilMain: Offer = { until: '2.0.0', instead: 'failed jobs per queue' }
const since16: Offer = { since: '1.6.0' }

/**
 * Every operation this client sends, as the reference writes it: `METHOD /path` (API facts §3, §11). Old paths that
 * newer servers keep as an alias count as offered: what they do is still there.
 */
export const offers = {
  'GET /health': always,
  'GET /health/version': always,
  'GET /health/db': always,
  'GET /health/cache': always,
  'GET /health/pubsub': always,
  'GET /health/queue': { until: '1.6.2', instead: 'the depths of the queues' },
  'GET /health/storage': always,
  'GET /health/storage/local': always,
  'GET /health/time': always,
  'GET /health/anti-virus': always,
  'GET /health/certificate': always,
  'GET /health/geo': { since: '2.0.0' },
  'GET /health/queue/audits': { since: '1.9.0', until: '2.0.0', instead: 'failed jobs per queue' },
  'GET /health/queue/builds': untilMain,
  'GET /health/queue/certificates': untilMain,
  'GET /health/queue/databases': untilMain,
  'GET /health/queue/deletes': untilMain,
  'GET /health/queue/functions': untilMain,
  'GET /health/queue/logs': untilMain,
  'GET /health/queue/mails': untilMain,
  'GET /health/queue/messaging': untilMain,
  'GET /health/queue/migrations': untilMain,
  'GET /health/queue/webhooks': untilMain,
  'GET /health/queue/usage': { until: '1.6.2', instead: '/health/queue/stats-usage' },
  'GET /health/queue/usage-dump': { until: '1.6.2', instead: '/health/queue/stats-usage' },
  'GET /health/queue/stats-resources': { since: '1.6.2', until: '2.0.0', instead: 'failed jobs per queue' },
  'GET /health/queue/stats-usage': { since: '1.6.2', until: '2.0.0', instead: 'failed jobs per queue' },
  'GET /health/queue/failed/{name}': always,
  'GET /functions': always,
  'GET /functions/{functionId}': always,
  'GET /functions/runtimes': always,
  'GET /functions/specifications': since16,
  'GET /functions/usage': { until: '2.0.0' },
  'GET /functions/{functionId}/usage': { until: '2.0.0' },
  'GET /functions/{functionId}/deployments': always,
  'GET /functions/{functionId}/deployments/{deploymentId}': always,
  'PATCH /functions/{functionId}/deployments/{deploymentId}': always,
  'DELETE /functions/{functionId}/deployments/{deploymentId}': always,
  'POST /functions/{functionId}/deployments/{deploymentId}/builds/{buildId}': always,
  'PATCH /functions/{functionId}/deployments/{deploymentId}/status': since16,
  'GET /functions/{functionId}/deployments/{deploymentId}/download': always,
  'GET /functions/{functionId}/executions': always,
  'POST /functions/{functionId}/executions': always,
  'GET /functions/{functionId}/executions/{executionId}': always,
  'DELETE /functions/{functionId}/executions/{executionId}': since16,
  'GET /functions/{functionId}/variables': always,
  'POST /functions/{functionId}/variables': always,
  'GET /functions/{functionId}/variables/{variableId}': always,
  'PUT /functions/{functionId}/variables/{variableId}': always,
  'DELETE /functions/{functionId}/variables/{variableId}': always,
  'POST /graphql': always,
  'POST /graphql/mutation': always,
  'GET /locale': always,
  'GET /locale/codes': always,
  'GET /locale/continents': always,
  'GET /locale/countries': always,
  'GET /locale/countries/eu': always,
  'GET /locale/countries/phones': always,
  'GET /locale/currencies': always,
  'GET /locale/languages': always,
  'GET /messaging/messages': always,
  'GET /messaging/messages/{messageId}': always,
  'DELETE /messaging/messages/{messageId}': always,
  'GET /messaging/messages/{messageId}/targets': always,
  'POST /messaging/messages/email': always,
  'PATCH /messaging/messages/email/{messageId}': always,
  'POST /messaging/messages/push': always,
  'GET /messaging/topics': always,
  'GET /messaging/providers': always,
  'GET /users': always,
  'GET /users/{userId}/targets': always
} as const satisfies Readonly<Record<string, Offer>>

export type Operation = keyof typeof offers

export function isOperation(text: string): text is Operation {
  return Object.hasOwn(offers, text)
}

/** Its type without the literals, so that every row can be read in the same way. */
export const offerOf = (operation: Operation): Offer => offers[operation]

/** Whether a version has an operation; `null` where the version is unknown and some versions do not. */
export function isOffered({ since = '1.5.0', until }: Offer, version: ServerVersion | null): boolean | null {
  if (version === null) return since === '1.5.0' && until === undefined ? true : null
  return isAtLeast(version, since) && (until === undefined || !isAtLeast(version, until))
}

/** Throws `unsupported` for an operation the server is known not to have, so that nothing is sent for nothing. */
export function checkOffered(operation: Operation, version: ServerVersion | null): void {
  const offer = offerOf(operation)
  if (version === null || isOffered(offer, version) !== false) return
  throw new Failure(unsupportedBy(version, operation.replace(/^\S+ /, ''), offer))
}

/** The fault for what a version does not have, or might not; `what` is a path or a few words. */
export function unsupportedBy(version: ServerVersion | null, what: string, offer: Offer = {}) {
  if (version === null) {
    const message = `Whether this server offers ${what} is not known, since it has not told its version. Nothing was sent; try again once it is read.`
    return { code: 'unsupported', message } as const
  }
  const { since, until, instead } = offer
  const reason =
    until !== undefined && isAtLeast(version, until)
      ? `it was removed with ${nameOf(until)}${instead === undefined ? '' : `; ask for ${instead} instead`}`
      : since === undefined
        ? 'its version does not have it'
        : `it came with ${nameOf(since)}`
  return {
    code: 'unsupported',
    message: `Appwrite ${version.text} does not offer ${what}: ${reason}. Nothing was sent.`
  } as const
}

const nameOf = (boundary: Boundary): string => (boundary === '2.0.0' ? 'the versions after 1.9.6' : boundary)
