import type { WebPreferences } from 'electron'
import { expect, test } from '../support/desk.ts'
import { contentsCount, inOtherWindow, logOf } from './other-window.ts'
import { initialSettings } from '../../../src-main/contract/settings.ts'

/** What our libraries leave on `window`: Svelte's version note, and what bits-ui shares between its layers. */
const fromLibraries = [
  '__svelte',
  'bitsAnimationsDisabled',
  'bitsDismissableLayers',
  'bitsEscapeLayers',
  'bitsIdCounter',
  'bitsTextSelectionLayers'
]

test('the page has five functions, and nothing of Node or Electron', async ({ launch }) => {
  const { app, page } = await launch()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

  await test.step('no Node', async () => {
    const kinds = await page.evaluate(() =>
      ['require', 'module', 'exports', 'process', 'global', 'Buffer', 'setImmediate', 'electron'].map(
        (name) => `${name} ${typeof (globalThis as Record<string, unknown>)[name]}`
      )
    )
    expect(kinds.filter((kind) => !kind.endsWith(' undefined'))).toEqual([])
  })

  await test.step('every wall is up in the preferences that Electron uses', async () => {
    const preferences = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => {
        // Electron has this on every version, and its types on some.
        const told = webContents as unknown as { getLastWebPreferences(): WebPreferences }
        return told.getLastWebPreferences()
      })
    )
    expect(preferences).toEqual([
      expect.objectContaining({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        enableBlinkFeatures: '',
        webviewTag: false
      })
    ])
    // Electron leaves out what was never asked for.
    expect(preferences[0]?.nodeIntegrationInWorker ?? false).toBe(false)
    expect(preferences[0]?.navigateOnDragDrop ?? false).toBe(false)
  })

  await test.step('the bridge is five frozen functions', async () => {
    const bridge = await page.evaluate(() => {
      const { standby } = window
      const keys = Reflect.ownKeys(standby).map(String)
      const place = Object.getOwnPropertyDescriptor(window, 'standby')
      return {
        functions: keys.filter((key) => typeof standby[key as keyof typeof standby] === 'function'),
        keys,
        isFrozen: Object.isFrozen(standby),
        isPlain: Object.getPrototypeOf(standby) === Object.prototype,
        isFixed: place?.writable === false && !place.configurable
      }
    })
    const five = ['request', 'cancel', 'open', 'ack', 'close']
    expect(bridge).toEqual({ functions: five, keys: five, isFrozen: true, isPlain: true, isFixed: true })
  })

  await test.step('window has no other name than a blank one of the same origin', async () => {
    const names = 'Object.getOwnPropertyNames(window)'
    // An address of ours that leads nowhere: a bare text, in the same secure context as the page.
    const blank = await inOtherWindow(app, { url: 'app://bundle/nowhere', script: names })
    const own = await page.evaluate<string[]>(names)
    const known = new Set([...(blank as string[]), ...fromLibraries])
    expect(known.size).toBeGreaterThan(500)
    expect(own.filter((name) => !known.has(name))).toEqual(['standby'])
  })

  await test.step('names outside the contract, or of the other kind, are refused', async () => {
    const replies = await page.evaluate(async () => {
      const names = ['shell.openExternal', '__proto__', 'constructor', 'toString', 'standby:request', '']
      const asked = [...names, 'fleet.watch'].map((name) => window.standby.request('x', name, {}))
      const opened = [...names, 'app.describe'].map((name) => window.standby.open('x', name, {}, () => undefined))
      return Promise.all([...asked, ...opened])
    })
    const refusal = { ok: false, fault: { code: 'unsupported', message: 'Standby has no such call.' } }
    expect(replies).toEqual(Array.from({ length: 14 }, () => refusal))
  })

  await test.step('a listener gets one plain argument', async () => {
    const seen = await page.evaluate(async () => {
      const calls: unknown[][] = []
      await window.standby.open('security-listener', 'settings.watch', {}, (...args) => calls.push(args))
      while (calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
      await window.standby.close('security-listener')
      return calls.map((args) => ({
        args: args.length,
        isPlain: Object.getPrototypeOf(args[0]) === Object.prototype,
        frame: JSON.parse(JSON.stringify(args[0])) as unknown
      }))
    })
    expect(seen).toEqual([{ args: 1, isPlain: true, frame: { kind: 'snapshot', seq: 1, value: initialSettings } }])
  })

  await test.step('what the page overwrites, the preload does not use', async () => {
    const seen = await page.evaluate(async () => {
      const marker = 'security-isolation'
      const caught: string[] = []
      const spy = (owner: object, name: string): (() => void) => {
        const own = Object.getOwnPropertyDescriptor(owner, name)
        const real = own?.value as (...args: unknown[]) => unknown
        const value = function (this: unknown, ...args: unknown[]): unknown {
          // Only what holds our marker: the page's own code goes on.
          if (args.includes(marker)) caught.push(name)
          return Reflect.apply(real, this, args)
        }
        Object.defineProperty(owner, name, { ...own, value })
        return () => void Object.defineProperty(owner, name, own ?? {})
      }
      const undo = [
        spy(Array.prototype, 'push'),
        spy(Map.prototype, 'has'),
        spy(Map.prototype, 'get'),
        spy(Map.prototype, 'set'),
        spy(Map.prototype, 'delete'),
        spy(Object, 'hasOwn')
      ]
      const control = new Map([[marker, 1]]).get(marker)
      const works = control === 1 && caught.splice(0).includes('get')
      let frames = 0
      const opened = await window.standby.open(marker, 'settings.watch', {}, () => frames++)
      while (frames === 0) await new Promise((resolve) => setTimeout(resolve, 10))
      const closed = await window.standby.close(marker)
      const asked = await window.standby.request(marker, 'app.describe', {})
      for (const one of undo) one()
      return { works, oks: [opened.ok, closed.ok, asked.ok], caught }
    })
    expect(seen).toEqual({ works: true, oks: [true, true, true], caught: [] })
  })
})

test('permissions are refused, all but the copy buttons', async ({ launch }) => {
  const desk = await launch()
  const { page } = desk
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const answers = await page.evaluate(async () => {
    const thrown = (error: unknown): string => (error instanceof Error ? error.name : String(error))
    const queried = [
      'accelerometer',
      'background-sync',
      'camera',
      'clipboard-read',
      'clipboard-write',
      'display-capture',
      'geolocation',
      'idle-detection',
      'local-fonts',
      'microphone',
      'notifications',
      'persistent-storage',
      'screen-wake-lock',
      'storage-access',
      'window-management'
    ].map(async (name) => {
      const { state } = await navigator.permissions.query({ name: name as PermissionName })
      return [name, state] as const
    })
    return {
      ...Object.fromEntries(await Promise.all(queried)),
      'Notification.permission': Notification.permission,
      'Notification asked': await Notification.requestPermission(),
      'geolocation asked': await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          ({ code }) => resolve(code === 1 ? 'denied' : `code ${code}`)
        )
      ),
      'screen asked': await navigator.mediaDevices.getDisplayMedia().then(() => 'given', thrown),
      'midi asked': await navigator.requestMIDIAccess({ sysex: true }).then(() => 'given', thrown),
      'persistence asked': await navigator.storage.persist(),
      'clipboard read': await navigator.clipboard.readText().then(() => 'given', thrown),
      'clipboard written': await navigator.clipboard.writeText('copied').then(() => 'written', thrown),
      // A machine without camera finds none before it asks; either way there is no stream.
      'camera given': await navigator.mediaDevices.getUserMedia({ video: true, audio: true }).then(
        () => true,
        () => false
      )
    }
  })
  expect(answers).toEqual({
    accelerometer: 'denied',
    'background-sync': 'denied',
    camera: 'denied',
    'clipboard-read': 'denied',
    'clipboard-write': 'granted',
    'display-capture': 'denied',
    geolocation: 'denied',
    'idle-detection': 'denied',
    'local-fonts': 'denied',
    microphone: 'denied',
    notifications: 'denied',
    'persistent-storage': 'denied',
    'screen-wake-lock': 'denied',
    'storage-access': 'denied',
    'window-management': 'denied',
    'Notification.permission': 'denied',
    'Notification asked': 'denied',
    'geolocation asked': 'denied',
    'screen asked': 'NotAllowedError',
    'midi asked': 'NotAllowedError',
    'persistence asked': false,
    'clipboard read': 'NotAllowedError',
    'clipboard written': 'written',
    'camera given': false
  })
})

test('no webview is made, neither in the page nor where the tag is switched on', async ({ launch }) => {
  const desk = await launch()
  const { app, page } = desk
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const before = await contentsCount(app)
  const tag = await page.evaluate(async () => {
    const webview = document.createElement('webview')
    webview.setAttribute('src', 'app://bundle/nowhere')
    document.body.append(webview)
    await new Promise((resolve) => setTimeout(resolve, 300))
    webview.remove()
    return 'getWebContentsId' in webview ? 'alive' : 'an unknown element'
  })
  expect(tag).toBe('an unknown element')
  expect(await contentsCount(app)).toBe(before)
  expect(await logOf(desk)).not.toContain('refused a webview')

  const made = await inOtherWindow(app, {
    url: 'app://bundle/nowhere',
    preferences: { webviewTag: true },
    script: `new Promise((resolve) => {
      const webview = document.createElement('webview')
      webview.src = 'app://bundle/nowhere'
      webview.addEventListener('did-attach', () => resolve('attached'))
      document.body.append(webview)
      setTimeout(() => resolve('none'), 500)
    })`
  })
  expect(made).toBe('none')
  expect(await logOf(desk)).toContain('refused a webview')
})
