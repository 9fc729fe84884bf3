const inRoom = (room) => `^src-main/${room}/`
const onlyFrom = (room, allowed, comment) => ({
  name: `${room}-imports`,
  comment,
  severity: 'error',
  from: { path: inRoom(room) },
  to: { pathNot: allowed }
})

const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/`
const node = (...names) => `^(node:)?(${names.join('|')})$`
const contract = '^src-main/contract/(?!schemas/)'
const schemas = '^src-main/contract/schemas/'

/** The rooms and the direction of imports: what a room may import is listed here, the rest is refused. */
module.exports = {
  forbidden: [
    {
      name: 'contract-imports',
      comment: 'The contract imports nothing but itself.',
      severity: 'error',
      from: { path: contract },
      to: { pathNot: contract }
    },
    onlyFrom('contract/schemas', [contract, schemas, npm('zod')], 'Schemas: the contract and zod.'),
    onlyFrom('core', [contract, inRoom('core')], 'Decisions are pure: the contract and core.'),
    onlyFrom(
      'appwrite',
      [
        contract,
        inRoom('core'),
        inRoom('appwrite'),
        npm('zod', 'undici', 'graphql'),
        node('buffer', 'zlib', 'tls', 'events', 'stream', 'dns', 'dns/promises', 'net', 'crypto', 'fs/promises', 'path')
      ],
      'The client: contract, core, zod, undici, the parser of graphql.'
    ),
    {
      name: 'client-writes-downloads-only',
      comment: 'The client touches no file but the one a download goes to.',
      severity: 'error',
      from: { path: inRoom('appwrite'), pathNot: '^src-main/appwrite/part-file\\.ts$' },
      to: { path: node('fs/promises') }
    },
    onlyFrom(
      'services',
      [
        contract,
        schemas,
        inRoom('core'),
        inRoom('appwrite'),
        inRoom('services'),
        npm('zod', 'libsql'),
        node('crypto', 'fs', 'fs/promises', 'path', 'util', 'zlib')
      ],
      'Services never see electron nor a package that imports it.'
    ),
    onlyFrom(
      'headless',
      [
        contract,
        inRoom('core'),
        inRoom('appwrite'),
        inRoom('services'),
        inRoom('simulator'),
        inRoom('headless'),
        npm('zod'),
        node('.*')
      ],
      'The engine without a window: services and below, the simulator, plain Node; never electron.'
    ),
    onlyFrom('preload', [contract, npm('electron')], 'Names and types of the contract, and electron.'),
    onlyFrom('simulator', [inRoom('simulator'), node('.*')], 'The simulator shares no code with the client.'),
    {
      name: 'page-imports',
      comment: 'The page: the contract without its schemas, and its own libraries.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: {
        pathNot: ['^src-renderer/', contract, npm('svelte', 'chart.js', 'bits-ui', '@lucide', '@fontsource-variable')]
      }
    },
    {
      name: 'electron-only-in-shell',
      comment: 'electron, and what imports it, only in shell, preload and main.ts.',
      severity: 'error',
      from: { pathNot: ['^src-main/(shell|preload)/', '^src-main/main\\.ts$', '(^|/)node_modules/'] },
      to: { path: npm('electron', 'electron-store') }
    },
    {
      name: 'bus-only-in-notifier',
      comment: 'The bus of the session is spoken to in one place.',
      severity: 'error',
      from: { pathNot: ['^src-main/shell/notifier/', '(^|/)node_modules/'] },
      to: { path: npm('@jellybrick/dbus-next') }
    },
    {
      name: 'notifier-speaks-without-electron',
      comment: 'What speaks to the bus runs on plain Node, where its tests run.',
      severity: 'error',
      from: { path: '^src-main/shell/notifier/', pathNot: '/(notifier|electron-notices)\\.ts$' },
      to: { path: npm('electron') }
    },
    {
      name: 'http-in-two-places',
      comment:
        'What asks Appwrite, and what posts to webhooks: both check certificates and know the proxy. Nobody else sends.',
      severity: 'error',
      from: { path: '^src-', pathNot: ['^src-main/appwrite/', '^src-main/shell/poster\\.ts$'] },
      to: { path: npm('undici') }
    },
    {
      name: 'poster-posts-without-electron',
      comment: 'What posts to webhooks runs on plain Node, where its tests run.',
      severity: 'error',
      from: { path: '^src-main/shell/post(er|-faults)\\.ts$' },
      to: { path: npm('electron') }
    },
    {
      name: 'simulator-is-a-process',
      comment: 'The simulator is started, not imported, outside the shell and the tests.',
      severity: 'error',
      from: { path: '^src-(main|renderer)/', pathNot: ['^src-main/(simulator|shell|headless)/'] },
      to: { path: inRoom('simulator') }
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'not-to-test', severity: 'error', from: { path: '^src-' }, to: { path: '^test/' } },
    {
      name: 'no-dev-packages',
      comment: 'What runs in the app is a dependency; electron is the runtime itself, svelte compiles away.',
      severity: 'error',
      from: { path: '^src-' },
      to: { dependencyTypes: ['npm-dev'], pathNot: npm('electron', 'svelte', 'vite') }
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'svelte'],
      extensions: ['.ts', '.svelte', '.js', '.mjs', '.cjs', '.css']
    },
    exclude: { path: '\\.svelte-kit' }
  }
}
