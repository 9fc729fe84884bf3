/** What a JSON value is made of: fields and types, without its values. A list is its first item. */
export type Shape = string | readonly Shape[] | { readonly [field: string]: Shape }

/** The shape of a JSON value. */
export function shapeOf(value: unknown): Shape {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shapeOf(field)]))
}

/**
 * What of an expected shape is not so in a found one, by its path. An empty list says nothing of its items, and `null`
 * stands for a value that is not there yet.
 */
export function differences(expected: Shape, found: Shape, path = ''): readonly string[] {
  if (expected === 'null' || found === 'null') return []
  if (Array.isArray(expected) || Array.isArray(found)) {
    if (!Array.isArray(expected) || !Array.isArray(found)) return [`${path}: a list on one side only`]
    const [a, b] = [expected[0] as Shape | undefined, found[0] as Shape | undefined]
    return a === undefined || b === undefined ? [] : differences(a, b, `${path}[]`)
  }
  if (typeof expected === 'string' || typeof found === 'string') {
    return expected === found ? [] : [`${path}: ${JSON.stringify(found)} in the place of ${JSON.stringify(expected)}`]
  }
  const [a, b] = [expected as Readonly<Record<string, Shape>>, found as Readonly<Record<string, Shape>>]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) => {
    const [theirs, ours] = [a[name], b[name]]
    if (theirs === undefined) return [`${path}.${name}: only ours`]
    return ours === undefined ? [`${path}.${name}: missing`] : differences(theirs, ours, `${path}.${name}`)
  })
}
