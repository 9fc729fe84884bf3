// node resources/dev/tray-icons.mjs: draws resources/tray/*.png. One file a size, a sheet with a row for each state
// (watched, then hollow) and a column for each count; those whose names end in Template are for menu bars that colour
// icons themselves.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { writePng } from './png.mjs'
import { isEntryPoint, projectRoot } from './project.mjs'
import { iconSizes, iconStates, trayIcon } from './tray-icon.mjs'

/** @typedef {import('./tray-icon.mjs').Layer} Layer */

const counts = ['', '1', '2', '3', '4', '5', '6', '7', '8', '9', '9+']

/** Between the app's colours for light and for dark: three to one against a black panel and against a white one. */
export const colours = { ok: '#0f8f72', warning: '#b87900', critical: '#e0431f', unknown: '#7a8493' }

/** Across and down in every pixel. */
const samples = 5

/**
 * Every file of `resources/tray` by its name.
 * @returns {ReadonlyMap<string, Buffer>}
 */
export function trayIcons() {
  const drawn = iconSizes.map((size) => /** @type {const} */ ([`${size}.png`, writePng(sheet(size, false))]))
  const plain = [16, 32].map((size) => /** @type {const} */ ([`${size}Template.png`, writePng(sheet(size, true))]))
  return new Map([...drawn, ...plain])
}

/**
 * @param {number} size
 * @param {boolean} isTemplate
 */
function sheet(size, isTemplate) {
  const [width, height] = [size * counts.length, size * iconStates.length * 2]
  const rgba = new Uint8Array(width * height * 4)
  for (const [row, state] of iconStates.flatMap((state) => [state, state]).entries()) {
    const inks = {
      state: isTemplate ? [0, 0, 0] : rgbOf(colours[state]),
      glyph: isTemplate ? null : [255, 255, 255],
      none: null
    }
    for (const [column, count] of counts.entries()) {
      const layers = trayIcon(size, state, row % 2 === 1, count)
      for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) {
          rgba.set(pixel(layers, inks, x, y), ((row * size + y) * width + column * size + x) * 4)
        }
      }
    }
  }
  return { width, height, rgba }
}

/**
 * @param {readonly Layer[]} layers
 * @param {Record<Layer['ink'], number[] | null>} inks
 * @param {number} x
 * @param {number} y
 */
function pixel(layers, inks, x, y) {
  const sum = [0, 0, 0]
  let hits = 0
  for (let i = 0; i < samples * samples; i++) {
    const [sx, sy] = [x + ((i % samples) + 0.5) / samples, y + (Math.floor(i / samples) + 0.5) / samples]
    const ink = inks[layers.findLast(({ shape }) => shape(sx, sy))?.ink ?? 'none']
    if (ink === null) continue
    hits++
    for (const channel of [0, 1, 2]) sum[channel] = (sum[channel] ?? 0) + (ink[channel] ?? 0)
  }
  return [...sum.map((value) => (hits === 0 ? 0 : Math.round(value / hits))), Math.round((255 * hits) / samples ** 2)]
}

/** @param {string} colour */
function rgbOf(colour) {
  return [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16))
}

if (isEntryPoint(import.meta.url)) {
  const folder = path.join(projectRoot, 'resources', 'tray')
  mkdirSync(folder, { recursive: true })
  for (const [name, file] of trayIcons()) writeFileSync(path.join(folder, name), file)
}
