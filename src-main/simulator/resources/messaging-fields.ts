import { ApiError } from '../http/api-error.ts'
import type { Asked } from '../http/route.ts'
import { requireProject } from '../http/access.ts'
import { idRule, isIdLike } from '../lists/id-form.ts'
import { isFrom, type Version } from '../versions/version.ts'
import type { MessagingWorld } from '../world/messaging/messaging-world.ts'
import { refuseParam } from './functions-body.ts'

type Fields = Readonly<Record<string, unknown>>

const idListRule = `Value must a valid array and UID ${idRule}`

/** The messaging of the project a request is about. */
export function messagingOf({ access }: Asked): MessagingWorld {
  return requireProject(access).messaging
}

/** A list of ids; `fallback` where it is left out or null. */
export function idListField(fields: Fields, name: string, fallback: readonly string[]): readonly string[] {
  const value = fields[name] ?? fallback
  if (!Array.isArray(value)) return refuseParam(name, idListRule)
  const ids = value.filter(isIdLike)
  return ids.length === value.length ? ids : refuseParam(name, idListRule)
}

/** Files as `bucket:file`, each of which must be there. */
export function requireFile(world: MessagingWorld, name: string): { bucketId: string; fileId: string } {
  const [bucketId = '', fileId = ''] = name.split(':')
  const bucket = world.files.filter((file) => file.startsWith(`${bucketId}:`))
  if (bucket.length === 0) throw new ApiError('storage_bucket_not_found')
  if (!bucket.includes(`${bucketId}:${fileId}`)) throw new ApiError('storage_file_not_found')
  return { bucketId, fileId }
}

/** Names of files, of a form that may be one. */
export function fileNamesField(fields: Fields, name: string): readonly string[] | null {
  const value = fields[name] ?? null
  if (value === null) return null
  const rule = 'Value must a valid array and UID must contain two valid ids, separated by a colon'
  if (!Array.isArray(value)) return refuseParam(name, rule)
  const names = value.filter((file): file is string => typeof file === 'string' && /^[^:]+:[^:]+$/.test(file))
  return names.length === value.length ? names : refuseParam(name, rule)
}

function futureRule(version: Version): string {
  if (!isFrom(version, '1.6')) return 'Value must be valid date in future.'
  const rule = 'Value must be valid date in the future and between 0000-01-01 00:00:00 and 9999-12-31 00:00:00.'
  return isFrom(version, '1.9') ? `${rule} or null` : rule
}

/** A moment still to come, Unix milliseconds; `null` where it is left out. */
export function futureField(fields: Fields, name: string, version: Version, nowMs: number): number | null {
  const value = fields[name] ?? null
  if (value === null) return null
  const atMs = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return atMs > nowMs ? atMs : refuseParam(name, futureRule(version))
}
