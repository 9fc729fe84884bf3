import { app } from 'electron'
import type { BrowserWindow } from 'electron'

/** Tells how many alerts fire, and whether one of them is critical. */
export type Badge = (count: number, isCritical: boolean) => void

/**
 * The number on the app's icon in dock or launcher, in front of the window's title where neither shows one; a window
 * that is not in front asks for attention once it turns critical.
 */
export function openBadge(window: BrowserWindow): Badge {
  const name = window.getTitle()
  let wasCritical = false
  // The page's own title would take the place of the number.
  window.on('page-title-updated', (event) => event.preventDefault())
  window.on('focus', () => window.flashFrame(false))
  return (count, isCritical) => {
    if (window.isDestroyed()) return
    const isOnIcon = app.setBadgeCount(count)
    window.setTitle(isOnIcon || count === 0 ? name : `(${count}) ${name}`)
    if (isCritical !== wasCritical) window.flashFrame(isCritical && !window.isFocused())
    wasCritical = isCritical
  }
}
