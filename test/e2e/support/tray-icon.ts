import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TrayView } from '../../../src-main/services/ports.ts'
import { projectRoot } from './desk.ts'

interface Picture {
  readonly width: number
  readonly rgba: Uint8Array
}

const edge = 22
const rows = ['ok', 'warning', 'critical', 'unknown'] as const

/** What can be told of an icon after it travelled: colours where nothing shines through, how much does elsewhere. */
function told([alpha = 0, red = 0, green = 0, blue = 0]: readonly number[]): string {
  return alpha === 255 ? `${red},${green},${blue}` : String(alpha)
}

/** A status icon's pixels from the bus, pixel by pixel. */
export function seenIcon({ argb }: { readonly argb: readonly number[] }): readonly string[] {
  return Array.from({ length: argb.length / 4 }, (_, at) => told(argb.slice(at * 4, at * 4 + 4)))
}

/** The same of the icon as it is drawn in `resources/tray`. */
export async function drawnIcon({ state, isHollow, count }: Pick<TrayView, 'state' | 'isHollow' | 'count'>) {
  // The rig is plain JavaScript, which this folder's compiler does not read: this type is its seam.
  const { readPng } = (await import(join(projectRoot, 'resources/dev/png.mjs'))) as {
    readonly readPng: (file: Buffer) => Picture
  }
  const { width, rgba } = readPng(await readFile(join(projectRoot, `resources/tray/${edge}.png`)))
  const row = rows.indexOf(state) * 2 + (isHollow ? 1 : 0)
  return Array.from({ length: edge * edge }, (_, at) => {
    const from = ((row * edge + Math.floor(at / edge)) * width + count * edge + (at % edge)) * 4
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(from, from + 4)
    return told([alpha, red, green, blue])
  })
}
