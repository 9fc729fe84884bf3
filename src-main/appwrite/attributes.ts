import type { Boundary } from './versions.ts'

/** What a query compares an attribute with: times are milliseconds since 1970 here, ISO text on the wire. */
export interface Kinds {
  readonly text: string
  readonly number: number
  readonly boolean: boolean
  readonly time: number
}

export type Kind = keyof Kinds

/** An attribute a list may be filtered and ordered by, under the name it has in the newest version. */
export interface Attribute {
  readonly kind: Kind
  /** The version that first takes it; absent: all. */
  readonly since?: Boundary
  /** The version that no longer takes it. */
  readonly until?: Boundary
  /** The name it had before a version. */
  readonly before?: { readonly version: Boundary; readonly name: string }
}

export type Attributes = Readonly<Record<string, Attribute>>

const text = { kind: 'text' } as const
const number = { kind: 'number' } as const
const boolean = { kind: 'boolean' } as const
const time = { kind: 'time' } as const

const everywhere = { $id: text, $createdAt: time, $updatedAt: time } as const

/** `GET /functions`. The active deployment was called `deployment` before 1.7. */
export const functionAttributes = {
  ...everywhere,
  name: text,
  enabled: boolean,
  runtime: text,
  deploymentId: { kind: 'text', before: { version: '1.7.0', name: 'deployment' } },
  schedule: text,
  scheduleNext: time,
  schedulePrevious: time,
  timeout: number,
  entrypoint: text,
  commands: text,
  installationId: text
} as const satisfies Attributes

/** `GET /functions/{functionId}/deployments`. There is no filtering by `status` before 1.7. */
export const deploymentAttributes = {
  ...everywhere,
  activate: boolean,
  type: { kind: 'text', since: '1.6.0' },
  size: { kind: 'number', until: '1.7.0' },
  buildId: { kind: 'text', until: '1.7.0' },
  entrypoint: { kind: 'text', until: '1.7.0' },
  commands: { kind: 'text', until: '1.7.0' },
  status: { kind: 'text', since: '1.7.0' },
  sourceSize: { kind: 'number', since: '1.7.0' },
  buildSize: { kind: 'number', since: '1.7.0' },
  totalSize: { kind: 'number', since: '1.7.0' },
  buildDuration: { kind: 'number', since: '1.7.0' }
} as const satisfies Attributes

/** `GET /functions/{functionId}/executions`. `duration` is in seconds. */
export const executionAttributes = {
  ...everywhere,
  trigger: text,
  status: text,
  responseStatusCode: number,
  duration: number,
  requestMethod: { kind: 'text', since: '1.6.0' },
  requestPath: { kind: 'text', since: '1.6.0' },
  deploymentId: { kind: 'text', since: '1.6.0' }
} as const satisfies Attributes

/** `GET /functions/{functionId}/variables`, which takes no queries before 1.9.5. */
export const variableAttributes = {
  ...everywhere,
  key: { kind: 'text', since: '1.9.5' },
  resourceType: { kind: 'text', since: '1.9.5' },
  resourceId: { kind: 'text', since: '1.9.5' },
  secret: { kind: 'boolean', since: '1.9.5' }
} as const satisfies Attributes

/** `GET /messaging/messages`. The reference names `description` too, for which no server has a column: it fails. */
export const messageAttributes = {
  ...everywhere,
  scheduledAt: time,
  deliveredAt: time,
  deliveredTotal: number,
  status: text,
  providerType: text
} as const satisfies Attributes

/** `GET /messaging/topics`. */
export const topicAttributes = {
  ...everywhere,
  name: text,
  description: text,
  emailTotal: number,
  smsTotal: number,
  pushTotal: number
} as const satisfies Attributes

/** `GET /messaging/providers`. */
export const providerAttributes = {
  ...everywhere,
  name: text,
  provider: text,
  type: text,
  enabled: boolean
} as const satisfies Attributes

/** `GET /users/{userId}/targets` and `GET /messaging/messages/{messageId}/targets`. */
export const targetAttributes = {
  ...everywhere,
  userId: text,
  providerId: text,
  identifier: text,
  providerType: text
} as const satisfies Attributes

/** `GET /users`. */
export const userAttributes = {
  ...everywhere,
  name: text,
  email: text,
  phone: text,
  status: boolean,
  passwordUpdate: time,
  registration: time,
  emailVerification: boolean,
  phoneVerification: boolean,
  labels: text
} as const satisfies Attributes
