import { basis, pythonBasis, type Kind } from './kind.ts'
import type { Words } from './profile.ts'
import { executorError, reference, stamp } from './words.ts'

const reportLog: Words = ({ dice, atMs, durationMs }) => {
  const rows = dice.int(18_000, 64_000)
  const day = stamp(atMs - 86_400_000).slice(0, 10)
  return [
    `${stamp(atMs)} INFO  report for ${day}`,
    `${stamp(atMs + durationMs * 0.1)} INFO  fetched ${rows} rows in ${dice.int(9, 31)} pages`,
    `${stamp(atMs + durationMs * 0.55)} INFO  grouped by market: de=${dice.int(200, 900)} no=${dice.int(100, 500)} dk=${dice.int(60, 300)}`,
    `${stamp(atMs + durationMs * 0.9)} INFO  wrote ${day}.xlsx (${dice.int(380, 990)} kB)`,
    ''
  ].join('\n')
}

/** Cut off in the middle, as a run is that its timeout ends. */
const cutOff: Words = (scene) => reportLog(scene).split('\n').slice(0, 2).join('\n') + '\n'

/** Takes its time every night, and now and then too much of it. */
export const report: Kind = (naming) => ({
  ...pythonBasis(naming),
  schedule: '15 2 * * *',
  timeoutS: 300,
  scopes: ['documents.read', 'files.write'],
  variables: [
    { key: 'REPORT_BUCKET', value: 'reports', isSecret: false },
    { key: 'REPORT_RECIPIENTS', value: 'finance@fjellwerk.example,ops@fjellwerk.example', isSecret: false },
    { key: 'PAGE_SIZE', value: '2500', isSecret: false }
  ],
  tasks: [
    {
      weight: 1,
      trigger: 'schedule',
      method: 'POST',
      path: () => '/',
      medianMs: 84_000,
      spread: 0.45,
      logs: reportLog,
      endings: [
        { weight: 88, code: 200 },
        {
          weight: 9,
          code: 500,
          logs: cutOff,
          errors: () => executorError('Execution timed out.', 408),
          isTimeout: true
        },
        {
          weight: 3,
          code: 500,
          logs: cutOff,
          errors: () =>
            [
              'Traceback (most recent call last):',
              '  File "/usr/local/server/src/server.py", line 181, in action',
              '    output = await execute(context)',
              '  File "/usr/local/server/src/function/src/main.py", line 77, in main',
              '    page = databases.list_documents(DATABASE, "orders", queries)',
              '  File "/usr/local/server/src/function/runtime-env/lib/python3.9/site-packages/appwrite/client.py", line 144, in call',
              '    raise AppwriteException(e, response.status_code)',
              'appwrite.exception.AppwriteException: Server Error'
            ].join('\n')
        }
      ]
    },
    {
      weight: 1,
      trigger: 'http',
      method: 'POST',
      path: () => '/preview',
      medianMs: 9_000,
      spread: 0.4,
      logs: reportLog,
      endings: [
        { weight: 9, code: 200 },
        { weight: 1, code: 500, errors: () => "KeyError: 'gross_total'" }
      ]
    }
  ],
  runsPerHour: 0.3
})

/** Tidies up every quarter of an hour. */
export const cleanup: Kind = (naming) => ({
  ...basis(naming),
  runtime: 'node-16.0',
  schedule: '*/15 * * * *',
  timeoutS: 60,
  sourceBytes: 5_200,
  buildMs: 21_000,
  variables: [
    { key: 'RETENTION_HOURS', value: '72', isSecret: false },
    { key: 'DRY_RUN', value: 'false', isSecret: false }
  ],
  tasks: [
    {
      weight: 1,
      trigger: 'schedule',
      method: 'POST',
      path: () => '/',
      medianMs: 1_900,
      spread: 0.6,
      logs: ({ dice }) => {
        const found = dice.int(0, 64)
        return `Found ${found} ${naming.noun}s older than 72 h\nDeleted ${found}, kept ${dice.int(0, 4)} with an open payment\n`
      },
      endings: [
        { weight: 985, code: 200 },
        {
          weight: 15,
          code: 500,
          errors: () =>
            "AppwriteException: Server Error\n    at Client.call (client.js:192:31)\n    code: 500, type: 'general_unknown'"
        }
      ]
    }
  ]
})

/** Looks every five minutes whether something runs low. */
export const watch: Kind = (naming) => ({
  ...basis(naming),
  runtime: 'ruby-3.0',
  entrypoint: 'lib/main.rb',
  commands: 'bundle install --without development',
  schedule: '*/10 * * * *',
  timeoutS: 30,
  isStale: true,
  variables: [
    { key: 'THRESHOLD', value: '5', isSecret: false },
    { key: 'SLACK_WEBHOOK_URL', value: `https://${naming.upstream}/services/T02/B7C/x9Qm`, isSecret: true }
  ],
  breakage: {
    weight: 1,
    code: 500,
    errors: () =>
      "undefined method `fetch' for nil:NilClass (NoMethodError)\n/usr/local/server/src/function/lib/main.rb:23:in `block in main'"
  },
  tasks: [
    {
      weight: 1,
      trigger: 'schedule',
      method: 'POST',
      path: () => '/',
      medianMs: 640,
      spread: 0.5,
      logs: ({ dice }) => {
        const low = dice.pick([0, 0, 0, 0, 1, 2, 5])
        const lines = Array.from({ length: low }, () => `low: ${reference(dice, 'sku', 6)} (${dice.int(0, 4)} left)`)
        return [`checked ${dice.int(4100, 4250)} ${naming.noun}s`, ...lines, ''].join('\n')
      },
      endings: [
        { weight: 99, code: 200 },
        { weight: 1, code: 500, errors: () => 'Net::OpenTimeout: execution expired' }
      ]
    }
  ]
})
