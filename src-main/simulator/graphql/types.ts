import { isFrom, type Version } from '../versions/version.ts'

/** The fields of a type: the type of each, or `null` for one without fields of its own. */
export type TypeFields = ReadonlyMap<string, string | null>

const words = (text: string) => text.split(' ').filter((word) => word !== '')

/** `name:Type` for what has fields of its own, `name` for what has not. */
function fields(...texts: readonly string[]): TypeFields {
  return new Map(texts.flatMap(words).map((word) => [word.split(':')[0] ?? word, word.split(':')[1] ?? null]))
}

const document = '_id _createdAt _updatedAt'
const list = (name: string, type: string) => fields(`total ${name}:${type}`)

function functionFields(version: Version): TypeFields {
  const deployment = isFrom(version, '1.7')
    ? 'deploymentId deploymentCreatedAt latestDeploymentId latestDeploymentCreatedAt latestDeploymentStatus'
    : 'deployment'
  return fields(
    document,
    'execute name enabled live logging runtime vars:Variable events schedule timeout entrypoint commands version',
    'installationId providerRepositoryId providerBranch providerRootDirectory providerSilentMode',
    deployment,
    isFrom(version, '1.6') ? 'scopes' : '',
    isFrom(version, '1.6') && !isFrom(version, '1.9') ? 'specification' : '',
    isFrom(version, '1.9') ? 'buildSpecification runtimeSpecification deploymentRetention' : '',
    isFrom(version, '1.9') ? 'providerBranches providerPaths' : ''
  )
}

function deploymentFields(version: Version): TypeFields {
  const sizes = isFrom(version, '1.7')
    ? 'sourceSize buildSize totalSize buildDuration screenshotLight screenshotDark'
    : `size buildTime ${isFrom(version, '1.6') ? 'buildSize' : ''}`
  return fields(
    document,
    'type resourceId resourceType entrypoint buildId activate status buildLogs',
    sizes,
    'providerRepositoryName providerRepositoryOwner providerRepositoryUrl providerBranch providerBranchUrl',
    'providerCommitHash providerCommitAuthor providerCommitAuthorUrl providerCommitMessage providerCommitUrl'
  )
}

function executionFields(version: Version): TypeFields {
  return fields(
    document,
    '_permissions trigger status requestMethod requestPath requestHeaders:Headers responseStatusCode responseBody',
    'responseHeaders:Headers logs errors duration',
    version.name === 'main' ? 'resourceId resourceType' : 'functionId',
    isFrom(version, '1.6') ? 'scheduledAt' : '',
    isFrom(version, '1.8') ? 'deploymentId' : ''
  )
}

/** Every type a version's GraphQL knows. */
export function typesOf(version: Version): ReadonlyMap<string, TypeFields> {
  return new Map([
    ['Function', functionFields(version)],
    ['FunctionList', list('functions', 'Function')],
    ['Deployment', deploymentFields(version)],
    ['DeploymentList', list('deployments', 'Deployment')],
    ['Execution', executionFields(version)],
    ['ExecutionList', list('executions', 'Execution')],
    ['Headers', fields('name value')],
    ['Variable', fields(document, 'key value resourceType resourceId', isFrom(version, '1.7') ? 'secret' : '')],
    ['VariableList', list('variables', 'Variable')],
    ['Runtime', fields('_id name version base image logo supports', isFrom(version, '1.6') ? 'key' : '')],
    ['RuntimeList', list('runtimes', 'Runtime')],
    [
      'Message',
      fields(
        document,
        'providerType topics users targets scheduledAt deliveredAt deliveryErrors deliveredTotal data status'
      )
    ],
    ['MessageList', list('messages', 'Message')],
    ['Topic', fields(document, 'name emailTotal smsTotal pushTotal subscribe')],
    ['TopicList', list('topics', 'Topic')],
    [
      'Target',
      fields(document, 'name userId providerId providerType identifier', isFrom(version, '1.6') ? 'expired' : '')
    ],
    ['TargetList', list('targets', 'Target')],
    ['HealthStatus', fields('name ping status')],
    ['HealthStatusList', list('statuses', 'HealthStatus')],
    ['HealthQueue', fields('size')],
    ['HealthTime', fields('remoteTime localTime diff')],
    ['HealthAntivirus', fields('version status')],
    ['HealthCertificate', fields('name subjectSN issuerOrganisation validFrom validTo signatureTypeSN')],
    ['Locale', fields('ip countryCode country continentCode continent eu currency')],
    ['LocaleCode', fields('code name')],
    ['LocaleCodeList', list('localeCodes', 'LocaleCode')],
    ['Continent', fields('name code')],
    ['ContinentList', list('continents', 'Continent')],
    ['Country', fields('name code')],
    ['CountryList', list('countries', 'Country')],
    ['Phone', fields('code countryCode countryName')],
    ['PhoneList', list('phones', 'Phone')],
    ['Currency', fields('symbol name symbolNative decimalDigits rounding code namePlural')],
    ['CurrencyList', list('currencies', 'Currency')],
    ['Language', fields('name code nativeName')],
    ['LanguageList', list('languages', 'Language')],
    ['None', fields('status')]
  ])
}
