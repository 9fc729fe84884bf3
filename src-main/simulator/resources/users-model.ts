import { isFrom, type Version } from '../versions/version.ts'
import type { User } from '../world/messaging/user.ts'
import { isoTime } from './functions-fields.ts'
import { targetJson } from './messaging-model.ts'

const dayMs = 24 * 3_600_000

function hashOptions(version: Version): Record<string, unknown> {
  const rest = { threads: 3 }
  if (isFrom(version, '1.9')) return { type: 'argon2', memory_cost: 65_536, time_cost: 4, ...rest }
  return { type: 'argon2', memoryCost: 2048, timeCost: 4, ...rest }
}

/** A user in a version's own model, with the password's hash: so the real server tells it. */
export function userJson(user: User, version: Version): Record<string, unknown> {
  const isNewest = isFrom(version, '1.9')
  return {
    $id: user.id,
    $createdAt: isoTime(user.createdAtMs),
    $updatedAt: isoTime(user.updatedAtMs),
    name: user.name,
    password: user.passwordHash,
    hash: 'argon2',
    hashOptions: hashOptions(version),
    registration: isoTime(user.createdAtMs),
    status: user.isActive,
    labels: user.labels,
    passwordUpdate: isoTime(user.createdAtMs),
    email: user.email,
    phone: user.phone,
    emailVerification: user.isEmailVerified,
    ...(isNewest
      ? {
          emailCanonical: user.email,
          emailIsFree: false,
          emailIsDisposable: false,
          emailIsCorporate: false,
          emailIsCanonical: true
        }
      : {}),
    phoneVerification: user.isPhoneVerified,
    mfa: user.hasMfa,
    prefs: {},
    targets: user.targets.map((target) => targetJson(target, version)),
    // Kept to the day.
    accessedAt: isoTime(Math.floor(user.accessedAtMs / dayMs) * dayMs),
    ...(isNewest ? { impersonator: false, impersonatorUserId: null } : {})
  }
}
