import { BrowserWindow, nativeTheme, screen } from 'electron'
import { pagePreferences } from './security.ts'
import type { WindowBounds } from './stored.ts'

const initial = { width: 1280, height: 800 }
const smallest = { minWidth: 960, minHeight: 600 }

/** Two crashes closer than this have the same cause. */
const shortestCrashGapMs = 10_000

export interface WindowOptions {
  readonly preload: string
  readonly bounds: WindowBounds | null
  readonly onBounds: (bounds: WindowBounds) => void
}

/** The app's one window, where it was last time unless that place is on no screen now. Nothing is loaded yet. */
export function openWindow({ preload, bounds, onBounds }: WindowOptions): BrowserWindow {
  const place = bounds !== null && isOnScreen(bounds) ? bounds : null
  const window = new BrowserWindow({
    ...initial,
    ...smallest,
    ...(place === null ? {} : { x: place.x, y: place.y, width: place.width, height: place.height }),
    title: 'Standby',
    // As in tokens.css: no flash of the other theme before the page is there.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0e1116' : '#f6f7f9',
    show: false,
    autoHideMenuBar: true,
    webPreferences: pagePreferences(preload)
  })
  if (place?.isMaximized === true) window.maximize()
  window.once('ready-to-show', () => window.show())
  reloadAfterCrash(window)
  window.on('close', () => onBounds({ ...window.getNormalBounds(), isMaximized: window.isMaximized() }))
  return window
}

/** Shows the window to someone who started the app again. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** A page that crashed is loaded again; one that keeps crashing is left, or it would flicker for ever. */
function reloadAfterCrash(window: BrowserWindow): void {
  let lastMs = -Infinity
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const nowMs = performance.now()
    if (reason !== 'clean-exit' && nowMs - lastMs > shortestCrashGapMs) window.webContents.reload()
    lastMs = nowMs
  })
}

function isOnScreen(bounds: WindowBounds): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const width = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x)
    const height = Math.min(bounds.y + bounds.height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y)
    return width >= 100 && height >= 100
  })
}
