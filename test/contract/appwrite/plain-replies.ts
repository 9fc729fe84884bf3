import type { Operation } from '../../../src-main/appwrite/offers.ts'
import {
  wireDeployment,
  wireExecution,
  wireFunction,
  wireMessage,
  wireProvider,
  wireTarget,
  wireTopic,
  wireUser,
  wireVariable
} from './resources/wire.ts'
import type { Json } from './spoiling.ts'

const page = (name: string, item: unknown): unknown => ({ total: 2, [name]: [item, item] })
const component = { name: 'http', ping: 3, status: 'pass' }
const components = { total: 2, statuses: [component, component] }
const size = { size: 42 }
const measures = ['deployments', 'deploymentsStorage', 'builds', 'buildsStorage', 'buildsTime', 'buildsMbSeconds']
const usage = {
  range: '24h',
  ...Object.fromEntries(
    [...measures, 'executions', 'executionsTime', 'executionsMbSeconds'].flatMap((name): [string, unknown][] => [
      [`${name}Total`, 12],
      [name, [{ value: 12, date: '2026-11-24T08:00:00.000+00:00' }]]
    ])
  )
}
const graphql = { data: { localeGet: { ip: '127.0.0.1', list: [1, 2.5] } }, errors: [{ message: 'x', path: ['a', 0] }] }
const code = { code: 'de', name: 'German', nativeName: 'Deutsch' }
const currency = {
  symbol: '€',
  name: 'Euro',
  symbolNative: '€',
  decimalDigits: 2,
  rounding: 0,
  code: 'EUR',
  namePlural: 'euros'
}
const phone = { code: '+49', countryCode: 'DE', countryName: 'Germany' }
const place = {
  ip: '1.2.3.4',
  countryCode: 'DE',
  country: 'Germany',
  continentCode: 'EU',
  continent: 'Europe',
  eu: true,
  currency: 'EUR'
}
const runtime = {
  $id: 'node-18.0',
  name: 'Node.js',
  version: '18.0',
  base: 'x',
  image: 'y',
  logo: 'node.png',
  supports: ['x86']
}
const specification = { memory: 512, cpus: 1, enabled: true, slug: 's-1vcpu-512mb' }
const certificate = {
  name: '/CN=a.example',
  subjectSN: 'a.example',
  issuerOrganisation: 'CA',
  validFrom: 1_700_000_000,
  validTo: '1800000000',
  signatureTypeSN: 'RSA'
}

const replies = {
  'GET /health': component,
  'GET /health/version': { version: '1.5.11' },
  'GET /health/db': components,
  'GET /health/cache': components,
  'GET /health/pubsub': components,
  'GET /health/queue': components,
  'GET /health/storage': { ...component, name: '' },
  'GET /health/storage/local': { ...component, name: '' },
  'GET /health/time': { remoteTime: 1795472999, localTime: 1795472999, diff: 0 },
  'GET /health/anti-virus': { version: '', status: 'disabled' },
  'GET /health/certificate': certificate,
  'GET /health/geo': { ...component, name: 'geo' },
  'GET /health/queue/audits': size,
  'GET /health/queue/builds': size,
  'GET /health/queue/certificates': size,
  'GET /health/queue/databases': size,
  'GET /health/queue/deletes': size,
  'GET /health/queue/functions': size,
  'GET /health/queue/logs': size,
  'GET /health/queue/mails': size,
  'GET /health/queue/messaging': size,
  'GET /health/queue/migrations': size,
  'GET /health/queue/webhooks': size,
  'GET /health/queue/usage': size,
  'GET /health/queue/usage-dump': size,
  'GET /health/queue/stats-resources': size,
  'GET /health/queue/stats-usage': size,
  'GET /health/queue/failed/{name}': size,
  'GET /functions': page('functions', wireFunction()),
  'GET /functions/{functionId}': wireFunction(),
  'GET /functions/runtimes': page('runtimes', runtime),
  'GET /functions/specifications': page('specifications', specification),
  'GET /functions/usage': { ...usage, functionsTotal: 2 },
  'GET /functions/{functionId}/usage': usage,
  'GET /functions/{functionId}/deployments': page('deployments', wireDeployment()),
  'GET /functions/{functionId}/deployments/{deploymentId}': wireDeployment(),
  'PATCH /functions/{functionId}/deployments/{deploymentId}': wireFunction(),
  'DELETE /functions/{functionId}/deployments/{deploymentId}': null,
  'POST /functions/{functionId}/deployments/{deploymentId}/builds/{buildId}': wireDeployment({ $id: 'd2' }),
  'PATCH /functions/{functionId}/deployments/{deploymentId}/status': wireDeployment({ status: 'canceled' }),
  'GET /functions/{functionId}/deployments/{deploymentId}/download': null,
  'GET /functions/{functionId}/executions': page('executions', wireExecution()),
  'POST /functions/{functionId}/executions': wireExecution({ status: 'waiting' }),
  'GET /functions/{functionId}/executions/{executionId}': wireExecution(),
  'DELETE /functions/{functionId}/executions/{executionId}': null,
  'GET /functions/{functionId}/variables': page('variables', wireVariable()),
  'POST /functions/{functionId}/variables': wireVariable(),
  'GET /functions/{functionId}/variables/{variableId}': wireVariable(),
  'PUT /functions/{functionId}/variables/{variableId}': wireVariable(),
  'DELETE /functions/{functionId}/variables/{variableId}': null,
  'POST /graphql': graphql,
  'POST /graphql/mutation': graphql,
  'GET /locale': place,
  'GET /locale/codes': page('localeCodes', code),
  'GET /locale/continents': page('continents', code),
  'GET /locale/countries': page('countries', code),
  'GET /locale/countries/eu': page('countries', code),
  'GET /locale/countries/phones': page('phones', phone),
  'GET /locale/currencies': page('currencies', currency),
  'GET /locale/languages': page('languages', code),
  'GET /messaging/messages': page('messages', wireMessage()),
  'GET /messaging/messages/{messageId}': wireMessage(),
  'DELETE /messaging/messages/{messageId}': null,
  'GET /messaging/messages/{messageId}/targets': page('targets', wireTarget()),
  'POST /messaging/messages/email': wireMessage(),
  'PATCH /messaging/messages/email/{messageId}': wireMessage(),
  'POST /messaging/messages/push': wireMessage({ providerType: 'push', data: { title: 'T', body: 'B' } }),
  'GET /messaging/topics': page('topics', wireTopic()),
  'GET /messaging/providers': page('providers', wireProvider()),
  'GET /users': page('users', wireUser()),
  'GET /users/{userId}/targets': page('targets', wireTarget())
} satisfies Record<Operation, unknown>

/** What a server says to each operation when all is well; `null` for 204. A download is not one reply, and has its own tests. */
export const plainReplies = JSON.parse(JSON.stringify(replies)) as Readonly<Record<Operation, Json>> // as just written
