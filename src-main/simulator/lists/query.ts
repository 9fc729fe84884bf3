/** What a query's JSON may hold as a value; numbers stay numbers and text stays text. */
export type QueryValue = string | number | boolean | null

/** Methods that keep some rows and drop the others. */
export const filterMethods = [
  'equal',
  'notEqual',
  'lessThan',
  'lessThanEqual',
  'greaterThan',
  'greaterThanEqual',
  'contains',
  'search',
  'isNull',
  'isNotNull',
  'between',
  'startsWith',
  'endsWith'
] as const
export type FilterMethod = (typeof filterMethods)[number]

export const logicalMethods = ['and', 'or'] as const
export type LogicalMethod = (typeof logicalMethods)[number]

export const orderMethods = ['orderAsc', 'orderDesc'] as const
export const cursorMethods = ['cursorAfter', 'cursorBefore'] as const

const otherMethods = ['limit', 'offset', 'select', ...orderMethods, ...cursorMethods] as const
export type Method = FilterMethod | LogicalMethod | (typeof otherMethods)[number]

const methods: readonly string[] = [...filterMethods, ...logicalMethods, ...otherMethods]

export const isFilterMethod = (method: Method): method is FilterMethod =>
  (filterMethods as readonly Method[]).includes(method)
export const isLogicalMethod = (method: Method): method is LogicalMethod =>
  (logicalMethods as readonly Method[]).includes(method)

/** One query as it was written: the kind of its method is known, nothing else about it. */
export interface WrittenQuery {
  readonly method: Method
  /** Empty without one. */
  readonly attribute: string
  readonly values: readonly unknown[]
  /** The queries inside an `and` or `or`. */
  readonly nested: readonly WrittenQuery[]
}

/** A query that cannot be read or is not allowed; its message is what follows ``Invalid `queries` param: ``. */
export class QueryError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'QueryError'
  }
}

/** The name PHP has for the type of a value that came from JSON. */
function phpType(value: unknown): string {
  if (value === null) return 'NULL'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'double'
  if (typeof value === 'object') return 'array'
  return typeof value
}

function readQuery(value: unknown): WrittenQuery {
  if (typeof value !== 'object' || value === null) {
    throw new QueryError(`Invalid query. Must be an array, got ${phpType(value)}`)
  }
  const {
    method = '',
    attribute = '',
    values = []
  }: { method?: unknown; attribute?: unknown; values?: unknown } = value
  if (typeof method !== 'string') {
    throw new QueryError(`Invalid query method. Must be a string, got ${phpType(method)}`)
  }
  if (!methods.includes(method)) throw new QueryError(`Invalid query method: ${method}`)
  if (typeof attribute !== 'string') {
    throw new QueryError(`Invalid query attribute. Must be a string, got ${phpType(attribute)}`)
  }
  if (typeof values !== 'object' || values === null) {
    throw new QueryError(`Invalid query values. Must be an array, got ${phpType(values)}`)
  }
  // It is among the methods; a JSON object in the place of an array is one to PHP too.
  const known = method as Method
  const list: readonly unknown[] = Object.values(values)
  const nested = isLogicalMethod(known) ? list.map(readQuery) : []
  return { method: known, attribute, values: list, nested }
}

/** Reads one query string. Throws a `QueryError` in the server's words. */
export function parseQueryText(text: string): WrittenQuery {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new QueryError('Invalid query: Syntax error')
  }
  return readQuery(value)
}
