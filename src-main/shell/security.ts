import type { App, Session, WebContents, WebPreferences } from 'electron'
import type { Log } from '../services/ports.ts'

/** How every page of ours runs. Electron's defaults for the rest (`webSecurity` and its kin) are never touched. */
export function pagePreferences(preload: string): WebPreferences {
  return { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false }
}

/** What a page may ask the system for, each with its reason. */
const permissions = new Set([
  // Copy buttons.
  'clipboard-sanitized-write'
])

const isAllowedUrl = (url: string): boolean =>
  url.startsWith('app:') || (import.meta.env.DEV && /^(devtools|http:\/\/localhost|ws:\/\/localhost)/.test(url))

/** Refuses permissions, and cancels every request that is not for the bundle: the page never networks. */
export function secureSession(session: Session, log: Log): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permissions.has(permission)))
  session.setPermissionCheckHandler((_contents, permission) => permissions.has(permission))
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !isAllowedUrl(details.url)
    if (cancel) log(`refused a request of the page to ${originOf(details.url)}`)
    answer({ cancel })
  })
}

/** Refuses navigation, new windows, webviews and WebRTC's packets for every web contents there will ever be. */
export function secureContents(app: App, log: Log): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    const refuse = (what: string) => (event: { preventDefault(): void }) => {
      event.preventDefault()
      log(`refused ${what}`)
    }
    contents.on('will-navigate', refuse('a navigation'))
    contents.on('will-frame-navigate', refuse('a navigation of a frame'))
    contents.on('will-redirect', refuse('a redirect'))
    contents.on('will-attach-webview', refuse('a webview'))
    // WebRTC sends UDP past the content security policy, request blocking and the host rules.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
    contents.setWindowOpenHandler(() => {
      log('refused a new window')
      return { action: 'deny' }
    })
  })
}

function originOf(url: string): string {
  return URL.canParse(url) ? `${new URL(url).protocol}//${new URL(url).host}` : 'an unreadable address'
}
