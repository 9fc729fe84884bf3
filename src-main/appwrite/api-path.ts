import { Failure } from '../core/failure.ts'

const usual = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/
const encoded = /^[\w.~!$&'()*+,;=:@%-]+$/
// eslint-disable-next-line no-control-regex -- as said
const steering = /[/\\?#%\u0000-\u001f\u007f]/

/**
 * Throws `invalid` for a path that a server, or a proxy in front, could read as another one: with dot segments, empty
 * segments, a query of its own, or encoded characters that separate. No id of Appwrite holds any of them. The empty path
 * is the endpoint itself.
 */
export function checkPath(path: string): void {
  if (usual.test(path) || (path.startsWith('/') && path.slice(1).split('/').every(isPlain))) return
  throw new Failure({
    code: 'invalid',
    message: 'An id holds characters that no id of Appwrite has, so nothing was sent. Copy it again from its source.',
    detail: JSON.stringify(path.slice(0, 200))
  })
}

/** Whether a path that `checkPath` let pass leads to GraphQL, however it is spelt. */
export function isGraphQL(path: string): boolean {
  return usual.test(path) ? /^\/graphql/i.test(path) : /^\/graphql/i.test(decodeURIComponent(path))
}

function isPlain(segment: string): boolean {
  if (!encoded.test(segment)) return false
  try {
    const text = decodeURIComponent(segment)
    return text !== '.' && text !== '..' && !steering.test(text)
  } catch {
    return false
  }
}
