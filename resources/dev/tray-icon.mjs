import { dashes, disc, polygon, strokes } from './shapes.mjs'
import { figures } from './tray-figures.mjs'

/** @typedef {import('./shapes.mjs').Shape} Shape */
/** @typedef {import('./shapes.mjs').Point} Point */
/** @typedef {{ shape: Shape, ink: 'state' | 'glyph' | 'none' }} Layer a later one lies on those before */

export const iconStates = /** @type {const} */ (['ok', 'warning', 'critical', 'unknown'])

/** @type {(width: number, height: number, stroke: number, plus: number) => import('./tray-figures.mjs').Type} */
const type = (width, height, stroke, plus) => ({ width, height, stroke, plus })

/**
 * What whole pixels ask of each size: the rim of a hollow shape, the strokes of tick and exclamation mark, and how counts
 * are written: `full` in an octagon, `small` in a triangle or a disc, `hollow` in a hollow
 * triangle and for 9+ in a full one, `tiny` for 9+ in a hollow one.
 */
const sizes = {
  16: {
    rim: 1.5,
    tick: 2,
    mark: 2,
    full: type(6, 8, 2, 3),
    small: type(5, 7, 1, 3),
    hollow: type(4, 5, 1, 3),
    tiny: type(3, 5, 1, 3)
  },
  22: {
    rim: 2,
    tick: 2.5,
    mark: 2,
    full: type(7, 11, 2, 6),
    small: type(6, 10, 2, 4),
    hollow: type(5, 8, 2, 3),
    tiny: type(4, 7, 1, 3)
  },
  24: {
    rim: 2,
    tick: 3,
    mark: 2,
    full: type(8, 12, 2, 6),
    small: type(6, 10, 2, 4),
    hollow: type(6, 8, 2, 3),
    tiny: type(5, 7, 1, 3)
  },
  32: {
    rim: 2.5,
    tick: 4,
    mark: 4,
    full: type(10, 15, 3, 8),
    small: type(9, 13, 3, 6),
    hollow: type(8, 11, 2, 6),
    tiny: type(6, 10, 2, 4)
  },
  44: {
    rim: 3.5,
    tick: 5,
    mark: 6,
    full: type(14, 22, 4, 12),
    small: type(12, 18, 4, 8),
    hollow: type(10, 15, 3, 8),
    tiny: type(9, 13, 3, 6)
  }
}

/** Edges in pixels. */
export const iconSizes = Object.keys(sizes).map(Number)

/**
 * What an icon is painted of.
 * @param {number} size one of `iconSizes`
 * @param {typeof iconStates[number]} state
 * @param {boolean} isHollow
 * @param {string} count empty for none
 * @returns {readonly Layer[]}
 */
export function trayIcon(size, state, isHollow, count) {
  const { rim, tick, mark, full, small, hollow, tiny } = sizes[/** @type {keyof typeof sizes} */ (size)]
  const unit = size / 16
  const middle = /** @type {Point} */ ([size / 2, size / 2])
  const sign = isHollow ? 'state' : 'glyph'
  const at = (/** @type {number} */ x, /** @type {number} */ y) => /** @type {Point} */ ([x * unit, y * unit])
  /** @type {(outline: (inset: number) => Shape) => Layer[]} */
  const body = (outline) => [
    { shape: outline(0), ink: 'state' },
    ...(isHollow ? /** @type {const} */ ([{ shape: outline(rim), ink: 'none' }]) : [])
  ]
  switch (state) {
    case 'ok':
      // A figure in a circle would be taken for one in an octagon.
      return [
        ...body((inset) => disc(middle, size / 2 - inset)),
        { shape: strokes([[at(4.7, 8.4), at(7, 10.7), at(11.4, 5.6)]], tick), ink: sign }
      ]
    case 'warning': {
      const base = Math.round(15.3 * unit)
      const corners = [at(8, -1), /** @type {Point} */ ([17 * unit, base]), /** @type {Point} */ ([-unit, base])]
      const single = isHollow ? hollow : small
      const written = count === '9+' ? (isHollow ? tiny : hollow) : single
      const low = base - (isHollow ? Math.ceil(rim + 0.5 * unit) : Math.round(1.5 * unit)) - written.height / 2
      return [
        ...body((inset) => polygon(corners, 1.3 * unit, inset)),
        count === ''
          ? { shape: exclamation(size / 2, 5.2 * unit, 13 * unit, mark), ink: sign }
          : { shape: figures(count, [size / 2, low], written), ink: sign }
      ]
    }
    case 'critical': {
      const cut = 4.7
      const far = 16 - cut
      const corners = [
        at(cut, 0),
        at(far, 0),
        at(16, cut),
        at(16, far),
        at(far, 16),
        at(cut, 16),
        at(0, far),
        at(0, cut)
      ]
      return [
        ...body((inset) => polygon(corners, 0.5 * unit, inset)),
        count === ''
          ? { shape: exclamation(size / 2, 3.2 * unit, 12.8 * unit, mark), ink: sign }
          : { shape: figures(count, middle, full), ink: sign }
      ]
    }
    case 'unknown':
      return [
        { shape: dashes(middle, size / 2, rim, 8, 0.6), ink: 'state' },
        ...(isHollow ? [] : /** @type {const} */ ([{ shape: disc(middle, size / 2 - rim - unit), ink: 'state' }])),
        ...(count === '' ? [] : [{ shape: figures(count, middle, count === '9+' ? hollow : small), ink: sign }])
      ]
  }
}

/**
 * @param {number} x
 * @param {number} from
 * @param {number} to
 * @param {number} width
 * @returns {Shape}
 */
function exclamation(x, from, to, width) {
  const [top, bottom] = [Math.round(from), Math.round(to)]
  /** @type {Point} */
  const dot = [x, bottom - width / 2]
  /** @type {Point[]} */
  const stem = [
    [x, top + width / 2],
    [x, bottom - Math.round(1.9 * width)]
  ]
  const [line, point] = [strokes([stem], width), strokes([[dot, dot]], 1.2 * width)]
  return (px, py) => line(px, py) || point(px, py)
}
