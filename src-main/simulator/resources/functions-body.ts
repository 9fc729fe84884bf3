import { ApiError } from '../http/api-error.ts'
import { idRule, isIdLike } from '../lists/id-form.ts'

type Fields = Readonly<Record<string, unknown>>

/** Refuses a parameter, in the words every refusal of one begins with. */
export function refuseParam(name: string, why: string): never {
  throw new ApiError('general_argument_invalid', `Invalid \`${name}\` param: ${why}`)
}

/** Refuses a request that leaves a parameter out which has no default. */
export function requireParam(fields: Fields, name: string): void {
  if (!(name in fields)) throw new ApiError('general_argument_invalid', `Param "${name}" is not optional.`)
}

const charactersOf = (text: string) => Array.from(text).length

/** A text of so many characters; `fallback` where it is left out. */
export function textField(
  fields: Fields,
  name: string,
  fallback: string,
  { least, most }: { readonly least: number; readonly most: number }
): string {
  const value = name in fields ? fields[name] : fallback
  if (typeof value === 'string' && charactersOf(value) <= most) {
    if (!(name in fields) || charactersOf(value) >= least) return value
  }
  const atLeast = least > 0 ? ` and at least ${least} chars` : ''
  return refuseParam(name, `Value must be a valid string${atLeast} and no longer than ${most} chars`)
}

/** A yes or no, also as the texts and numbers that PHP takes for one. */
export function booleanField(fields: Fields, name: string, fallback: boolean): boolean {
  const value = name in fields ? fields[name] : fallback
  if (value === true || value === 'true' || value === 1 || value === '1') return true
  if (value === false || value === 'false' || value === 0 || value === '0') return false
  return refuseParam(name, 'Value must be a valid boolean')
}

/** An id that the sender chooses, or `null` for `unique()`, which asks the server to make one. */
export function newIdField(fields: Fields, name: string): string | null {
  const value = fields[name]
  if (value === 'unique()') return null
  if (isIdLike(value)) return value
  return refuseParam(name, `Parameter ${idRule}`)
}

/** The id of something that is there. */
export function idField(fields: Fields, name: string): string {
  const value = fields[name]
  if (isIdLike(value)) return value
  return refuseParam(name, `UID ${idRule}`)
}
