import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { ProjectClient } from '../../../../src-main/appwrite/project-client.ts'
import type { Operation } from '../../../../src-main/appwrite/offers.ts'
import type { Run } from '../../../../src-main/appwrite/execution-run.ts'
import { never } from '../listener.ts'

/** What to ask with: the parts of a path, and whatever else a call wants. */
export interface Arguments {
  readonly functionId: string
  readonly deploymentId: string
  readonly executionId: string
  readonly variableId: string
  readonly messageId: string
  readonly userId: string
  /** Of the queue whose failed jobs are counted. */
  readonly name: string
  readonly domain: string
  readonly search: string | undefined
  /** Where a download goes to. */
  readonly file: string
  /** How many documents a GraphQL batch has; `null` for a single one. */
  readonly batch: number | null
}

const folder = mkdtempSync(join(tmpdir(), 'standby-calls-'))

afterAll(() => rmSync(folder, { recursive: true }))

export const someArguments: Arguments = {
  functionId: 'resize',
  deploymentId: 'd1',
  executionId: 'e1',
  variableId: 'v1',
  messageId: 'm1',
  userId: 'u1',
  name: 'v1-mails',
  domain: 'a.example',
  search: undefined,
  file: join(folder, 'download.tar.gz'),
  batch: null
}

type Ask = (project: ProjectClient, args: Arguments) => Promise<unknown>

const run: Run = { mode: 'async', method: 'GET', path: '/' }
const document = { document: '{ localeGet { ip } }' }
const searching = ({ search }: Arguments) => (search === undefined ? {} : { search })

/** The call of every operation, with as little as it takes. */
export const calls: Readonly<Record<Operation, Ask>> = {
  'GET /health': ({ health }) => health.http(never),
  'GET /health/version': ({ health }) => health.version(never),
  'GET /health/db': ({ health }) => health.db(never),
  'GET /health/cache': ({ health }) => health.cache(never),
  'GET /health/pubsub': ({ health }) => health.pubsub(never),
  'GET /health/queue': ({ health }) => health.queue(never),
  'GET /health/storage': ({ health }) => health.storage(never),
  'GET /health/storage/local': ({ health }) => health.storageLocal(never),
  'GET /health/time': ({ health }) => health.time(never),
  'GET /health/anti-virus': ({ health }) => health.antiVirus(never),
  'GET /health/certificate': ({ health }, { domain }) => health.certificate(domain, never),
  'GET /health/geo': ({ health }) => health.geo(never),
  'GET /health/queue/audits': ({ health }) => health.depth('audits', never),
  'GET /health/queue/builds': ({ health }) => health.depth('builds', never),
  'GET /health/queue/certificates': ({ health }) => health.depth('certificates', never),
  'GET /health/queue/databases': ({ health }) => health.depth('databases', never),
  'GET /health/queue/deletes': ({ health }) => health.depth('deletes', never),
  'GET /health/queue/functions': ({ health }) => health.depth('functions', never),
  'GET /health/queue/logs': ({ health }) => health.depth('logs', never),
  'GET /health/queue/mails': ({ health }) => health.depth('mails', never),
  'GET /health/queue/messaging': ({ health }) => health.depth('messaging', never),
  'GET /health/queue/migrations': ({ health }) => health.depth('migrations', never),
  'GET /health/queue/webhooks': ({ health }) => health.depth('webhooks', never),
  'GET /health/queue/usage': ({ health }) => health.depth('usage', never),
  'GET /health/queue/usage-dump': ({ health }) => health.depth('usage-dump', never),
  'GET /health/queue/stats-resources': ({ health }) => health.depth('stats-resources', never),
  'GET /health/queue/stats-usage': ({ health }) => health.depth('stats-usage', never),
  'GET /health/queue/failed/{name}': ({ health }, { name }) => health.failedByName(name, never),
  'GET /functions': ({ functions }, args) => functions.list(searching(args), never),
  'GET /functions/{functionId}': ({ functions }, { functionId }) => functions.get(functionId, never),
  'GET /functions/runtimes': ({ functions }) => functions.runtimes(never),
  'GET /functions/specifications': ({ functions }) => functions.specifications(never),
  'GET /functions/usage': ({ functions }) => functions.usageOfAll('24h', never),
  'GET /functions/{functionId}/usage': ({ functions }, { functionId }) => functions.usage(functionId, '30d', never),
  'GET /functions/{functionId}/deployments': ({ deployments }, args) =>
    deployments.list(args.functionId, searching(args), never),
  'GET /functions/{functionId}/deployments/{deploymentId}': ({ deployments }, { functionId, deploymentId }) =>
    deployments.get(functionId, deploymentId, never),
  'PATCH /functions/{functionId}/deployments/{deploymentId}': ({ deployments }, { functionId, deploymentId }) =>
    deployments.activate(functionId, deploymentId, never),
  'DELETE /functions/{functionId}/deployments/{deploymentId}': ({ deployments }, { functionId, deploymentId }) =>
    deployments.delete(functionId, deploymentId, never),
  'POST /functions/{functionId}/deployments/{deploymentId}/builds/{buildId}': (
    { deployments },
    { functionId, deploymentId }
  ) => deployments.retryBuild(functionId, deploymentId, never),
  'PATCH /functions/{functionId}/deployments/{deploymentId}/status': ({ deployments }, { functionId, deploymentId }) =>
    deployments.cancelBuild(functionId, deploymentId, never),
  'GET /functions/{functionId}/deployments/{deploymentId}/download': (
    { deployments },
    { functionId, deploymentId, file }
  ) => deployments.download(functionId, deploymentId, 'source', { file }, never),
  'GET /functions/{functionId}/executions': ({ executions }, args) =>
    executions.list(args.functionId, searching(args), never),
  'POST /functions/{functionId}/executions': ({ executions }, { functionId }) =>
    executions.create(functionId, run, never),
  'GET /functions/{functionId}/executions/{executionId}': ({ executions }, { functionId, executionId }) =>
    executions.get(functionId, executionId, never),
  'DELETE /functions/{functionId}/executions/{executionId}': ({ executions }, { functionId, executionId }) =>
    executions.delete(functionId, executionId, never),
  'GET /functions/{functionId}/variables': ({ variables }, { functionId }) => variables.list(functionId, never),
  'POST /functions/{functionId}/variables': ({ variables }, { functionId }) =>
    variables.create(functionId, { key: 'A', value: 'a value', isSecret: false }, never),
  'GET /functions/{functionId}/variables/{variableId}': ({ variables }, { functionId, variableId }) =>
    variables.get(functionId, variableId, never),
  'PUT /functions/{functionId}/variables/{variableId}': ({ variables }, { functionId, variableId }) =>
    variables.update(functionId, variableId, { key: 'A', value: 'a value' }, never),
  'DELETE /functions/{functionId}/variables/{variableId}': ({ variables }, { functionId, variableId }) =>
    variables.delete(functionId, variableId, never),
  'POST /graphql': ({ graphql }, { batch }) =>
    batch === null
      ? graphql.query(document, never)
      : graphql.batch(
          Array.from({ length: batch }, () => document),
          never
        ),
  'POST /graphql/mutation': ({ graphql }) => graphql.mutation({ document: 'mutation { a }' }, never),
  'GET /locale': ({ locale }) => locale.get('', never),
  'GET /locale/codes': ({ locale }) => locale.codes('', never),
  'GET /locale/continents': ({ locale }) => locale.continents('', never),
  'GET /locale/countries': ({ locale }) => locale.countries('', never),
  'GET /locale/countries/eu': ({ locale }) => locale.countriesOfEu('', never),
  'GET /locale/countries/phones': ({ locale }) => locale.phones('', never),
  'GET /locale/currencies': ({ locale }) => locale.currencies('', never),
  'GET /locale/languages': ({ locale }) => locale.languages('', never),
  'GET /messaging/messages': ({ messages }, args) => messages.list(searching(args), never),
  'GET /messaging/messages/{messageId}': ({ messages }, { messageId }) => messages.get(messageId, never),
  'DELETE /messaging/messages/{messageId}': ({ messages }, { messageId }) => messages.delete(messageId, never),
  'GET /messaging/messages/{messageId}/targets': ({ messages }, { messageId }) =>
    messages.targets(messageId, {}, never),
  'POST /messaging/messages/email': ({ messages }) =>
    messages.createEmail({ subject: 'S', content: 'C', when: 'draft' }, never),
  'PATCH /messaging/messages/email/{messageId}': ({ messages }, { messageId }) =>
    messages.updateEmail(messageId, { subject: 'S' }, never),
  'POST /messaging/messages/push': ({ messages }) =>
    messages.createPush({ title: 'T', body: 'B', when: 'draft' }, never),
  'GET /messaging/topics': ({ recipients }) => recipients.topics({}, never),
  'GET /messaging/providers': ({ recipients }) => recipients.providers({}, never),
  'GET /users': ({ recipients }) => recipients.users({}, never),
  'GET /users/{userId}/targets': ({ recipients }, { userId }) => recipients.targets(userId, {}, never)
}

/** Which operation `METHOD /path` is, and what stands in its path; `null` for one that is none of this client's. */
export function operationOf(asked: string): { operation: Operation; params: Partial<Arguments> } | null {
  const found = Object.entries({ ...aliases, ...templates }).find(([template]) => formOf(template).test(asked))
  return found === undefined ? null : { operation: found[1], params: formOf(found[0]).exec(asked)?.groups ?? {} }
}

/** Other paths that come to the same operation. */
const aliases: Readonly<Record<string, Operation>> = {
  'GET /graphql': 'POST /graphql',
  'PATCH /functions/{functionId}/deployment': 'PATCH /functions/{functionId}/deployments/{deploymentId}',
  'POST /functions/{functionId}/deployments/duplicate':
    'POST /functions/{functionId}/deployments/{deploymentId}/builds/{buildId}',
  'POST /functions/{functionId}/deployments/{deploymentId}/build':
    'POST /functions/{functionId}/deployments/{deploymentId}/builds/{buildId}',
  'PATCH /functions/{functionId}/deployments/{deploymentId}/build':
    'PATCH /functions/{functionId}/deployments/{deploymentId}/status'
}

/** Fixed paths before those with a place for an id, which would take them too. */
const templates = Object.fromEntries(
  (Object.keys(calls) as Operation[]) // the keys are those of the table
    .sort((a, b) => a.split('{').length - b.split('{').length)
    .map((operation) => [operation, operation])
)

function formOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
}
