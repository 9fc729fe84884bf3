import { ApiError } from './api-error.ts'
import type { Query } from './query.ts'

function refuse(name: string, why: string): never {
  throw new ApiError('general_argument_invalid', `Invalid \`${name}\` param: ${why}`)
}

const grouped = (value: bigint) => value.toString().replace(/\B(?=(\d{3})+$)/g, ',')

/** Text that PHP takes for a whole number; one that does not fit into `bits` is refused. */
export function integerParam(query: Query, name: string, fallback: number, bits: 32 | 64 = 64): number {
  const value = query.get(name)
  if (value === undefined) return fallback
  const most = 2n ** BigInt(bits - 1) - 1n
  const range = bits === 64 ? 'integer' : `signed 32-bit integer between ${grouped(-most - 1n)} and ${grouped(most)}`
  const why = `Value must be a valid ${range}`
  if (typeof value !== 'string' || !/^\s*[+-]?\d+\s*$/.test(value)) refuse(name, why)
  const number = BigInt(value.trim().replace(/^\+/, ''))
  if (BigInt.asIntN(bits, number) !== number) refuse(name, why)
  return Number(number)
}

export function textParam(query: Query, name: string, fallback: string, maxLength: number): string {
  const value = query.get(name)
  if (value === undefined) return fallback
  if (typeof value !== 'string' || value === '' || Array.from(value).length > maxLength) {
    refuse(name, `Value must be a valid string and at least 1 chars and no longer than ${maxLength} chars`)
  }
  return value
}

export function oneOf(name: string, value: string, allowed: readonly string[]): string {
  if (!allowed.includes(value)) refuse(name, `Value must be one of (${allowed.join(', ')})`)
  return value
}

const reservedEndings = ['test', 'localhost', 'local', 'internal', 'invalid', 'example']

/** The host of a public domain or of a full URL. One text tells of both rules, whichever was broken. */
export function publicDomain(name: string, value: string | readonly string[]): string {
  const why = '1. Value must be a valid domain \n2. Value must be a public domain \n'
  if (typeof value !== 'string') refuse(name, why)
  const host = URL.canParse(value) ? new URL(value).hostname : value
  const labels = host.toLowerCase().split('.')
  const ending = labels.at(-1) ?? ''
  const isDomain = labels.length > 1 && labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label))
  if (!isDomain || !/^[a-z]/.test(ending) || reservedEndings.includes(ending)) refuse(name, why)
  return host.toLowerCase()
}
