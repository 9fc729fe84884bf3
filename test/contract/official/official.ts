import {
  Client as Client13,
  Functions as Functions13,
  Graphql as Graphql13,
  Health as Health13
} from 'node-appwrite-13'
import { Locale as Locale13, Messaging as Messaging13, Query as Query13 } from 'node-appwrite-13'
import {
  Client as Client26,
  Functions as Functions26,
  Graphql as Graphql26,
  Health as Health26
} from 'node-appwrite-26'
import { Locale as Locale26, Messaging as Messaging26, Query as Query26 } from 'node-appwrite-26'

type Status = Promise<{ readonly name: string; readonly ping: number; readonly status: string }>
type Size = Promise<{ readonly size: number }>

/** What both official clients can ask of a server's health; a list of pools is declared as one pool by the older. */
export interface OfficialHealth {
  get(): Status
  getAntivirus(): Promise<{ readonly status: string; readonly version: string }>
  getCache(): Promise<unknown>
  getCertificate(domain: string): Promise<{ readonly subjectSN: string; readonly issuerOrganisation: string }>
  getDB(): Promise<unknown>
  getPubSub(): Promise<unknown>
  getQueueBuilds(threshold: number): Size
  getQueueCertificates(threshold: number): Size
  getQueueDatabases(name: string | undefined, threshold: number): Size
  getQueueDeletes(threshold: number): Size
  getFailedJobs(name: string, threshold: number): Size
  getQueueFunctions(threshold: number): Size
  getQueueLogs(threshold: number): Size
  getQueueMails(threshold: number): Size
  getQueueMessaging(threshold: number): Size
  getQueueMigrations(threshold: number): Size
  getQueueWebhooks(threshold: number): Size
  getStorage(): Status
  getStorageLocal(): Status
  getTime(): Promise<{ readonly remoteTime: number; readonly localTime: number; readonly diff: number }>
}

interface Deployment {
  readonly $id: string
  readonly resourceId: string
  readonly status: string
}

interface Execution {
  readonly $id: string
  readonly functionId: string
  readonly status: string
  readonly responseStatusCode: number
  readonly requestPath: string
}

interface Variable {
  readonly $id: string
  readonly key: string
  readonly value: string
}

/** The calls of functions that both official clients take with the same arguments. */
interface SameFunctions {
  getDeployment(functionId: string, deploymentId: string): Promise<Deployment>
  deleteDeployment(functionId: string, deploymentId: string): Promise<unknown>
  listExecutions(
    functionId: string,
    queries: string[]
  ): Promise<{ readonly total: number; readonly executions: readonly Execution[] }>
  createExecution(functionId: string, body: string, async: boolean, xpath: string): Promise<Execution>
  getExecution(functionId: string, executionId: string): Promise<Execution>
  listVariables(functionId: string): Promise<{ readonly total: number; readonly variables: readonly Variable[] }>
  getVariable(functionId: string, variableId: string): Promise<Variable>
  updateVariable(functionId: string, variableId: string, key: string, value: string): Promise<Variable>
  deleteVariable(functionId: string, variableId: string): Promise<unknown>
}

interface Message {
  readonly $id: string
  readonly providerType: string
  readonly status: string
  readonly data: unknown
}

interface OfficialMessaging {
  listMessages(queries: string[]): Promise<{ readonly total: number; readonly messages: readonly Message[] }>
  createEmail(
    messageId: string,
    subject: string,
    content: string,
    topics: string[],
    users: string[],
    targets: string[],
    cc: string[],
    bcc: string[],
    attachments: string[],
    draft: boolean
  ): Promise<Message>
  updateEmail(
    messageId: string,
    topics: undefined,
    users: undefined,
    targets: undefined,
    subject: string
  ): Promise<Message>
}

/** An official client, in what its two generations share. What they call by different names has one here. */
export interface Official {
  readonly health: OfficialHealth
  readonly locale: Locale13 | Locale26
  readonly functions: SameFunctions
  readonly messaging: OfficialMessaging
  readonly draftPush: (title: string, body: string) => Promise<Message>
  /** The active deployment's id. */
  readonly activate: (functionId: string, deploymentId: string) => Promise<string>
  readonly retryBuild: (functionId: string, deploymentId: string, buildId: string) => Promise<unknown>
  readonly download: (functionId: string, deploymentId: string) => Promise<ArrayBuffer>
  readonly createVariable: (functionId: string, key: string, value: string) => Promise<Variable>
  readonly query: (document: string) => Promise<unknown>
  readonly mutation: (document: string) => Promise<unknown>
  readonly limit: (count: number) => string
}

/** Whose calls, and where to. */
export interface Place {
  readonly endpoint: string
  readonly projectId: string
  readonly apiKey: string
}

/** node-appwrite 13, made for Appwrite 1.5, with the checks that only it has. */
export function official13({ endpoint, projectId, apiKey }: Place): Official & { readonly health: Health13 } {
  const client = new Client13().setEndpoint(endpoint).setProject(projectId).setKey(apiKey)
  const functions = new Functions13(client)
  const graphql = new Graphql13(client)
  const messaging = new Messaging13(client)
  return {
    health: new Health13(client),
    locale: new Locale13(client),
    functions,
    messaging,
    draftPush: (title, body) =>
      messaging.createPush(
        'unique()',
        title,
        body,
        [],
        [],
        [],
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        true
      ),
    activate: async (functionId, deploymentId) =>
      (await functions.updateDeployment(functionId, deploymentId)).deployment,
    retryBuild: (functionId, deploymentId, buildId) => functions.createBuild(functionId, deploymentId, buildId),
    download: (functionId, deploymentId) => functions.downloadDeployment(functionId, deploymentId),
    createVariable: (functionId, key, value) => functions.createVariable(functionId, key, value),
    query: (document) => graphql.query({ query: document }),
    mutation: (document) => graphql.mutation({ query: document }),
    limit: (count) => Query13.limit(count)
  }
}

/** node-appwrite 26, made for Appwrite 1.9.5. */
export function official26({ endpoint, projectId, apiKey }: Place): Official {
  const client = new Client26().setEndpoint(endpoint).setProject(projectId).setKey(apiKey)
  const functions = new Functions26(client)
  const graphql = new Graphql26(client)
  const messaging = new Messaging26(client)
  return {
    health: new Health26(client),
    locale: new Locale26(client),
    functions: {
      getDeployment: (functionId, deploymentId) => functions.getDeployment({ functionId, deploymentId }),
      deleteDeployment: (functionId, deploymentId) => functions.deleteDeployment({ functionId, deploymentId }),
      listExecutions: (functionId, queries) => functions.listExecutions({ functionId, queries }),
      createExecution: (functionId, body, async, xpath) =>
        functions.createExecution({ functionId, body, async, xpath }),
      getExecution: (functionId, executionId) => functions.getExecution({ functionId, executionId }),
      listVariables: (functionId) => functions.listVariables({ functionId }),
      getVariable: (functionId, variableId) => functions.getVariable({ functionId, variableId }),
      updateVariable: (functionId, variableId, key, value) =>
        functions.updateVariable({ functionId, variableId, key, value }),
      deleteVariable: (functionId, variableId) => functions.deleteVariable({ functionId, variableId })
    },
    messaging: {
      listMessages: (queries) => messaging.listMessages({ queries }),
      createEmail: (messageId, subject, content, topics, users, targets, cc, bcc, attachments, draft) =>
        messaging.createEmail({ messageId, subject, content, topics, users, targets, cc, bcc, attachments, draft }),
      updateEmail: (messageId, _topics, _users, _targets, subject) => messaging.updateEmail({ messageId, subject })
    },
    draftPush: (title, body) => messaging.createPush({ messageId: 'unique()', title, body, draft: true }),
    activate: async (functionId, deploymentId) =>
      (await functions.updateFunctionDeployment({ functionId, deploymentId })).deploymentId,
    retryBuild: (functionId, deploymentId) => functions.createDuplicateDeployment({ functionId, deploymentId }),
    download: (functionId, deploymentId) => functions.getDeploymentDownload({ functionId, deploymentId }),
    createVariable: (functionId, key, value) =>
      functions.createVariable({ functionId, variableId: 'unique()', key, value, secret: false }),
    query: (document) => graphql.query({ query: { query: document } }),
    mutation: (document) => graphql.mutation({ query: { query: document } }),
    limit: (count) => Query26.limit(count)
  }
}
