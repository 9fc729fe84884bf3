/** What no schema looks for, and no reply of Appwrite holds. */
export interface Oddity {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** Far above what Appwrite sends, far below what would overflow the stack of those who pass it on. */
const maxDepth = 200

/** The first number that JSON has already rounded, or the first value nested too deep; `null` when all is well. */
export function firstOddity(value: unknown): Oddity | null {
  return oddityIn(value, 0)
}

function oddityIn(value: unknown, depth: number): Oddity | null {
  if (typeof value === 'number') {
    const isItself = Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))
    return isItself ? null : { path: [], message: 'a number beyond 2^53' }
  }
  if (typeof value !== 'object' || value === null) return null
  if (depth === maxDepth) return { path: [], message: `nested more than ${maxDepth} levels deep` }
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      const found = oddityIn(value[at], depth + 1)
      if (found !== null) return { ...found, path: [at, ...found.path] }
    }
    return null
  }
  for (const key in value) {
    const found = oddityIn((value as Readonly<Record<string, unknown>>)[key], depth + 1) // any object may be read so
    if (found !== null) return { ...found, path: [key, ...found.path] }
  }
  return null
}
