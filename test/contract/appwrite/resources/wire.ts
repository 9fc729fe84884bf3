/** Documents as servers send them, written by hand after the API facts; `more` overrides and adds fields. */
type Fields = Readonly<Record<string, unknown>>

/** When every document here was made and changed, as a client reads it. */
export const createdAtMs = Date.UTC(2026, 10, 24, 8, 0, 0, 123)
export const updatedAtMs = Date.UTC(2026, 10, 24, 8, 0, 1)

const times = { $createdAt: '2026-11-24T08:00:00.123+00:00', $updatedAt: '2026-11-24T08:00:01.000+00:00' }

export const wireFunction = (more: Fields = {}) => ({
  $id: 'resize',
  ...times,
  execute: ['any'],
  name: 'Resize',
  enabled: true,
  live: false,
  logging: true,
  runtime: 'node-18.0',
  deployment: 'd1',
  vars: [{ $id: 'v1', ...times, key: 'TOKEN', value: 'hunter2', resourceType: 'function', resourceId: 'resize' }],
  events: [],
  schedule: '',
  timeout: 15,
  entrypoint: 'index.js',
  commands: 'npm ci',
  version: 'v4',
  installationId: '',
  providerRepositoryId: '',
  providerBranch: '',
  providerRootDirectory: '',
  providerSilentMode: false,
  ...more
})

export const wireDeployment = (more: Fields = {}) => ({
  $id: 'd1',
  ...times,
  type: 'manual',
  resourceId: 'resize',
  resourceType: 'functions',
  entrypoint: 'index.js',
  size: 191,
  buildId: 'b1',
  activate: true,
  status: 'ready',
  buildLogs: '\u001b[32mDone.',
  buildTime: 3,
  providerRepositoryName: '',
  providerRepositoryOwner: '',
  providerRepositoryUrl: '',
  providerBranch: '',
  providerCommitHash: '',
  providerCommitAuthorUrl: '',
  providerCommitAuthor: '',
  providerCommitMessage: '',
  providerCommitUrl: '',
  providerBranchUrl: '',
  ...more
})

export const wireExecution = (more: Fields = {}) => ({
  $id: 'e1',
  ...times,
  $permissions: [],
  functionId: 'resize',
  trigger: 'http',
  status: 'completed',
  requestMethod: 'POST',
  requestPath: '/echo?x=1',
  requestHeaders: [{ name: 'content-type', value: 'application/json' }],
  responseStatusCode: 200,
  responseBody: '',
  responseHeaders: [],
  logs: 'one\ntwo',
  errors: '',
  duration: 0.042,
  ...more
})

export const wireVariable = (more: Fields = {}) => ({
  $id: 'v1',
  ...times,
  key: 'TOKEN',
  value: 'hunter2',
  resourceType: 'function',
  resourceId: 'resize',
  ...more
})

export const wireMessage = (more: Fields = {}) => ({
  $id: 'm1',
  ...times,
  providerType: 'email',
  topics: ['ops'],
  users: [],
  targets: [],
  scheduledAt: null,
  deliveredAt: null,
  deliveryErrors: [],
  deliveredTotal: 0,
  data: { subject: 'Hello', content: 'Body', html: false, cc: [], bcc: [], attachments: [] },
  status: 'draft',
  ...more
})

export const wireTarget = (more: Fields = {}) => ({
  $id: 't1',
  ...times,
  name: '',
  userId: 'u1',
  providerId: null,
  providerType: 'email',
  identifier: 'u1@example.com',
  ...more
})

export const wireUser = (more: Fields = {}) => ({
  $id: 'u1',
  ...times,
  name: 'Una',
  password: '$argon2id$v=19$salt$hash',
  hash: 'argon2',
  hashOptions: { type: 'argon2' },
  registration: times.$createdAt,
  status: true,
  labels: [],
  passwordUpdate: '',
  email: 'u1@example.com',
  phone: '',
  emailVerification: false,
  phoneVerification: false,
  mfa: false,
  prefs: [],
  targets: [wireTarget()],
  accessedAt: '',
  ...more
})

export const wireProvider = (more: Fields = {}) => ({
  $id: 'p1',
  ...times,
  name: 'Mail',
  provider: 'mailgun',
  enabled: true,
  type: 'email',
  credentials: { apiKey: 'key-of-the-provider' },
  options: { fromEmail: 'a@example.com' },
  ...more
})

export const wireTopic = (more: Fields = {}) => ({
  $id: 'ops',
  ...times,
  name: 'Ops',
  emailTotal: 2,
  smsTotal: 0,
  pushTotal: 1,
  subscribe: ['users'],
  ...more
})

/** An error as Appwrite sends it. */
export const wireError = (code: number, type: string, message = `Told: ${type}`) => ({
  message,
  code,
  type,
  version: '1.9.6'
})
