import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A schema as the files of Appwrite use it. */
interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly nullable?: boolean
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly additionalProperties?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >
}

/** The description of an API, of which only answers are looked at. */
export interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** The description for a series such as `1.5`; `null` when it is not beside the project. */
export function specOf(series: string): Spec | null {
  const file = fileURLToPath(
    new URL(`../../../../shared/api/openapi/appwrite-${series}.x-server.openapi3.json`, import.meta.url)
  )
  // Appwrite wrote it in this form.
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Spec) : null
}

/** The schema of an answer; `null` where the description has none. */
export function answerSchema(spec: Spec, method: string, path: string, status: number): Schema | null {
  const content = spec.paths[path]?.[method.toLowerCase()]?.responses[String(status)]?.content ?? {}
  return Object.values(content)[0]?.schema ?? null
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (value === null) return 'null'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

function inObject(spec: Spec, schema: Schema, value: object, path: string): readonly string[] {
  const { properties = {}, required = [] } = schema
  const fields: Readonly<Record<string, unknown>> = { ...value }
  const missing = required.filter((name) => !(name in fields)).map((name) => `${path}.${name}: missing`)
  const wrong = Object.entries(fields).flatMap(([name, field]) => {
    const known = properties[name]
    if (known !== undefined) return violations(spec, known, field, `${path}.${name}`)
    return schema.additionalProperties === undefined && schema.properties !== undefined
      ? [`${path}.${name}: not described`]
      : []
  })
  return [...missing, ...wrong]
}

/** Where a value is not as its schema says, by its path; an item of a list has the path of the list and `[]`. */
export function violations(spec: Spec, schema: Schema, value: unknown, path = ''): readonly string[] {
  if (schema.$ref !== undefined) {
    const target = spec.components.schemas[schema.$ref.split('/').at(-1) ?? '']
    return target === undefined ? [`${path}: ${schema.$ref} is not there`] : violations(spec, target, value, path)
  }
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) {
    const all = choices.map((choice) => violations(spec, choice, value, path))
    return all.some((found) => found.length === 0) ? [] : (all[0] ?? [])
  }
  const type = typeOf(value)
  if (type === 'null') return schema.nullable === true ? [] : [`${path}: null`]
  const isRight = schema.type === undefined || type === schema.type || (schema.type === 'number' && type === 'integer')
  if (!isRight) return [`${path}: ${type} in the place of ${schema.type ?? ''}`]
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${path}: not one of its enum`]
  if (Array.isArray(value)) {
    return [...new Set(value.flatMap((item) => violations(spec, schema.items ?? {}, item, `${path}[]`)))]
  }
  return typeof value === 'object' && value !== null ? inObject(spec, schema, value, path) : []
}
