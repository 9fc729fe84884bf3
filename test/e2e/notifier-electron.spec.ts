import { _electron, expect, test as base, type ElectronApplication } from '@playwright/test'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import type { Notice } from '../../src-main/services/ports.ts'
import { switches } from './support/desk.ts'
import { TestBus } from './support/notifications.ts'
import type { NotifierApp } from './support/notifier-app.ts'

interface Fixtures {
  readonly bus: TestBus
  /** Starts the app of `support/notifier-app.ts`, bundled as the real one is, on the bus at an address or on none. */
  readonly launch: (address: string | null) => Promise<ElectronApplication>
}

const test = base.extend<Fixtures>({
  bus: async ({}, use) => {
    const bus = await TestBus.start()
    await use(bus)
    await bus.stop()
  },
  launch: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'standby-notifier-'))
    const entry = resolve(import.meta.dirname, 'support/notifier-app.ts')
    await build({
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: {
        ssr: true,
        target: 'node20.18',
        outDir: folder,
        rolldownOptions: { input: entry, external: ['electron'], output: { format: 'es', entryFileNames: 'main.js' } }
      }
    })
    await writeFile(join(folder, 'package.json'), '{ "name": "notifier", "type": "module", "main": "main.js" }')
    const apps: ElectronApplication[] = []
    await use(async (address) => {
      const app = await _electron.launch({
        executablePath: process.env.STANDBY_ELECTRON ?? '',
        args: [...switches(), folder, `--user-data-dir=${join(folder, 'user-data')}`],
        chromiumSandbox: process.env.STANDBY_NO_SANDBOX === undefined,
        // Without a bus there is none in the folder of the session either.
        env: {
          ...(process.env as Record<string, string>),
          ...(address === null
            ? { DBUS_SESSION_BUS_ADDRESS: '', XDG_RUNTIME_DIR: folder }
            : { DBUS_SESSION_BUS_ADDRESS: address })
        }
      })
      apps.push(app)
      await expect.poll(() => app.evaluate(() => 'standby' in globalThis)).toBe(true)
      return app
    })
    for (const app of apps) await app.close()
    await rm(folder, { recursive: true, force: true })
  }
})

const notice: Notice = {
  noticeId: 'functions',
  title: 'v1-functions: 12,000 jobs',
  body: 'growing',
  urgency: 'critical',
  hasSound: false,
  acts: ['acknowledge']
}

type Global = typeof globalThis & { readonly standby: NotifierApp }

test('on Linux Electron speaks to the bus itself, and so has buttons', async ({ bus, launch }) => {
  const daemon = await bus.startDaemon('actions body')
  const app = await launch(bus.address)
  const taken = await app.evaluate((_, shown) => (globalThis as Global).standby.show('system', shown), notice)
  expect(taken).toBe('taken')
  expect(await app.evaluate(() => (globalThis as Global).standby.system.face())).toEqual({
    kind: 'buttons',
    server: 'mock-notify 1.0'
  })
  expect(await daemon.notified()).toMatchObject([
    { title: notice.title, actions: '["default", "Open", "acknowledge", "Acknowledge"]' }
  ])
})

test('the notices of Electron itself show, replace, are clicked and taken back', async ({ bus, launch }) => {
  const daemon = await bus.startDaemon('actions body')
  const app = await launch(bus.address)
  const show = (title: string) =>
    app.evaluate((_, shown) => (globalThis as Global).standby.show('electron', shown), { ...notice, title })
  expect(await show('one')).toBe('taken')
  expect(await app.evaluate(() => (globalThis as Global).standby.electron.face())).toEqual({
    kind: 'plain',
    server: 'Electron'
  })
  expect(await show('two')).toBe('taken')
  const calls = await daemon.notified()
  expect(calls.map(({ app, title, expireMs }) => [app, title, expireMs])).toEqual([
    ['notifier', 'one', 0],
    ['notifier', 'two', 0]
  ])
  await expect.poll(() => daemon.takenBack()).toEqual([1])
  await daemon.tell('ActionInvoked', 2, 'default')
  await expect.poll(() => app.evaluate(() => [...(globalThis as Global).standby.acts])).toEqual(['functions open'])

  expect(await show('three')).toBe('taken')
  await app.evaluate((_, noticeId) => (globalThis as Global).standby.electron.close(noticeId), notice.noticeId)
  await expect.poll(() => daemon.takenBack()).toContain(3)
})

test('a session without a bus has no notices, and says why at once', async ({ launch }) => {
  const app = await launch(null)
  const face = await app.evaluate(() => (globalThis as Global).standby.system.face())
  expect(face).toMatchObject({ kind: 'none', why: expect.stringContaining('message bus') })
  const outcome = await app.evaluate((_, shown) => (globalThis as Global).standby.show('system', shown), notice)
  expect(outcome).toContain('The notice was not shown.')
})
