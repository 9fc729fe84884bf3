import type { ReferenceOperation } from '../../../src-main/appwrite/operations.ts'
import { functions } from './functions.ts'
import { graphql } from './graphql.ts'
import { health, healthOf15 } from './health.ts'
import { locale } from './locale.ts'
import { messaging } from './messaging.ts'
import type { official13 } from './official.ts'
import type { Check } from './stage.ts'

/** Operations of the reference that node-appwrite 26 has no call for, and why. */
export const absentIn26 = {
  'GET /health/queue': 'gone from Appwrite with 1.6.2; there is no getQueue',
  'GET /health/queue/usage': 'replaced in 1.6.2; getQueueUsage asks for stats-usage',
  'GET /health/queue/usage-dump': 'replaced in 1.6.2; there is no getQueueUsageDump'
} as const satisfies Partial<Readonly<Record<ReferenceOperation, string>>>

export type SharedOperation = Exclude<ReferenceOperation, keyof typeof absentIn26>

/** Every operation of the reference that both official clients have: one left out does not compile. */
export const shared = {
  ...functions,
  ...graphql,
  ...health,
  ...locale,
  ...messaging
} as const satisfies Readonly<Record<SharedOperation, Check>>

/** All fifty, of which node-appwrite 13 lacks none. */
export const all = { ...shared, ...healthOf15 } as const satisfies Readonly<
  Record<ReferenceOperation, Check<ReturnType<typeof official13>>>
>
