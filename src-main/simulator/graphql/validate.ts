import type { Collected } from './collect.ts'
import { GraphqlError } from './document.ts'
import type { RootField, Schema } from './schema.ts'
import type { TypeFields } from './types.ts'

const deepest = 3
const mostComplex = 250
const defaultLimit = 25

/** Levels of sub-selections below the first. */
function depthOf(fields: readonly Collected[] | null, level = 0): number {
  if (fields === null) return 0
  return Math.max(
    0,
    ...fields.map((field) => (field.fields === null ? 0 : Math.max(level, depthOf(field.fields, level + 1))))
  )
}

/** The limit among a list's queries. */
function limitOf({ queries }: Readonly<Record<string, unknown>>): number {
  for (const text of Array.isArray(queries) ? queries : []) {
    const found = typeof text === 'string' ? /"method"\s*:\s*"limit".*"values"\s*:\s*\[\s*(\d+)/.exec(text) : null
    if (found !== null) return Number(found[1])
  }
  return defaultLimit
}

function complexityOf(fields: readonly Collected[] | null): number {
  return (fields ?? []).reduce((sum, field) => sum + 1 + complexityOf(field.fields), 0)
}

function rootComplexity({ given, fields, name }: Collected, root: ReadonlyMap<string, RootField>): number {
  const below = complexityOf(fields)
  return root.get(name)?.type.endsWith('List') === true ? below * limitOf(given) : 1 + below
}

function inType(fields: readonly Collected[], typeName: string, schema: Schema): readonly GraphqlError[] {
  const type: TypeFields = schema.types.get(typeName) ?? new Map<string, null>()
  return fields.flatMap((field): readonly GraphqlError[] => {
    if (field.name === '__typename') return []
    const below = type.get(field.name)
    if (below === undefined) {
      return [new GraphqlError(`Cannot query field "${field.name}" on type "${typeName}".`, field.location)]
    }
    return inField(field, below, schema)
  })
}

function inField(field: Collected, type: string | null, schema: Schema): readonly GraphqlError[] {
  if (type === null) {
    const message = `Field "${field.name}" must not have a sub selection.`
    return field.fields === null ? [] : [new GraphqlError(message, field.location)]
  }
  if (field.fields !== null) return inType(field.fields, type, schema)
  return [new GraphqlError(`Field "${field.name}" of type "${type}" must have a sub selection.`, field.location)]
}

/** All that is wrong with the fields of an operation; nothing is resolved unless there is nothing. */
export function faultsOf(
  fields: readonly Collected[],
  root: ReadonlyMap<string, RootField>,
  rootName: 'Query' | 'Mutation',
  schema: Schema
): readonly GraphqlError[] {
  const faults: GraphqlError[] = fields.flatMap((field): readonly GraphqlError[] => {
    const { name, given, location } = field
    // Of a schema that asks about itself only the names of its roots are told.
    if (name.startsWith('__')) return []
    const known = root.get(name)
    if (known === undefined) return [new GraphqlError(`Cannot query field "${name}" on type "${rootName}".`, location)]
    const missing = known.required.filter((argument) => (given[argument] ?? null) === null)
    const texts = missing.map(
      (argument) => `Field "${name}" argument "${argument}" of type "String!" is required but not provided.`
    )
    return [...texts.map((text) => new GraphqlError(text, location)), ...inField(field, known.type, schema)]
  })
  const depth = depthOf(fields)
  if (depth > deepest) faults.push(new GraphqlError(`Max query depth should be ${deepest} but got ${depth}.`))
  const complexity = fields.reduce((sum, field) => sum + rootComplexity(field, root), 0)
  if (complexity > mostComplex) {
    faults.push(new GraphqlError(`Max query complexity should be ${mostComplex} but got ${complexity}.`))
  }
  return faults
}
