import { ApiError } from '../http/api-error.ts'
import type { Query } from '../http/query.ts'
import { isFrom, type Version } from '../versions/version.ts'
import { askedList, type AskedList } from './asked-list.ts'
import { attributesOf, takesSelect, type ListName } from './attributes.ts'
import { DeadCursor, pageOf, type Page, type Rows } from './page.ts'
import { parseQueryText, QueryError } from './query.ts'

// Its message is ready; the queries inside a list are told of with a lead of their own.
const refuse = (why: string) => new ApiError('general_argument_invalid', `Invalid \`queries\` param: ${why}`)

/** A query that was read but is of no use here is told of without a second lead. */
function refusalOf(error: QueryError, isParsing: boolean): ApiError {
  if (!isParsing && error.message.startsWith('Invalid query method: ')) return refuse(error.message)
  return refuse(`Invalid query: ${error.message}`)
}

/** What a list's `queries` ask for. Refuses what the real server refuses, in its words (§4). */
export function readList(query: Query, list: ListName, version: Version): AskedList {
  const texts = query.get('queries') ?? []
  if (typeof texts === 'string') throw refuse('Queries must be an array')
  const attributes = attributesOf(list, version)
  const select = takesSelect(list, version)
  let isParsing = true
  try {
    const written = texts.map((text) => {
      isParsing = true
      const parsed = parseQueryText(text)
      isParsing = false
      // One after the other: the first that is wrong in any way is the one told of.
      askedList([parsed], attributes, select)
      return parsed
    })
    return askedList(written, attributes, select)
  } catch (error) {
    if (error instanceof QueryError) throw refusalOf(error, isParsing)
    throw error
  }
}

/** A page of a list, or the refusal of a cursor that points at nothing; `thing` is what it is a list of. */
export function listPage<Row>(rows: Rows<Row>, asked: AskedList, thing: string): Page<Row> {
  try {
    return pageOf(rows, asked)
  } catch (error) {
    if (!(error instanceof DeadCursor)) throw error
    throw new ApiError('general_cursor_not_found', `${thing} '${error.id}' for the 'cursor' value not found.`)
  }
}

/** Whether the sender wants the rows counted: 1.8 and later take `total=0`, and misread `total=false` as yes. */
export function countsTotal(query: Query, version: Version): boolean {
  return !(isFrom(version, '1.8') && query.get('total') === '0')
}

/** A row with only what was selected, and what is always sent. */
export function selectFields(
  row: Readonly<Record<string, unknown>>,
  selected: readonly string[] | null
): Readonly<Record<string, unknown>> {
  if (selected === null) return row
  const kept = new Set(['$id', '$createdAt', '$updatedAt', ...selected])
  return Object.fromEntries(Object.entries(row).filter(([name]) => kept.has(name)))
}
