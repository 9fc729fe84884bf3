import type { Route } from '../http/route.ts'
import { isFrom, type Version } from '../versions/version.ts'
import { typesOf, type TypeFields } from './types.ts'

/** A field of the query or the mutation: a call of the API under another name. */
export interface RootField {
  readonly route: Route
  readonly type: string
  /** Arguments without which it is not resolved. */
  readonly required: readonly string[]
}

/** What can be asked of a version. */
export interface Schema {
  readonly query: ReadonlyMap<string, RootField>
  readonly mutation: ReadonlyMap<string, RootField>
  readonly types: ReadonlyMap<string, TypeFields>
}

/** The type of what an operation answers; operations that are not named here are not offered. */
const typeOf: Readonly<Record<string, string>> = {
  'functions.list': 'FunctionList',
  'functions.get': 'Function',
  'functions.listRuntimes': 'RuntimeList',
  'functions.listDeployments': 'DeploymentList',
  'functions.getDeployment': 'Deployment',
  'functions.updateDeployment': 'Function',
  'functions.updateFunctionDeployment': 'Function',
  'functions.deleteDeployment': 'None',
  'functions.createBuild': 'None',
  'functions.createDuplicateDeployment': 'Deployment',
  'functions.updateDeploymentStatus': 'Deployment',
  'functions.listExecutions': 'ExecutionList',
  'functions.getExecution': 'Execution',
  'functions.createExecution': 'Execution',
  'functions.deleteExecution': 'None',
  'functions.listVariables': 'VariableList',
  'functions.getVariable': 'Variable',
  'functions.createVariable': 'Variable',
  'functions.updateVariable': 'Variable',
  'functions.deleteVariable': 'None',
  'messaging.listMessages': 'MessageList',
  'messaging.getMessage': 'Message',
  'messaging.createEmail': 'Message',
  'messaging.updateEmail': 'Message',
  'messaging.createPush': 'Message',
  'messaging.updatePush': 'Message',
  'messaging.delete': 'None',
  'messaging.listTargets': 'TargetList',
  'messaging.listTopics': 'TopicList',
  'messaging.getTopic': 'Topic',
  'users.listTargets': 'TargetList',
  'health.get': 'HealthStatus',
  'health.getStorage': 'HealthStatus',
  'health.getStorageLocal': 'HealthStatus',
  'health.getTime': 'HealthTime',
  'health.getAntivirus': 'HealthAntivirus',
  'health.getCertificate': 'HealthCertificate',
  'health.getFailedJobs': 'HealthQueue',
  'locale.get': 'Locale',
  'locale.listCodes': 'LocaleCodeList',
  'locale.listContinents': 'ContinentList',
  'locale.listCountries': 'CountryList',
  'locale.listCountriesEU': 'CountryList',
  'locale.listCountriesPhones': 'PhoneList',
  'locale.listCurrencies': 'CurrencyList',
  'locale.listLanguages': 'LanguageList'
}

/** What must be said besides the ids of a path. */
const requiredBy: Readonly<Record<string, readonly string[]>> = {
  'functions.createVariable': ['key', 'value'],
  'functions.createDuplicateDeployment': ['deploymentId'],
  'messaging.createEmail': ['messageId', 'subject', 'content'],
  'messaging.createPush': ['messageId'],
  'health.getCertificate': ['domain']
}

const poolChecks = ['health.getDB', 'health.getCache', 'health.getQueue', 'health.getPubSub']

function typeNamed(operation: string, version: Version): string | null {
  if (operation.startsWith('health.') && version.name === 'main') return null
  // Before 1.9 the list is taken for one status, of which every field is null.
  if (poolChecks.includes(operation)) return isFrom(version, '1.9') ? 'HealthStatusList' : 'HealthStatus'
  if (/^health\.getQueue./.test(operation)) return 'HealthQueue'
  return typeOf[operation] ?? null
}

function requiredOf({ operation = '', pattern }: Route, version: Version): readonly string[] {
  const inPath = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  const own = requiredBy[operation] ?? []
  if (operation === 'functions.createVariable' && isFrom(version, '1.9.5')) return [...inPath, 'variableId', ...own]
  if (operation === 'functions.updateVariable' && !isFrom(version, '1.9.5')) return [...inPath, 'key']
  return [...inPath, ...own]
}

const partsOf = ({ pattern }: Route) => pattern.split('{').length

/** The schema of a version, from the routes it has. */
export function schemaOf(routes: readonly Route[], version: Version): Schema {
  const [query, mutation] = [new Map<string, RootField>(), new Map<string, RootField>()]
  // Of an operation that has older paths too, the newest names the fewest ids in its path.
  for (const route of [...routes].sort((a, b) => partsOf(b) - partsOf(a))) {
    const { operation = '' } = route
    const type = typeNamed(operation, version)
    if (type === null) continue
    const [service = '', method = ''] = operation.split('.')
    const name = service + method.charAt(0).toUpperCase() + method.slice(1)
    const fields = route.method === 'GET' ? query : mutation
    fields.set(name, { route, type, required: requiredOf(route, version) })
  }
  return { query, mutation, types: typesOf(version) }
}
