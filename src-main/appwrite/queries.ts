import { Failure } from '../core/failure.ts'
import { timeText } from './api-time.ts'
import type { Attributes, Kind, Kinds } from './attributes.ts'

type Comparison = 'notEqual' | 'lessThan' | 'lessThanEqual' | 'greaterThan' | 'greaterThanEqual'
type TextMatch = 'search' | 'startsWith' | 'endsWith'

/** One query before it is encoded. The names of attributes are those of the newest version. */
export type Clause =
  | {
      readonly method: 'equal' | 'contains' | 'between' | 'isNull' | 'isNotNull' | Comparison | TextMatch
      readonly attribute: string
      readonly values: readonly (string | number | boolean)[]
    }
  | { readonly method: 'and' | 'or'; readonly clauses: readonly Clause[] }
  | { readonly method: 'orderAsc' | 'orderDesc'; readonly attribute: string }
  | { readonly method: 'limit' | 'offset'; readonly values: readonly [number] }
  | { readonly method: 'cursorAfter' | 'cursorBefore'; readonly values: readonly [string] }

type Name<List extends Attributes> = keyof List & string
type NameOf<List extends Attributes, Wanted extends Kind> = {
  [Key in Name<List>]: List[Key]['kind'] extends Wanted ? Key : never
}[Name<List>]
type Value<List extends Attributes, Key extends keyof List> = Kinds[List[Key]['kind']]
type AtLeastOne<Item> = readonly [Item, ...Item[]]

/** What filters have in common with whole queries. Nothing here changes: each method gives a new value. */
abstract class Clauses<List extends Attributes> {
  readonly attributes: List
  readonly clauses: readonly Clause[]

  constructor(attributes: List, clauses: readonly Clause[]) {
    this.attributes = attributes
    this.clauses = clauses
  }

  /** One of these values. */
  equal<Key extends Name<List>>(attribute: Key, values: AtLeastOne<Value<List, Key>>): this {
    return this.with(this.filter('equal', attribute, values))
  }

  notEqual<Key extends Name<List>>(attribute: Key, value: Value<List, Key>): this {
    return this.with(this.filter('notEqual', attribute, [value]))
  }

  lessThan<Key extends Name<List>>(attribute: Key, value: Value<List, Key>): this {
    return this.with(this.filter('lessThan', attribute, [value]))
  }

  lessThanEqual<Key extends Name<List>>(attribute: Key, value: Value<List, Key>): this {
    return this.with(this.filter('lessThanEqual', attribute, [value]))
  }

  greaterThan<Key extends Name<List>>(attribute: Key, value: Value<List, Key>): this {
    return this.with(this.filter('greaterThan', attribute, [value]))
  }

  greaterThanEqual<Key extends Name<List>>(attribute: Key, value: Value<List, Key>): this {
    return this.with(this.filter('greaterThanEqual', attribute, [value]))
  }

  /** Both ends included. */
  between<Key extends Name<List>>(attribute: Key, from: Value<List, Key>, to: Value<List, Key>): this {
    return this.with(this.filter('between', attribute, [from, to]))
  }

  /** An attribute that is a list holds one of these values; in a text, one of these pieces. */
  contains(attribute: NameOf<List, 'text'>, values: AtLeastOne<string>): this {
    return this.with(this.filter('contains', attribute, values))
  }

  /** Needs a full-text index on the server, which few attributes have. */
  search(attribute: NameOf<List, 'text'>, words: string): this {
    return this.with(this.filter('search', attribute, [words]))
  }

  startsWith(attribute: NameOf<List, 'text'>, start: string): this {
    return this.with(this.filter('startsWith', attribute, [start]))
  }

  endsWith(attribute: NameOf<List, 'text'>, end: string): this {
    return this.with(this.filter('endsWith', attribute, [end]))
  }

  isNull(attribute: Name<List>): this {
    return this.with({ method: 'isNull', attribute, values: [] })
  }

  isNotNull(attribute: Name<List>): this {
    return this.with({ method: 'isNotNull', attribute, values: [] })
  }

  /** Made at this time or later. */
  createdFrom(atMs: number): this {
    return this.with({ method: 'greaterThanEqual', attribute: '$createdAt', values: [timeText(atMs)] })
  }

  /** Made at this time or before. */
  createdUntil(atMs: number): this {
    return this.with({ method: 'lessThanEqual', attribute: '$createdAt', values: [timeText(atMs)] })
  }

  /** All of these hold. The server wants at least two. */
  and(...parts: readonly [Filters<List>, Filters<List>, ...Filters<List>[]]): this {
    return this.with({ method: 'and', clauses: parts.map(asOne) })
  }

  /** One of these holds. The server wants at least two. */
  or(...parts: readonly [Filters<List>, Filters<List>, ...Filters<List>[]]): this {
    return this.with({ method: 'or', clauses: parts.map(asOne) })
  }

  /** The same with one clause more. */
  protected abstract with(clause: Clause): this

  private filter(
    method: 'equal' | 'contains' | 'between' | Comparison | TextMatch,
    attribute: Name<List>,
    values: readonly (string | number | boolean)[]
  ): Clause {
    // JSON would write them as null, which is another question.
    if (values.some((value) => typeof value === 'number' && !Number.isFinite(value))) {
      throw invalidQuery(`“${attribute}” cannot be compared with what is no number.`)
    }
    const isTime = this.attributes[attribute]?.kind === 'time'
    return { method, attribute, values: isTime ? values.map((value) => timeText(Number(value))) : values }
  }
}

/** Conditions alone: what may be nested in `and` and `or`, and be walked page by page. */
export class Filters<List extends Attributes> extends Clauses<List> {
  readonly kind = 'filters'

  protected override with(clause: Clause): this {
    return new Filters(this.attributes, [...this.clauses, clause]) as this // this class has no subclass
  }
}

/** Conditions, order and page of one list call. */
export class Query<List extends Attributes> extends Clauses<List> {
  readonly kind = 'query'

  /** Starts from conditions that a caller gave. */
  static of<List extends Attributes>(filters: Filters<List>): Query<List> {
    return new Query(filters.attributes, filters.clauses)
  }

  orderAsc(attribute: Name<List>): this {
    return this.with({ method: 'orderAsc', attribute })
  }

  orderDesc(attribute: Name<List>): this {
    return this.with({ method: 'orderDesc', attribute })
  }

  /** By time of creation; without an order a list begins with its oldest. */
  newestFirst(): this {
    return this.with({ method: 'orderDesc', attribute: '$createdAt' })
  }

  oldestFirst(): this {
    return this.with({ method: 'orderAsc', attribute: '$createdAt' })
  }

  /** From 1; the server's own page has 25. */
  limit(count: number): this {
    return this.with({ method: 'limit', values: [wholeFrom(1, count, 'limit')] })
  }

  offset(count: number): this {
    return this.with({ method: 'offset', values: [wholeFrom(0, count, 'offset')] })
  }

  /** What follows this document, in the order of the query. Fails once the document is deleted. */
  cursorAfter(id: string): this {
    return this.with({ method: 'cursorAfter', values: [id] })
  }

  cursorBefore(id: string): this {
    return this.with({ method: 'cursorBefore', values: [id] })
  }

  protected override with(clause: Clause): this {
    return new Query(this.attributes, [...this.clauses, clause]) as this // this class has no subclass
  }
}

/** Begins a query for the list with these attributes: `query(executionAttributes).equal('status', ['failed'])`. */
export function query<List extends Attributes>(attributes: List): Query<List> {
  return new Query(attributes, [])
}

/** Begins conditions for the list with these attributes. */
export function where<List extends Attributes>(attributes: List): Filters<List> {
  return new Filters(attributes, [])
}

/** What is nested is one condition: several in one `Filters` are joined as a list of queries is, by `and`. */
function asOne<List extends Attributes>({ clauses }: Filters<List>): Clause {
  const [first] = clauses
  if (first === undefined) throw invalidQuery('A condition inside “and” or “or” is empty.')
  return clauses.length === 1 ? first : { method: 'and', clauses }
}

function wholeFrom(least: number, count: number, name: string): number {
  if (Number.isSafeInteger(count) && count >= least) return count
  throw invalidQuery(`${count} is no ${name}: it is a whole number from ${least} on.`)
}

/** The fault for a query no server would take. */
export function invalidQuery(message: string): Failure {
  return new Failure({ code: 'invalid', field: 'query', message: `${message} Ask in another way.` })
}
