import { app, protocol, type Session } from 'electron'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

export const origin = 'app://bundle'
const nonceMark = '__CSP_NONCE__'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2'
}

/**
 * The page's policy. No network, no inline script, no inline style without the nonce of this load; `svelte-trusted-html`
 * is the policy Svelte 5.57 makes for its own templates (its internal/client/dom/reconciler.js).
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'none'",
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types svelte-trusted-html'
  ].join('; ')
}

/**
 * Makes `app:` a scheme like `https:`, and the only one that leads anywhere: for Chromium every host, addresses in
 * digits included, is one that cannot be found. Name lookups ahead of a link and WebRTC's relays pass neither the policy
 * nor request blocking. Must run before the app is ready.
 */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
  const exception = import.meta.env.DEV ? ', EXCLUDE localhost' : ''
  app.commandLine.appendSwitch('host-resolver-rules', `MAP * ~NOTFOUND${exception}`)
}

/** Serves the built page from a table of the files in `folder`: what is not in the table does not exist. */
export function serveBundle(session: Session, folder: string): void {
  const files = new Map(listFiles(folder).map((path) => [`/${path}`, join(folder, path)]))
  session.protocol.handle('app', (request) => {
    const url = new URL(request.url)
    const file = url.host === 'bundle' ? files.get(url.pathname) : undefined
    if (file === undefined || request.method !== 'GET') return new Response('Not found', { status: 404 })
    return reply(file)
  })
}

function reply(file: string): Response {
  const headers: Record<string, string> = {
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store'
  }
  const body = readFileSync(file)
  if (extname(file) !== '.html') return new Response(body, { headers })
  const nonce = randomBytes(16).toString('base64')
  headers['Content-Security-Policy'] = contentSecurityPolicy(nonce)
  return new Response(body.toString('utf8').replaceAll(nonceMark, nonce), { headers })
}

function listFiles(folder: string): readonly string[] {
  // A development build takes its page from the development server; there is no bundle.
  if (import.meta.env.DEV) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/')
    )
}
