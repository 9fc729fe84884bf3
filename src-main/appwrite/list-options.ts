import type { Attributes } from './attributes.ts'
import { encodeQuery } from './encode-query.ts'
import type { Query } from './queries.ts'
import type { ServerVersion } from './versions.ts'

/** What a list call may be narrowed by. */
export interface ListOptions<List extends Attributes> {
  readonly query?: Query<List>
  /** Up to 256 characters. */
  readonly search?: string
}

/** Whether a search is asked for: an empty one is none. */
export function isSearching({ search = '' }: Pick<ListOptions<Attributes>, 'search'>): boolean {
  return search !== ''
}

/** The pairs of a list call's URL. */
export function listQuery<List extends Attributes>(
  { query, search }: ListOptions<List>,
  version: ServerVersion | null
): readonly (readonly [name: string, value: string])[] {
  const queries = query === undefined ? [] : encodeQuery(query, version)
  return search === undefined || search === '' ? queries : [...queries, ['search', search]]
}
