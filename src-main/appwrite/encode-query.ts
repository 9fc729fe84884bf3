import { Failure } from '../core/failure.ts'
import type { Attribute, Attributes } from './attributes.ts'
import { unsupportedBy } from './offers.ts'
import { invalidQuery, type Clause, type Query } from './queries.ts'
import { isAtLeast, type ServerVersion } from './versions.ts'

/** The documented limits of the server: so many queries, each so many characters long. */
const maxQueries = 100
const maxLength = 4096

/**
 * The pairs `queries[0]=…` of a URL, under the names this version has for the attributes. Throws `unsupported` for an
 * attribute the version does not take, and `invalid` past the server's limits: both before anything is sent.
 */
export function encodeQuery<List extends Attributes>(
  { attributes, clauses }: Query<List>,
  version: ServerVersion | null
): [name: string, value: string][] {
  if (clauses.length > maxQueries)
    throw invalidQuery(`There are ${clauses.length} queries; Appwrite takes ${maxQueries}.`)
  return clauses.map((clause, index) => {
    const value = JSON.stringify(wireForm(clause, attributes, version))
    if (value.length > maxLength) {
      throw invalidQuery(`One query is ${value.length} characters long; Appwrite takes ${maxLength}.`)
    }
    return [`queries[${index}]`, value]
  })
}

function wireForm(clause: Clause, attributes: Attributes, version: ServerVersion | null): object {
  const { method } = clause
  if ('clauses' in clause) return { method, values: clause.clauses.map((part) => wireForm(part, attributes, version)) }
  if (!('attribute' in clause)) return { method, values: clause.values }
  const values = 'values' in clause && clause.values.length > 0 ? { values: clause.values } : {}
  return { method, attribute: wireName(clause.attribute, attributes, version), ...values }
}

function wireName(name: string, attributes: Attributes, version: ServerVersion | null): string {
  const { since = '1.5.0', until, before }: Attribute = attributes[name] ?? { kind: 'text' }
  const isTaken = since === '1.5.0' || isAtLeast(version, since)
  if (!isTaken || (until !== undefined && isAtLeast(version, until))) {
    throw new Failure(
      unsupportedBy(version, `lists by “${name}”`, { since, ...(until === undefined ? {} : { until }) })
    )
  }
  return before === undefined || isAtLeast(version, before.version) ? name : before.name
}
