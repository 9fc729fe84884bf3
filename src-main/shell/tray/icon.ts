import { nativeImage, screen, type NativeImage } from 'electron'
import type { TrayView } from '../../services/ports.ts'
// Inlined: neither an archive, nor a copy of the build, nor a package can come without its icons.
import colour16 from '../../../resources/tray/16.png?inline'
import colour22 from '../../../resources/tray/22.png?inline'
import colour24 from '../../../resources/tray/24.png?inline'
import colour32 from '../../../resources/tray/32.png?inline'
import colour44 from '../../../resources/tray/44.png?inline'
import plain16 from '../../../resources/tray/16Template.png?inline'
import plain32 from '../../../resources/tray/32Template.png?inline'

/** What decides how an icon looks. */
export type TrayFace = Pick<TrayView, 'state' | 'isHollow' | 'count'>

/** Rows of a sheet, each for a watched and for a hollow shape (`resources/dev/tray-icons.mjs`). */
const rows = ['ok', 'warning', 'critical', 'unknown'] as const satisfies readonly TrayView['state'][]

/** The last column of a sheet is `9+`. */
const mostCounted = 10

interface Sheet {
  readonly url: string
  /** Of one icon, in pixels. */
  readonly edge: number
  readonly scaleFactor: number
}

const macSheets: readonly Sheet[] = [
  { url: plain16, edge: 16, scaleFactor: 1 },
  { url: plain32, edge: 32, scaleFactor: 2 }
]
const windowsSheets: readonly Sheet[] = [
  { url: colour16, edge: 16, scaleFactor: 1 },
  { url: colour24, edge: 24, scaleFactor: 1.5 },
  { url: colour32, edge: 32, scaleFactor: 2 }
]
// Status icons travel as the pixels of scale 1, whatever the screen's; panels make them smaller, never larger.
const linuxSheets: readonly Sheet[] = [{ url: colour22, edge: 22, scaleFactor: 1 }]
const denseLinuxSheets: readonly Sheet[] = [{ url: colour44, edge: 44, scaleFactor: 1 }]

/** The icon for this system's panel and the densest of its screens now. */
export function trayIcon(face: TrayFace): NativeImage {
  const image = nativeImage.createEmpty()
  for (const { url, edge, scaleFactor } of sheets()) {
    const icon = nativeImage.createFromDataURL(url).crop({ ...cellOf(face, edge), width: edge, height: edge })
    image.addRepresentation({ scaleFactor, buffer: icon.toPNG() })
  }
  // Black and alpha: the menu bar colours it.
  if (process.platform === 'darwin') image.setTemplateImage(true)
  return image
}

function sheets(): readonly Sheet[] {
  if (process.platform === 'darwin') return macSheets
  if (process.platform === 'win32') return windowsSheets
  return screen.getAllDisplays().some(({ scaleFactor }) => scaleFactor > 1.25) ? denseLinuxSheets : linuxSheets
}

function cellOf({ state, isHollow, count }: TrayFace, edge: number): { readonly x: number; readonly y: number } {
  const row = rows.indexOf(state) * 2 + (isHollow ? 1 : 0)
  return { x: Math.min(count, mostCounted) * edge, y: row * edge }
}
