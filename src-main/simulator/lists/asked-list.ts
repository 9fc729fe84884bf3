import type { Attribute, Attributes } from './attributes.ts'
import { idRule, isIdLike } from './id-form.ts'
import {
  cursorMethods,
  isFilterMethod,
  isLogicalMethod,
  orderMethods,
  QueryError,
  type FilterMethod,
  type LogicalMethod,
  type QueryValue,
  type WrittenQuery
} from './query.ts'

/** A condition on rows that is known to make sense. */
export type Filter =
  | {
      readonly kind: 'attribute'
      readonly method: FilterMethod
      readonly attribute: string
      readonly type: Attribute['type']
      readonly values: readonly QueryValue[]
    }
  | { readonly kind: 'logical'; readonly method: LogicalMethod; readonly filters: readonly Filter[] }

/** `attribute` is empty for the natural order. */
export interface Order {
  readonly attribute: string
  readonly isDescending: boolean
}

export interface Cursor {
  readonly id: string
  readonly isBefore: boolean
}

/** What a list was asked for. */
export interface AskedList {
  readonly filters: readonly Filter[]
  readonly orders: readonly Order[]
  readonly limit: number
  readonly offset: number
  readonly cursor: Cursor | null
  /** `null` sends everything. */
  readonly selected: readonly string[] | null
}

export const defaultLimit = 25
const mostFilterValues = 100
const largest = '9,223,372,036,854,775,807'

const title = (method: string) => method.charAt(0).toUpperCase() + method.slice(1)

function requireAttribute(attributes: Attributes, name: string): Attribute {
  const attribute = attributes.get(name)
  if (attribute === undefined) throw new QueryError(`Attribute not found in schema: ${name}`)
  return attribute
}

function fits(type: Attribute['type'], value: unknown): value is QueryValue {
  switch (type) {
    case 'string':
      return typeof value === 'string'
    case 'integer':
      return Number.isInteger(value)
    case 'float':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'datetime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value))
  }
}

/** How many values a method takes; those not named take exactly one. */
const counts: Partial<Record<FilterMethod, { readonly isRight: (count: number) => boolean; readonly rule: string }>> = {
  equal: { isRight: (count) => count > 0, rule: 'at least one value' },
  contains: { isRight: (count) => count > 0, rule: 'at least one value' },
  between: { isRight: (count) => count === 2, rule: 'exactly two values' },
  isNull: { isRight: () => true, rule: 'no value' },
  isNotNull: { isRight: () => true, rule: 'no value' }
}
const exactlyOne = { isRight: (count: number) => count === 1, rule: 'exactly one value' }

function requireCount(method: FilterMethod, count: number): void {
  const { isRight, rule } = counts[method] ?? exactlyOne
  if (!isRight(count)) throw new QueryError(`${title(method)} queries require ${rule}.`)
}

function attributeFilter(method: FilterMethod, query: WrittenQuery, attributes: Attributes): Filter {
  const { attribute: name, values } = query
  requireCount(method, values.length)
  const { type, isArray = false } = requireAttribute(attributes, name)
  if (values.length > mostFilterValues) {
    throw new QueryError(`Query on attribute has greater than ${mostFilterValues} values: ${name}`)
  }
  const fitting = values.filter((value) => fits(type, value))
  if (fitting.length < values.length) throw new QueryError(`Query value is invalid for attribute "${name}"`)
  if (!isArray && method === 'contains' && type !== 'string') {
    throw new QueryError(`Cannot query contains on attribute "${name}" because it is not an array or string.`)
  }
  if (isArray && !['contains', 'isNull', 'isNotNull'].includes(method)) {
    throw new QueryError(`Cannot query ${method} on attribute "${name}" because it is an array.`)
  }
  return { kind: 'attribute', method, attribute: name, type, values: fitting }
}

function filterOf(query: WrittenQuery, attributes: Attributes): Filter {
  const { method, nested } = query
  if (isFilterMethod(method)) return attributeFilter(method, query, attributes)
  if (!isLogicalMethod(method)) throw new QueryError(`Invalid query method: ${method}`)
  if (nested.some((inner) => !isFilterMethod(inner.method) && !isLogicalMethod(inner.method))) {
    throw new QueryError(`${title(method)} queries can only contain filter queries`)
  }
  if (nested.length < 2) throw new QueryError(`${title(method)} queries require at least two queries`)
  return { kind: 'logical', method, filters: nested.map((inner) => filterOf(inner, attributes)) }
}

function wholeNumber({ method, values }: WrittenQuery, least: number): number {
  const [value] = values
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || Number.isNaN(number)) {
    throw new QueryError(`Invalid ${method}: Value must be a valid number`)
  }
  if (!Number.isInteger(number) || number < least) {
    throw new QueryError(`Invalid ${method}: Value must be a valid range between ${least} and ${largest}`)
  }
  return number
}

function cursorOf({ method, values }: WrittenQuery): Cursor {
  const [id] = values
  if (!isIdLike(id)) throw new QueryError(`Invalid cursor: UID ${idRule}`)
  return { id, isBefore: method === 'cursorBefore' }
}

function orderOf({ method, attribute }: WrittenQuery, attributes: Attributes): Order {
  if (attribute !== '') requireAttribute(attributes, attribute)
  return { attribute, isDescending: method === 'orderDesc' }
}

const isOneOf = (methods: readonly string[], { method }: WrittenQuery) => methods.includes(method)

/** Checks queries against a list's attributes. Of limits, offsets and cursors the first of each counts. */
export function askedList(queries: readonly WrittenQuery[], attributes: Attributes, takesSelect: boolean): AskedList {
  const filters: Filter[] = []
  const orders: Order[] = []
  const selected: string[] = []
  let limit: number | null = null
  let offset: number | null = null
  let cursor: Cursor | null = null
  for (const query of queries) {
    if (query.method === 'limit') limit ??= wholeNumber(query, 1)
    else if (query.method === 'offset') offset ??= wholeNumber(query, 0)
    else if (isOneOf(cursorMethods, query)) cursor ??= cursorOf(query)
    else if (isOneOf(orderMethods, query)) orders.push(orderOf(query, attributes))
    else if (query.method === 'select' && takesSelect) {
      const names = query.values.filter((name) => typeof name === 'string')
      for (const name of names) if (name !== '*') requireAttribute(attributes, name)
      selected.push(...names)
    } else filters.push(filterOf(query, attributes))
  }
  const isSelecting = selected.length > 0 && !selected.includes('*')
  return {
    filters,
    orders,
    limit: limit ?? defaultLimit,
    offset: offset ?? 0,
    cursor,
    selected: isSelecting ? selected : null
  }
}
