import { isFrom, type Version } from '../versions/version.ts'

export type AttributeType = 'string' | 'integer' | 'float' | 'boolean' | 'datetime'

/** What a list may be queried and sorted by. */
export interface Attribute {
  readonly type: AttributeType
  /** Holds many values, so that only `contains` and the null checks make sense. */
  readonly isArray?: boolean
}

/** The attributes of one list by name. */
export type Attributes = ReadonlyMap<string, Attribute>

/** The lists that take query strings. */
export type ListName =
  | 'functions'
  | 'deployments'
  | 'executions'
  | 'variables'
  | 'messages'
  | 'topics'
  | 'providers'
  | 'targets'
  | 'users'
  | 'logs'

type Names = Partial<Record<AttributeType, string>>

function named(list: Names): [string, Attribute][] {
  // The keys of a partial record literal are its type's.
  const types = Object.entries(list) as [AttributeType, string][]
  return types.flatMap(([type, names]) => names.split(' ').map((name): [string, Attribute] => [name, { type }]))
}

const everywhere = named({ string: '$id', datetime: '$createdAt $updatedAt' })

function functions(version: Version): Names {
  return {
    string: `name runtime ${isFrom(version, '1.7') ? 'deploymentId' : 'deployment'} schedule entrypoint commands installationId`,
    boolean: 'enabled',
    datetime: 'scheduleNext schedulePrevious',
    integer: 'timeout'
  }
}

function deployments(version: Version): Names {
  if (!isFrom(version, '1.6')) return { integer: 'size', string: 'buildId entrypoint commands', boolean: 'activate' }
  if (!isFrom(version, '1.7')) {
    return { integer: 'size', string: 'buildId entrypoint commands type', boolean: 'activate' }
  }
  return {
    integer: 'buildSize sourceSize totalSize buildDuration',
    string: 'status type',
    boolean: 'activate'
  }
}

function executions(version: Version): Names {
  const later = isFrom(version, '1.6') ? ' requestMethod requestPath deploymentId' : ''
  return { string: `trigger status${later}`, integer: 'responseStatusCode', float: 'duration' }
}

function messages(version: Version): Names {
  // `description` has no column: 1.7 and later say so, the others fail on it.
  const description = isFrom(version, '1.7') ? '' : ' description'
  return { datetime: 'scheduledAt deliveredAt', integer: 'deliveredTotal', string: `status providerType${description}` }
}

const own: Readonly<Record<ListName, (version: Version) => Names>> = {
  functions,
  deployments,
  executions,
  variables: () => ({ string: 'key resourceType resourceId', boolean: 'secret' }),
  messages,
  topics: () => ({ string: 'name description', integer: 'emailTotal smsTotal pushTotal' }),
  providers: () => ({ string: 'name provider type', boolean: 'enabled' }),
  targets: () => ({ string: 'userId providerId identifier providerType' }),
  users: () => ({
    string: 'name email phone',
    boolean: 'status emailVerification phoneVerification',
    datetime: 'passwordUpdate registration'
  }),
  logs: () => ({})
}

/** What a list of a version may be queried by (the API facts, §4). */
export function attributesOf(list: ListName, version: Version): Attributes {
  const sequence: [string, Attribute][] = isFrom(version, '1.8') ? [['$sequence', { type: 'integer' }]] : []
  const labels: [string, Attribute][] = list === 'users' ? [['labels', { type: 'string', isArray: true }]] : []
  return new Map([...everywhere, ...sequence, ...named(own[list](version)), ...labels])
}

/** Whether `select` may name the attributes to send: 1.9.6 refuses it on every list but this one. */
export function takesSelect(list: ListName, version: Version): boolean {
  return list === 'deployments' && isFrom(version, '1.8')
}
