import type { Model, Route } from '../http/route.ts'
import { isFrom, type Version } from '../versions/version.ts'
import { without } from '../without.ts'
import { precedes, type ResponseFormat } from './response-format.ts'

type Fields = Readonly<Record<string, unknown>>
type Convert = (fields: Fields) => Fields

/** What a release changed in the models, and how a newer server undoes it (the API facts, §1). */
interface Filter {
  readonly release: string
  readonly models: Partial<Readonly<Record<Model, Convert>>>
  /** Of answers that no other operation has. */
  readonly operations?: Readonly<Record<string, Convert>>
}

function renamed(fields: Fields, from: string, to: string): Fields {
  return from in fields ? { ...without(fields, from), [to]: fields[from] } : fields
}

function each(list: string, convert: Convert): Convert {
  return (fields) => {
    const items = fields[list]
    // A handler of a list gives objects.
    return Array.isArray(items) ? { ...fields, [list]: items.map((item) => convert(item as Fields)) } : fields
  }
}

const oneSpecification: Convert = (fields) =>
  without(renamed(fields, 'buildSpecification', 'specification'), 'runtimeSpecification')

const oldFunction: Convert = (fields) =>
  without(
    renamed(fields, 'deploymentId', 'deployment'),
    'deploymentCreatedAt',
    'latestDeploymentId',
    'latestDeploymentCreatedAt',
    'latestDeploymentStatus'
  )

const oldDeployment: Convert = (fields) =>
  without(
    renamed(renamed(fields, 'sourceSize', 'size'), 'buildDuration', 'buildTime'),
    'totalSize',
    'screenshotLight',
    'screenshotDark'
  )

/** How builds end is counted since 1.7. */
const oldUsage: Convert = (fields) =>
  without(fields, 'buildsSuccessTotal', 'buildsFailedTotal', 'buildsTimeAverage', 'buildsSuccess', 'buildsFailed')

const plainUser: Convert = (fields) => without(fields, 'impersonator', 'impersonatorUserId')

const ofFunction: Convert = (fields) => without(renamed(fields, 'resourceId', 'functionId'), 'resourceType')
const plainVariable: Convert = (fields) => without(fields, 'secret')

/** Newest first, as they are applied. Lists were forgotten in 1.6. */
const filters: readonly Filter[] = [
  { release: '2.0.0', models: { execution: ofFunction, executionList: each('executions', ofFunction) } },
  {
    release: '1.9.0',
    models: { function: oneSpecification, functionList: each('functions', oneSpecification) },
    operations: { 'users.list': each('users', plainUser), 'users.get': plainUser }
  },
  {
    release: '1.7.0',
    models: {
      function: oldFunction,
      functionList: each('functions', oldFunction),
      deployment: oldDeployment,
      deploymentList: each('deployments', oldDeployment),
      variable: plainVariable,
      variableList: each('variables', plainVariable)
    },
    operations: { 'functions.getFunctionUsage': oldUsage, 'functions.getUsage': oldUsage }
  },
  {
    release: '1.6.0',
    models: {
      function: (fields) => without(fields, 'scopes', 'specification'),
      execution: (fields) => without(fields, 'scheduledAt')
    }
  },
  { release: '1.4.0', models: { function: (fields) => ({ ...fields, schedulePrevious: '', scheduleNext: '' }) } }
]

const isKnownTo = (version: Version, release: string) =>
  release === '2.0.0' ? version.name === 'main' : isFrom(version, release)

/** An answer in the format that was asked for; `null` leaves it as the version has it. */
export function convertedAnswer(
  json: unknown,
  { model, operation = '' }: Route,
  version: Version,
  format: ResponseFormat | null
): unknown {
  if (format === null || typeof json !== 'object' || json === null) return json
  let fields: Fields = { ...json }
  for (const { release, models, operations = {} } of filters) {
    if (!isKnownTo(version, release) || !precedes(format, release)) continue
    const convert = model === undefined ? operations[operation] : models[model]
    fields = convert?.(fields) ?? fields
  }
  return fields
}
