import { basis, silence, type Kind } from './kind.ts'

/** Switched off, but still there with its past. */
export const retired: Kind = (naming) => ({
  ...basis(naming),
  runtime: 'php-8.0',
  entrypoint: 'index.php',
  commands: 'composer install --no-dev',
  schedule: '0 */4 * * *',
  isEnabled: false,
  habit: 'once',
  variables: [{ key: 'ERP_DSN', value: `odbc:erp@${naming.upstream}`, isSecret: true }],
  breakage: {
    weight: 1,
    code: 500,
    errors: () => 'PHP Fatal error:  Uncaught TypeError: round(): Argument #1 ($num) must be of type int|float'
  },
  tasks: [
    {
      weight: 1,
      trigger: 'http',
      method: 'POST',
      path: () => '/',
      medianMs: 900,
      spread: 0.3,
      logs: silence,
      endings: [{ weight: 1, code: 410, errors: () => 'This sync was replaced by the import. Nothing was changed.' }]
    }
  ]
})

/** Never deployed. */
export const prototype: Kind = (naming) => ({
  ...basis(naming),
  habit: 'none',
  variables: []
})

/** Its builds have failed since a dependency was taken away; an old deployment still runs. */
export const broken: Kind = (naming) => ({
  ...basis(naming),
  habit: 'failing',
  timeoutS: 120,
  schedule: '30 */6 * * *',
  variables: [
    { key: 'SEARCH_HOST', value: `https://${naming.upstream}`, isSecret: false },
    { key: 'SEARCH_ADMIN_KEY', value: 'ak_6f1d0be2c7', isSecret: true }
  ],
  tasks: [
    {
      weight: 1,
      trigger: 'schedule',
      method: 'POST',
      path: () => '/',
      medianMs: 17_000,
      spread: 0.3,
      logs: ({ dice }) => `indexed ${dice.int(11_800, 12_400)} ${naming.noun}s, removed ${dice.int(0, 40)}\n`,
      endings: [
        { weight: 97, code: 200 },
        { weight: 3, code: 500, errors: () => `Error: 429 Too Many Requests from ${naming.upstream}` }
      ]
    }
  ]
})
