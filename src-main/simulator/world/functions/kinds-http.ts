import { unreachable } from './unreachable.ts'
import { basis, silence, type Kind } from './kind.ts'
import type { Scene, Words } from './profile.ts'
import { clock, euros, executorError, nodeRoot, nodeStack, reference } from './words.ts'

const json = (fields: Readonly<Record<string, unknown>>) => JSON.stringify(fields)

const requestId = ({ dice }: Scene) => `req-${dice.hex(8)}`

const apiLog: Words = (scene) => {
  const { dice, method, path, durationMs } = scene
  const reqId = requestId(scene)
  const lines = [json({ level: 'info', reqId, msg: `${method} ${path}` })]
  if (method === 'POST') {
    lines.push(json({ level: 'info', reqId, msg: 'stored', id: reference(dice, 'ord'), total: `${euros(dice)} EUR` }))
  }
  if (dice.isHit(0.12)) lines.push(json({ level: 'warn', reqId, msg: 'slow query', ms: Math.round(durationMs * 0.7) }))
  lines.push(json({ level: 'info', reqId, msg: 'done', ms: Math.round(durationMs) }))
  return `${lines.join('\n')}\n`
}

const appwriteError: Words = () =>
  [
    'AppwriteException: Document with the requested ID could not be found.',
    `    at Client.call (${nodeRoot}/node_modules/node-appwrite/lib/client.js:192:31)`,
    nodeStack('src/main.js', 64, 20)
  ].join('\n')

/** Answers the shop's or app's own calls, quickly and all day. */
export const api: Kind = (naming) => ({
  ...basis(naming),
  execute: ['any'],
  scopes: ['databases.read', 'documents.read', 'documents.write'],
  runsPerHour: 26,
  variables: [
    { key: 'APPWRITE_DATABASE_ID', value: 'shop', isSecret: false },
    { key: 'PAYMENT_API_KEY', value: 'pk_live_51Nw8QhJ2eZvKYlo2C', isSecret: true },
    { key: 'LOG_LEVEL', value: 'info', isSecret: false },
    { key: 'MARKETS', value: 'de,at,ch,no,dk', isSecret: false }
  ],
  tasks: [
    {
      weight: 6,
      trigger: 'http',
      method: 'GET',
      path: ({ dice }) => `/${naming.noun}s/${dice.hex(12)}`,
      medianMs: 48,
      spread: 0.5,
      logs: apiLog,
      endings: [
        { weight: 94, code: 200 },
        { weight: 5, code: 404 },
        { weight: 1, code: 500, errors: appwriteError }
      ]
    },
    {
      weight: 3,
      trigger: 'http',
      method: 'POST',
      path: () => `/${naming.noun}s`,
      medianMs: 160,
      spread: 0.5,
      logs: apiLog,
      endings: [
        { weight: 93, code: 201 },
        { weight: 5, code: 422 },
        { weight: 2, code: 502, errors: unreachable(naming.upstream) }
      ]
    },
    {
      weight: 1,
      trigger: 'http',
      method: 'GET',
      path: () => '/health',
      medianMs: 9,
      spread: 0.3,
      logs: silence,
      endings: [{ weight: 1, code: 200 }]
    }
  ]
})

const relayLog =
  (upstream: string): Words =>
  ({ dice, atMs, path }) => {
    const event = dice.pick(['payment.captured', 'payment.failed', 'refund.created', 'dispute.opened'])
    return [
      `[${clock(atMs)}] ${path} ${event} ${reference(dice, 'evt')}`,
      `[${clock(atMs + 8)}] signature ok, age ${dice.int(0, 4)} s`,
      `[${clock(atMs + 30)}] → https://${upstream}/hooks (attempt 1)`,
      ''
    ].join('\n')
  }

/** Takes webhooks in and hands them on to a system that is not always there. */
export const relay: Kind = (naming) => ({
  ...basis(naming),
  execute: ['any'],
  timeoutS: 20,
  runsPerHour: 11,
  sourceBytes: 9_400,
  variables: [
    { key: 'WEBHOOK_SECRET', value: 'whsec_8mC0ZbQeV3Jx1sTnR5uKfG', isSecret: true },
    { key: 'FORWARD_URL', value: `https://${naming.upstream}/hooks`, isSecret: false },
    { key: 'RETRY_MAX', value: '3', isSecret: false }
  ],
  tasks: [
    {
      weight: 1,
      trigger: 'http',
      method: 'POST',
      path: ({ dice }) => dice.pick(['/hooks/stripe', '/hooks/stripe', '/hooks/klarna']),
      medianMs: 310,
      spread: 0.7,
      logs: relayLog(naming.upstream),
      endings: [
        { weight: 92, code: 202 },
        {
          weight: 3,
          code: 401,
          logs: (scene) => `[${clock(scene.atMs)}] ${scene.path} unsigned or foreign\n`,
          errors: () => 'Signature does not match: the secret was rotated or the body changed.'
        },
        { weight: 4, code: 502, errors: unreachable(naming.upstream) },
        { weight: 1, code: 500, errors: () => executorError('Execution timed out.', 408), isTimeout: true }
      ]
    }
  ]
})

/** Counts and says nothing: nobody may read who clicked what. */
export const beacon: Kind = (naming) => ({
  ...basis(naming),
  execute: ['any'],
  isLogging: false,
  runsPerHour: 14,
  timeoutS: 5,
  sourceBytes: 3_100,
  buildMs: 19_000,
  variables: [{ key: 'SAMPLE_RATE', value: '0.25', isSecret: false }],
  tasks: [
    {
      weight: 1,
      trigger: 'http',
      method: 'POST',
      path: () => '/',
      medianMs: 12,
      spread: 0.4,
      logs: silence,
      endings: [
        { weight: 99, code: 204 },
        { weight: 1, code: 400 }
      ]
    }
  ]
})

/** Deployed by pushes to a repository. */
export const pushed: Kind = (naming) => ({
  ...basis(naming),
  repository: {
    id: '718204417',
    name: naming.functionId,
    owner: 'fjellwerk',
    branch: 'main',
    rootDirectory: `functions/${naming.functionId}`
  },
  runsPerHour: 7,
  variables: [
    { key: 'MODEL_URL', value: `https://${naming.upstream}/v2/rank`, isSecret: false },
    { key: 'MODEL_TOKEN', value: 'mt_5b2b8c2f0a9e', isSecret: true }
  ],
  tasks: [
    {
      weight: 1,
      trigger: 'http',
      method: 'GET',
      path: ({ dice }) => `/similar?${naming.noun}=${dice.int(10_000, 99_999)}&limit=${dice.pick(['4', '8', '12'])}`,
      medianMs: 420,
      spread: 0.6,
      logs: ({ dice, durationMs }) =>
        `cache ${dice.pick(['hit', 'miss', 'stale'])}, ${dice.int(0, 12)} candidates, ranked in ${Math.round(durationMs / 2)} ms\n`,
      endings: [
        { weight: 96, code: 200 },
        { weight: 2, code: 404 },
        { weight: 2, code: 503, errors: unreachable(naming.upstream) }
      ]
    }
  ]
})
