import { offerOf, type Offer, type Operation } from './offers.ts'
import type { ProjectClient } from './project-client.ts'

type Resource = Exclude<keyof ProjectClient, 'version'>
type MethodsOf<Class> = {
  [Key in keyof Class]: Class[Key] extends (...args: never[]) => unknown ? Key : never
}[keyof Class]

/** A method of the client, as `resource.method`: a name that is none does not compile. */
export type CallName = { [Name in Resource]: `${Name}.${MethodsOf<ProjectClient[Name]> & string}` }[Resource]

/** What a key must be allowed to for an operation; `none` for what any key, or nobody, may ask. */
export type Scope =
  | 'none'
  | 'health.read'
  | 'functions.read'
  | 'functions.write'
  | 'execution.read'
  | 'execution.write'
  | 'graphql'
  | 'locale.read'
  | 'messages.read'
  | 'messages.write'
  | 'topics.read'
  | 'providers.read'
  | 'users.read'
  | 'targets.read'

interface Row {
  readonly call: CallName
  readonly scope: Scope
}

const health = (call: CallName): Row => ({ call, scope: 'health.read' })
const depth = health('health.depth')
const locale = (call: CallName): Row => ({ call, scope: 'locale.read' })

/** The operations of the reference, Appwrite 1.5: all of them, and none besides. */
const reference = {
  'DELETE /functions/{functionId}/deployments/{deploymentId}': { call: 'deployments.delete', scope: 'functions.write' },
  'GET /functions/{functionId}/deployments/{deploymentId}': { call: 'deployments.get', scope: 'functions.read' },
  'PATCH /functions/{functionId}/deployments/{deploymentId}': {
    call: 'deployments.activate',
    scope: 'functions.write'
  },
  'POST /functions/{functionId}/deployments/{deploymentId}/builds/{buildId}': {
    call: 'deployments.retryBuild',
    scope: 'functions.write'
  },
  'GET /functions/{functionId}/deployments/{deploymentId}/download': {
    call: 'deployments.download',
    scope: 'functions.read'
  },
  'GET /functions/{functionId}/executions': { call: 'executions.list', scope: 'execution.read' },
  'POST /functions/{functionId}/executions': { call: 'executions.create', scope: 'execution.write' },
  'GET /functions/{functionId}/executions/{executionId}': { call: 'executions.get', scope: 'execution.read' },
  'GET /functions/{functionId}/variables': { call: 'variables.list', scope: 'functions.read' },
  'POST /functions/{functionId}/variables': { call: 'variables.create', scope: 'functions.write' },
  'DELETE /functions/{functionId}/variables/{variableId}': { call: 'variables.delete', scope: 'functions.write' },
  'GET /functions/{functionId}/variables/{variableId}': { call: 'variables.get', scope: 'functions.read' },
  'PUT /functions/{functionId}/variables/{variableId}': { call: 'variables.update', scope: 'functions.write' },
  'POST /graphql': { call: 'graphql.query', scope: 'graphql' },
  'POST /graphql/mutation': { call: 'graphql.mutation', scope: 'graphql' },
  'GET /health': health('health.http'),
  'GET /health/anti-virus': health('health.antiVirus'),
  'GET /health/cache': health('health.cache'),
  'GET /health/certificate': health('health.certificate'),
  'GET /health/db': health('health.db'),
  'GET /health/pubsub': health('health.pubsub'),
  'GET /health/queue': health('health.queue'),
  'GET /health/queue/builds': depth,
  'GET /health/queue/certificates': depth,
  'GET /health/queue/databases': depth,
  'GET /health/queue/deletes': depth,
  'GET /health/queue/failed/{name}': health('health.failed'),
  'GET /health/queue/functions': depth,
  'GET /health/queue/logs': depth,
  'GET /health/queue/mails': depth,
  'GET /health/queue/messaging': depth,
  'GET /health/queue/migrations': depth,
  'GET /health/queue/usage': depth,
  'GET /health/queue/usage-dump': depth,
  'GET /health/queue/webhooks': depth,
  'GET /health/storage': health('health.storage'),
  'GET /health/storage/local': health('health.storageLocal'),
  'GET /health/time': health('health.time'),
  'GET /locale': locale('locale.get'),
  'GET /locale/codes': locale('locale.codes'),
  'GET /locale/continents': locale('locale.continents'),
  'GET /locale/countries': locale('locale.countries'),
  'GET /locale/countries/eu': locale('locale.countriesOfEu'),
  'GET /locale/countries/phones': locale('locale.phones'),
  'GET /locale/currencies': locale('locale.currencies'),
  'GET /locale/languages': locale('locale.languages'),
  'GET /messaging/messages': { call: 'messages.list', scope: 'messages.read' },
  'POST /messaging/messages/email': { call: 'messages.createEmail', scope: 'messages.write' },
  'PATCH /messaging/messages/email/{messageId}': { call: 'messages.updateEmail', scope: 'messages.write' },
  'POST /messaging/messages/push': { call: 'messages.createPush', scope: 'messages.write' }
} as const satisfies Partial<Readonly<Record<Operation, Row>>>

export type ReferenceOperation = keyof typeof reference

/** What the client offers beyond the reference: newer endpoints, and older ones the reference does not show. */
const beyond: Readonly<Record<Exclude<Operation, ReferenceOperation>, Row>> = {
  'GET /health/version': { call: 'health.version', scope: 'none' },
  'GET /health/geo': health('health.geo'),
  'GET /health/queue/audits': depth,
  'GET /health/queue/stats-resources': depth,
  'GET /health/queue/stats-usage': depth,
  'GET /functions': { call: 'functions.list', scope: 'functions.read' },
  'GET /functions/{functionId}': { call: 'functions.get', scope: 'functions.read' },
  'GET /functions/runtimes': { call: 'functions.runtimes', scope: 'functions.read' },
  'GET /functions/specifications': { call: 'functions.specifications', scope: 'functions.read' },
  'GET /functions/usage': { call: 'functions.usageOfAll', scope: 'functions.read' },
  'GET /functions/{functionId}/usage': { call: 'functions.usage', scope: 'functions.read' },
  'GET /functions/{functionId}/deployments': { call: 'deployments.list', scope: 'functions.read' },
  'PATCH /functions/{functionId}/deployments/{deploymentId}/status': {
    call: 'deployments.cancelBuild',
    scope: 'functions.write'
  },
  'DELETE /functions/{functionId}/executions/{executionId}': { call: 'executions.delete', scope: 'execution.write' },
  'GET /messaging/messages/{messageId}': { call: 'messages.get', scope: 'messages.read' },
  'DELETE /messaging/messages/{messageId}': { call: 'messages.delete', scope: 'messages.write' },
  'GET /messaging/messages/{messageId}/targets': { call: 'messages.targets', scope: 'messages.read' },
  'GET /messaging/topics': { call: 'recipients.topics', scope: 'topics.read' },
  'GET /messaging/providers': { call: 'recipients.providers', scope: 'providers.read' },
  'GET /users': { call: 'recipients.users', scope: 'users.read' },
  'GET /users/{userId}/targets': { call: 'recipients.targets', scope: 'targets.read' }
}

/** An operation of the API, the method of this client that does it, and where it is to be had. */
export interface OperationRow extends Offer {
  /** `METHOD /path`, as the reference writes it. */
  readonly operation: Operation
  readonly call: CallName
  /** What a key needs for it. 1.9.5 and later know the scopes of executions as `executions.…` too. */
  readonly scope: Scope
  readonly isInReference: boolean
}

/** Every operation of this client, those of the reference first. */
export const operations: readonly OperationRow[] = [...rowsOf(reference, true), ...rowsOf(beyond, false)]

function rowsOf(rows: Readonly<Partial<Record<Operation, Row>>>, isInReference: boolean): OperationRow[] {
  return (Object.entries(rows) as [Operation, Row][]) // the keys are those of the table
    .map(([operation, row]) => ({ operation, ...row, ...offerOf(operation), isInReference }))
}
