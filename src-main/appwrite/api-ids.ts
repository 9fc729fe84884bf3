import { Failure } from '../core/failure.ts'

/** As Appwrite makes and takes them (API facts §3). */
const form = /^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/

/**
 * A path of the API with ids put in: ``api`/functions/${functionId}/executions` ``. What is no id is refused as
 * `invalid` before anything is sent: it would make another path.
 */
export function api(parts: TemplateStringsArray, ...ids: readonly string[]): string {
  return parts.map((part, index) => part + (index === ids.length ? '' : checkedId(ids[index] ?? ''))).join('')
}

/** The id itself. Throws `invalid`, naming `field`, for what Appwrite cannot have made or taken as an id. */
export function checkedId(id: string, field?: string): string {
  if (form.test(id)) return id
  throw new Failure({
    code: 'invalid',
    ...(field === undefined ? {} : { field }),
    message:
      'An id is empty or holds what no id of Appwrite does: it is up to 36 letters, digits, “.”, “_” and “-”, and begins with a letter or digit. Copy it again from the Appwrite console.'
  })
}
