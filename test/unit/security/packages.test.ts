import { describe, expect, it } from 'vitest'
import { readTop } from './sources.ts'

// The rig is plain JavaScript, which this folder's compiler does not read: this type is its seam.
const rig = '../../../resources/dev/supported-electron.mjs'
const { supportedElectron } = (await import(rig)) as {
  readonly supportedElectron: { readonly floor: number; readonly checkedOn: string }
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly resolved?: string; readonly integrity?: string; readonly version?: string }>
  >
}

const manifest = JSON.parse(readTop('package.json')) as Manifest
const lock = JSON.parse(readTop('package-lock.json')) as Lock

/** What runs inside the app, each with the reason why it is not our own code. */
const reasons: Readonly<Record<string, string>> = {
  '@fontsource-variable/inter': 'the text font, served from the bundle: the page cannot fetch one',
  '@fontsource-variable/jetbrains-mono': 'the font of numbers and ids, likewise',
  '@jellybrick/dbus-next':
    'the wire of the session’s bus: on Linux only there have notices buttons; no native code, types of its own',
  '@lucide/svelte': 'icons as components, one by one',
  'bits-ui': 'accessible dialogs and menus: focus, keyboard and screen readers done right',
  'chart.js': 'charts on canvas',
  'electron-store': 'settings on disk, written whole',
  graphql: 'its parser decides whether a GraphQL document only reads, and so may be sent read-only',
  libsql: 'SQLite with encryption at rest, prebuilt for every system: the history',
  undici: 'HTTP in main: connection caps, timeouts and own certificates per server',
  zod: 'schemas at the boundaries: bridge, files and replies of servers'
}

describe('the packages', () => {
  it('that run in the app are these, each for a reason', () => {
    expect(Object.keys(manifest.dependencies).sort()).toEqual(Object.keys(reasons).sort())
  })

  it('are pinned to one version each, and locked with their hashes', () => {
    const asked = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).map(
      ([name, version]) => [name, version.replace(/^npm:[a-z-]+@/, '')] as const
    )
    expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
    expect(asked.filter(([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version)).toEqual([])
    const installed = Object.entries(lock.packages).filter(([path]) => path !== '')
    expect(installed.length).toBeGreaterThan(asked.length)
    expect(installed.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([])
  })

  it('run no scripts when they are installed', () => {
    expect(readTop('.npmrc')).toMatch(/^ignore-scripts\s*=\s*true$/m)
  })
})

describe('Electron', () => {
  it('is a major that gets security fixes', () => {
    expect(Date.parse(supportedElectron.checkedOn)).not.toBeNaN()
    expect(Number(manifest.devDependencies.electron?.split('.')[0])).toBeGreaterThanOrEqual(supportedElectron.floor)
  })
})
