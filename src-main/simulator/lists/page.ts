import type { AskedList, Cursor, Order } from './asked-list.ts'
import { compareValues, passes, type Read } from './match.ts'

/** Counting stops here, whatever there is (the API facts, §3). */
export const mostTotal = 5000

/** A list as the world keeps it. */
export interface Rows<Row> {
  /** In the order they were made in: the natural one. */
  readonly rows: readonly Row[]
  readonly idOf: (row: Row) => string
  readonly read: Read<Row>
}

export interface Page<Row> {
  readonly total: number
  readonly rows: readonly Row[]
}

/** Thrown for a cursor that points at nothing. */
export class DeadCursor extends Error {
  readonly id: string

  constructor(id: string) {
    super(`There is no row "${id}".`)
    this.name = 'DeadCursor'
    this.id = id
  }
}

interface Placed<Row> {
  readonly row: Row
  /** Where it stands in the natural order. */
  readonly at: number
}

type Compare<Row> = (a: Placed<Row>, b: Placed<Row>) => number

/** A total order: rows that are equal in what was asked keep the natural order among themselves. */
function ordering<Row>(orders: readonly Order[], read: Read<Placed<Row>>): Compare<Row> {
  const asked = orders.filter(({ attribute }) => attribute !== '')
  const natural = asked.length === 0 ? orders[0] : undefined
  const sign = natural?.isDescending === true ? -1 : 1
  return (a, b) => {
    for (const { attribute, isDescending } of asked) {
      const difference = compareValues(read(a, attribute), read(b, attribute))
      if (difference !== 0) return isDescending ? -difference : difference
    }
    return sign * (a.at - b.at)
  }
}

function aroundCursor<Row>(
  sorted: readonly Placed<Row>[],
  { id, isBefore }: Cursor,
  { rows, idOf }: Rows<Row>,
  compare: Compare<Row>
): readonly Placed<Row>[] {
  const at = rows.findIndex((row) => idOf(row) === id)
  const row = rows[at]
  if (row === undefined) throw new DeadCursor(id)
  // The row a cursor points at need not pass the filters itself.
  const here = { row, at }
  return sorted.filter((placed) => (isBefore ? compare(placed, here) < 0 : compare(placed, here) > 0))
}

/** One page of a list. Throws a `DeadCursor`. */
export function pageOf<Row>(list: Rows<Row>, asked: AskedList): Page<Row> {
  const placed = list.rows.map((row, at) => ({ row, at }))
  const read: Read<Placed<Row>> = ({ row, at }, attribute) =>
    attribute === '$sequence' ? at + 1 : list.read(row, attribute)
  const passing = placed.filter((row) => asked.filters.every((filter) => passes(row, filter, read)))
  const compare = ordering(asked.orders, read)
  const sorted = asked.orders.length === 0 ? passing : passing.sort(compare)
  const { cursor, offset, limit } = asked
  const reachable = cursor === null ? sorted : aroundCursor(sorted, cursor, list, compare)
  const page =
    cursor?.isBefore === true
      ? reachable.slice(Math.max(0, reachable.length - offset - limit), Math.max(0, reachable.length - offset))
      : reachable.slice(offset, offset + limit)
  return { total: Math.min(passing.length, mostTotal), rows: page.map(({ row }) => row) }
}
