/** A query string as PHP reads it: the last of equal names wins, and `name[]` or `name[0]` makes a list. */
export type Query = ReadonlyMap<string, string | readonly string[]>

export function parseQuery(text: string): Query {
  const singles = new Map<string, string>()
  const lists = new Map<string, Map<string, string>>()
  for (const [rawName, value] of new URLSearchParams(text)) {
    const bracket = rawName.indexOf('[')
    if (bracket <= 0) {
      singles.set(rawName, value)
      lists.delete(rawName)
      continue
    }
    const name = rawName.slice(0, bracket)
    const list = lists.get(name) ?? new Map<string, string>()
    const index = rawName.slice(bracket + 1).replace(/\].*$/, '')
    list.set(index === '' ? `next ${list.size}` : index, value)
    lists.set(name, list)
    singles.delete(name)
  }
  return new Map<string, string | readonly string[]>([
    ...singles,
    ...[...lists].map(([name, list]) => [name, [...list.values()]] as const)
  ])
}
