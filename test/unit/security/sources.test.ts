import { describe, expect, it } from 'vitest'
import { sourcesIn } from './sources.ts'

const main = sourcesIn('src-main')
const page = sourcesIn('src-renderer')

/** `path: word` for each file of `sources` that holds a match, outside the files that may. */
function found(sources: ReadonlyMap<string, string>, pattern: RegExp, allowed: readonly string[] = []): string[] {
  return [...sources].flatMap(([path, text]) => {
    const match = pattern.exec(text)
    return match === null || allowed.includes(path) ? [] : [`${path}: ${match[0]}`]
  })
}

/** Every import of a module as `[path, what is imported]`, type-only imports left out. */
function importsOf(module: string): readonly (readonly [string, string])[] {
  const pattern = new RegExp(`import\\s+(?!type\\s)([^'";]+?)\\s+from\\s+['"]${module}['"]`, 'g')
  return [...main].flatMap(([path, text]) =>
    [...text.matchAll(pattern)].map((match) => [path, match[1] ?? ''] as const)
  )
}

describe('the sources', () => {
  it('are read at all', () => {
    expect(main.size).toBeGreaterThan(40)
    expect(page.size).toBeGreaterThan(40)
    expect(found(main, /contextIsolation: true/)).toEqual(['src-main/shell/security.ts: contextIsolation: true'])
  })

  it('leave Electron’s defaults for web contents alone', () => {
    const defaults =
      /\b(webSecurity|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|webviewTag|navigateOnDragDrop)\b/
    expect(found(main, defaults, ['src-main/shell/security.ts'])).toEqual([])
    const lowered =
      /nodeIntegration(InWorker|InSubFrames)?: true|contextIsolation: false|sandbox: false|webSecurity: false|no-sandbox|ignore-certificate-errors|certificate-error|NODE_TLS_REJECT_UNAUTHORIZED/
    // There it is a provider's option that the simulated server tells, Apple's test service of push messages.
    expect(found(main, lowered, ['src-main/simulator/world/messaging/provider.ts'])).toEqual([])
    // One place: a pinned certificate is compared, and a refused one looked at, before any byte of HTTP is sent.
    const unchecked = ['src-main/appwrite/trust.ts: rejectUnauthorized: false']
    expect(found(main, /rejectUnauthorized: false/)).toEqual(unchecked)
  })

  it('name what they take from Electron, and take what speaks to the page in one place each', () => {
    const taken = importsOf('electron')
    expect(taken.length).toBeGreaterThan(5)
    expect(taken.filter(([, names]) => !/^\{[\s\S]*\}$/.test(names))).toEqual([])
    const loaded = /require\(|import\(|electron\/(main|common|renderer)|process\._linkedBinding/
    expect(found(main, loaded, ['src-main/start.ts'])).toEqual([])
    // What is loaded by need is named here, never by what the app is given.
    expect(main.get('src-main/start.ts')?.match(/import\([^)]*\)/g)).toEqual([
      "import('./main.ts')",
      "import('./shell/watchdog/run.ts')"
    ])
    const takers = (name: string): string[] =>
      taken.flatMap(([path, names]) => (new RegExp(`\\b${name}\\b`).test(names) ? [path] : []))
    expect(takers('ipcMain')).toEqual(['src-main/shell/serve.ts'])
    expect(takers('ipcRenderer')).toEqual(['src-main/preload/preload.ts'])
    expect(takers('contextBridge')).toEqual(['src-main/preload/preload.ts'])
    expect(takers('BrowserWindow')).toEqual(['src-main/shell/window.ts'])
    expect(takers('protocol')).toEqual(['src-main/shell/bundle.ts'])
    expect(takers('webContents|BrowserView|WebContentsView|remote')).toEqual([])
    // Chromium's network would not keep the rules of our transport: it is only asked whether there is one.
    expect(takers('net')).toEqual(['src-main/shell/network.ts'])
    expect(main.get('src-main/shell/network.ts')?.match(/\bnet\.\w+/g)).toEqual(['net.isOnline'])
    expect(found(main, /\.(ipc|mainFrame\.ipc)\.(on|once|handle)\b/)).toEqual([])
  })

  it('open nothing outside the app', () => {
    expect(found(main, /\b(openExternal|openPath|showItemInFolder)\b/, ['src-main/shell/links.ts'])).toEqual([])
  })

  it('of the page make no markup and no code of text', () => {
    expect(
      found(page, /\{@html|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\(|new Function/)
    ).toEqual([])
    expect(found(page, /\bfetch\(|XMLHttpRequest|new WebSocket|new EventSource|sendBeacon|RTCPeerConnection/)).toEqual(
      []
    )
    expect(found(page, /localStorage|sessionStorage|indexedDB|document\.cookie/)).toEqual([])
  })
})
