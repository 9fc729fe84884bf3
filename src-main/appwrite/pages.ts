import { Failure } from '../core/failure.ts'
import type { Attributes } from './attributes.ts'
import { cancelledFault } from './network-faults.ts'
import type { Page } from './page-reply.ts'
import { Query, type Filters } from './queries.ts'

/** What every document has, and walking a list needs. */
export interface Dated {
  readonly id: string
  readonly createdAtMs: number
}

/** Which documents to walk, from which end, and how many at a time. */
export interface Walk<List extends Attributes> {
  readonly where: Filters<List>
  /** `newest`: what is added meanwhile is not met; `oldest`: it is, at the end. Default: newest. */
  readonly from?: 'newest' | 'oldest'
  /** Default: 25, the server's own. */
  readonly pageSize?: number
}

/** Asks for one page. */
export type Fetch<List extends Attributes, Item> = (query: Query<List>, signal: AbortSignal) => Promise<Page<Item>>

/**
 * Walks a list page by page in the order of creation. Each document that is there all the while comes exactly once,
 * whatever is added or deleted meanwhile: a page hangs on the last document seen and not on a number. When that one is
 * deleted itself, its time takes its place: the walk goes on with what was made in the same millisecond or beyond it,
 * less what it has already given. An abort ends it as `cancelled`.
 */
export async function* pages<List extends Attributes, Item extends Dated>(
  fetch: Fetch<List, Item>,
  { where, from = 'newest', pageSize = 25 }: Walk<List>,
  signal: AbortSignal
): AsyncGenerator<readonly Item[], void, undefined> {
  const base = from === 'newest' ? Query.of(where).newestFirst() : Query.of(where).oldestFirst()
  const given = new Given()
  let isCursorDead = false
  for (;;) {
    if (signal.aborted) throw new Failure(cancelledFault)
    const start = isCursorDead ? given.beside(base, from) : given.after(base)
    let page: Page<Item>
    try {
      page = await fetch(start.limit(pageSize), signal)
    } catch (error) {
      if (isCursorDead || !isDeadCursor(error)) throw error
      isCursorDead = true
      continue
    }
    isCursorDead = false
    const fresh = page.items.filter((item) => !given.holds(item))
    for (const item of page.items) given.add(item)
    if (fresh.length > 0) yield fresh
    if (page.items.length < pageSize) return
  }
}

/** The documents of a walk one by one. */
export async function* each<Item>(walk: AsyncIterable<readonly Item[]>): AsyncGenerator<Item, void, undefined> {
  for await (const page of walk) yield* page
}

/** The last document a walk has met, and those of the same millisecond: all that could come again. */
class Given {
  #last: Dated | null = null
  readonly #ids = new Set<string>()

  holds({ id, createdAtMs }: Dated): boolean {
    return createdAtMs === this.#last?.createdAtMs && this.#ids.has(id)
  }

  add(item: Dated): void {
    if (item.createdAtMs !== this.#last?.createdAtMs) this.#ids.clear()
    this.#ids.add(item.id)
    this.#last = item
  }

  after<List extends Attributes>(query: Query<List>): Query<List> {
    return this.#last === null ? query : query.cursorAfter(this.#last.id)
  }

  beside<List extends Attributes>(query: Query<List>, from: 'newest' | 'oldest'): Query<List> {
    if (this.#last === null) return query
    const { createdAtMs } = this.#last
    return from === 'newest' ? query.createdUntil(createdAtMs) : query.createdFrom(createdAtMs)
  }
}

/** Told by Appwrite's error type, which the fault keeps in its detail. */
function isDeadCursor(error: unknown): boolean {
  return error instanceof Failure && /^HTTP \d+ general_cursor_not_found\b/.test(error.fault.detail ?? '')
}
