import { requireScope, type Access } from '../http/access.ts'
import { ApiError, errorBody } from '../http/api-error.ts'
import type { ApiRequest } from '../http/request.ts'
import { isFrom, type Version } from '../versions/version.ts'
import type { World } from '../world/world.ts'
import { collect, type Collected } from './collect.ts'
import { GraphqlError, type Document, type Location, type Operation } from './document.ts'
import { parseDocument } from './parser.ts'
import type { RootField, Schema } from './schema.ts'
import { faultsOf } from './validate.ts'
import { variablesOf } from './values.ts'

/** One document with what was sent beside it. */
export interface Sent {
  readonly query: string
  readonly operationName: string | null
  readonly variables: Readonly<Record<string, unknown>>
}

/** The request a document came with, and who sent it. */
export interface Caller {
  readonly request: ApiRequest
  readonly access: Access
  readonly world: World
}

type Value = Readonly<Record<string, unknown>>

function shownError(
  version: Version,
  category: 'appwrite' | 'graphql',
  message: string,
  locations: readonly (Location | null)[],
  path?: readonly string[]
): Value {
  const known = locations.filter((location) => location !== null)
  return {
    message,
    // The library of 1.9 has none.
    ...(isFrom(version, '1.9') ? {} : { extensions: { category } }),
    ...(known.length > 0 ? { locations: known } : {}),
    ...(path === undefined ? {} : { path })
  }
}

/** A call of the API in the place of the document: ids go into the path, the rest where the method has it. */
function called({ route }: RootField, given: Value, { request, access, world }: Caller): unknown {
  const names = [...route.pattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  const path = Object.fromEntries(names.map((name) => [name, String(given[name])]))
  const rest = Object.entries(given).filter(([name]) => !names.includes(name))
  const texts = rest.map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)] as const)
  const query = new Map(route.method === 'GET' ? texts : [])
  const body = route.method === 'GET' ? {} : Object.fromEntries(rest)
  requireScope(access, route.scope, world.version)
  const told = route.handle({ request: { ...request, query }, access, path, body }, world)
  return 'json' in told ? told.json : { status: true }
}

const wireName = (name: string) => (name.startsWith('_') ? `$${name.slice(1)}` : name)

/** What was asked for of a value. */
function picked(value: unknown, fields: readonly Collected[], typeName: string, schema: Schema): unknown {
  if (Array.isArray(value)) return value.map((item) => picked(item, fields, typeName, schema))
  // A JSON object is a record.
  const record = typeof value === 'object' && value !== null ? (value as Value) : {}
  const pairs = fields.map((field): readonly [string, unknown] => {
    if (field.name === '__typename') return [field.alias, typeName]
    const found = record[wireName(field.name)] ?? null
    const below = schema.types.get(typeName)?.get(field.name) ?? null
    if (below === null || field.fields === null) return [field.alias, found]
    // A known defect: the variables inside a function do not reach their resolver.
    if (field.name === 'vars' && Array.isArray(found)) return [field.alias, found.map(() => null)]
    return [field.alias, picked(found, field.fields, below, schema)]
  })
  return Object.fromEntries(pairs)
}

function aboutSchema(field: Collected): unknown {
  const names: Readonly<Record<string, unknown>> = { queryType: { name: 'Query' }, mutationType: { name: 'Mutation' } }
  return Object.fromEntries((field.fields ?? []).map(({ alias, name }) => [alias, names[name] ?? null]))
}

function resolved(
  fields: readonly Collected[],
  rootName: string,
  root: Schema['query'],
  schema: Schema,
  caller: Caller
) {
  const { version } = caller.world
  const errors: Value[] = []
  const data = fields.map((field): readonly [string, unknown] => {
    const known = root.get(field.name)
    if (field.name === '__typename') return [field.alias, rootName]
    if (known === undefined) return [field.alias, aboutSchema(field)]
    try {
      if (caller.access.refusal !== null) throw caller.access.refusal
      return [field.alias, picked(called(known, field.given, caller), field.fields ?? [], known.type, schema)]
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const { message } = errorBody(error, version.publicCodes, version.told)
      errors.push(shownError(version, 'appwrite', message, [field.location], [field.alias]))
      return [field.alias, null]
    }
  })
  return { ...(errors.length > 0 ? { errors } : {}), data: Object.fromEntries(data) }
}

function operationOf({ operations }: Document, name: string | null): Operation {
  const named = name === null || name === '' ? operations : operations.filter((operation) => operation.name === name)
  const [only, ...more] = named
  if (only === undefined)
    throw new GraphqlError(name === null ? 'Must provide an operation.' : `Unknown operation named "${name}".`)
  if (more.length > 0) throw new GraphqlError('Must provide operation name if query contains multiple operations.')
  return only
}

/** Whether a document is one that changes something; one that cannot be read is not. */
export function isMutation({ query, operationName }: Sent): boolean {
  try {
    return operationOf(parseDocument(query), operationName).kind === 'mutation'
  } catch (error) {
    if (error instanceof GraphqlError) return false
    throw error
  }
}

/** The answer to one document: its data, its errors, or both. */
export function execute(sent: Sent, schema: Schema, caller: Caller): Value {
  const { version } = caller.world
  try {
    const document = parseDocument(sent.query)
    const operation = operationOf(document, sent.operationName)
    if (operation.kind === 'subscription') throw new GraphqlError('Schema is not configured for subscriptions.')
    const isQuery = operation.kind === 'query'
    const root = isQuery ? schema.query : schema.mutation
    const rootName = isQuery ? 'Query' : 'Mutation'
    const fields = collect(operation.selections, document, variablesOf(operation, sent.variables))
    const faults = faultsOf(fields, root, rootName, schema)
    if (faults.length === 0) return resolved(fields, rootName, root, schema, caller)
    return { errors: faults.map(({ message, location }) => shownError(version, 'graphql', message, [location])) }
  } catch (error) {
    if (!(error instanceof GraphqlError)) throw error
    return { errors: [shownError(version, 'graphql', error.message, [error.location])] }
  }
}
