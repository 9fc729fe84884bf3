import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const rigFile = (name: string): string => join(root, 'resources/dev', name)

interface Picture {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
}

// The rig is plain JavaScript, which this folder's compiler does not read: these types are its seam.
const { readPng } = (await import(rigFile('png.mjs'))) as { readonly readPng: (file: Buffer) => Picture }
const { trayIcons, colours } = (await import(rigFile('tray-icons.mjs'))) as {
  readonly trayIcons: () => ReadonlyMap<string, Buffer>
  readonly colours: Readonly<Record<string, string>>
}

const folder = join(root, 'resources/tray')
const drawn = trayIcons()
const states = ['ok', 'warning', 'critical', 'unknown']

/** One icon as seen without its colour: how much of each pixel is of the state's colour; what is white stands out of it. */
function shapeOf({ width, rgba }: Picture, edge: number, row: number, column: number): readonly number[] {
  return Array.from({ length: edge * edge }, (_, at) => {
    const from = ((row * edge + Math.floor(at / edge)) * width + column * edge + (at % edge)) * 4
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(from, from + 4)
    return Math.min(red, green, blue) > 200 ? 0 : alpha
  })
}

/** Eleven different icons in each row but those of `ok`, which have no room beside the tick. */
function expectCounts(sheet: Picture, edge: number): void {
  for (const row of [2, 3, 4, 5, 6, 7]) {
    const counts = Array.from({ length: 11 }, (_, column) => shapeOf(sheet, edge, row, column).join())
    expect(new Set(counts).size).toBe(11)
  }
}

/** Relative luminance, as WCAG 2 has it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const part = parseInt(colour.slice(from, from + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

describe('the icons of the tray', () => {
  it('are the ones that the script draws', () => {
    expect(readdirSync(folder).sort()).toEqual([...drawn.keys()].sort())
    for (const [name, file] of drawn) {
      const kept = readPng(readFileSync(join(folder, name)))
      const made = readPng(file)
      expect({ name, width: kept.width, height: kept.height }).toEqual({
        name,
        width: made.width,
        height: made.height
      })
      expect(Buffer.compare(kept.rgba, made.rgba), `${name} is not what the script draws`).toBe(0)
    }
  })

  it.each([16, 22, 24, 32, 44])('tell states, hollow ones and counts apart without colour at %i pixels', (edge) => {
    const sheet = readPng(drawn.get(`${edge}.png`) ?? Buffer.alloc(0))
    expect([sheet.width, sheet.height]).toEqual([11 * edge, 8 * edge])
    const plain = states.flatMap((_, state) => [0, 1].map((hollow) => shapeOf(sheet, edge, state * 2 + hollow, 0)))
    for (const [index, one] of plain.entries()) {
      for (const other of plain.slice(index + 1)) {
        const differing = one.filter((alpha, at) => Math.abs(alpha - (other[at] ?? 0)) > 127).length
        // A twelfth of the square.
        expect(differing).toBeGreaterThan((edge * edge) / 12)
      }
    }
    expectCounts(sheet, edge)
  })

  it.each([16, 32])('hold shape and count in black and alpha alone for menu bars, at %i pixels', (edge) => {
    const sheet = readPng(drawn.get(`${edge}Template.png`) ?? Buffer.alloc(0))
    for (let at = 0; at < sheet.rgba.length; at += 4) {
      if ([0, 1, 2].some((channel) => sheet.rgba[at + channel] !== 0)) throw new Error(`pixel ${at / 4} has a colour`)
    }
    expectCounts(sheet, edge)
  })

  it('stand out from dark panels and from light ones', () => {
    for (const state of states) {
      const colour = colours[state] ?? ''
      expect(contrast(colour, '#1c1c1e')).toBeGreaterThanOrEqual(3)
      expect(contrast(colour, '#f2f2f4')).toBeGreaterThanOrEqual(3)
    }
  })
})
