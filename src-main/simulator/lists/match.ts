import type { Filter } from './asked-list.ts'
import type { QueryValue } from './query.ts'
import { matchesSearch } from './search.ts'

/** A row's value of an attribute: a moment is in Unix milliseconds, `undefined` stands for a value not set. */
export type RowValue = string | number | boolean | undefined | readonly string[]

/** Looks up an attribute of a row. */
export type Read<Row> = (row: Row, attribute: string) => RowValue

// The database compares text without regard to case and accents.
const collator = new Intl.Collator('en', { sensitivity: 'base' })

/** Below 0, 0 or above 0; a value that is not set comes first, as the database sorts it. */
export function compareValues(a: RowValue, b: RowValue): number {
  if (a === b) return 0
  if (a === undefined) return -1
  if (b === undefined) return 1
  if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b)
  return Number(a) - Number(b)
}

/** A query's value as a row would hold it. */
function asRowValue(value: QueryValue, filter: Extract<Filter, { kind: 'attribute' }>): RowValue {
  if (value === null) return undefined
  return filter.type === 'datetime' ? Date.parse(String(value)) : value
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

function holds(own: RowValue, part: RowValue): boolean {
  if (typeof own === 'object') return own.some((item) => compareValues(item, part) === 0)
  return typeof own === 'string' && plain(own).includes(plain(String(part)))
}

function passesAttribute(own: RowValue, filter: Extract<Filter, { kind: 'attribute' }>): boolean {
  if (filter.method === 'isNull') return own === undefined
  if (filter.method === 'isNotNull') return own !== undefined
  // To the database nothing compares with a value that is not set, not even "not equal".
  if (own === undefined) return false
  const values = filter.values.map((value) => asRowValue(value, filter))
  const [first, second] = values
  const difference = compareValues(own, first)
  switch (filter.method) {
    case 'equal':
      return values.some((value) => compareValues(own, value) === 0)
    case 'notEqual':
      return difference !== 0
    case 'lessThan':
      return difference < 0
    case 'lessThanEqual':
      return difference <= 0
    case 'greaterThan':
      return difference > 0
    case 'greaterThanEqual':
      return difference >= 0
    case 'between':
      return difference >= 0 && compareValues(own, second) <= 0
    case 'contains':
      return values.some((value) => holds(own, value))
    case 'startsWith':
      return plain(String(own)).startsWith(plain(String(first)))
    case 'endsWith':
      return plain(String(own)).endsWith(plain(String(first)))
    case 'search':
      return matchesSearch(String(own), String(first))
  }
}

/** Whether a row passes a filter. */
export function passes<Row>(row: Row, filter: Filter, read: Read<Row>): boolean {
  if (filter.kind === 'attribute') return passesAttribute(read(row, filter.attribute), filter)
  if (filter.method === 'and') return filter.filters.every((inner) => passes(row, inner, read))
  return filter.filters.some((inner) => passes(row, inner, read))
}
