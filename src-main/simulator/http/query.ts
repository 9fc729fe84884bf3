/** A query string as PHP reads it: the last of equal names wins, and `name[]` or `name[0]` makes a list. */
export type Query = ReadonlyMap<string, string | readonly string[]>

export function parseQuery(text: string): Query {
  const query = new Map<string, string | readonly string[]>()
  for (const [rawName, value] of new URLSearchParams(text)) {
    const bracket = rawName.indexOf('[')
    if (bracket <= 0) {
      query.set(rawName, value)
      continue
    }
    const name = rawName.slice(0, bracket)
    const before = query.get(name)
    query.set(name, typeof before === 'object' ? [...before, value] : [value])
  }
  return query
}
