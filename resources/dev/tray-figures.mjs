import { strokes } from './shapes.mjs'

/** @typedef {import('./shapes.mjs').Point} Point */

// Lines through points in a box of one by one. Square, so that upright and level strokes fill whole pixels.
const lines = /** @type {Readonly<Record<string, string>>} */ ({
  1: '.2,.22 .7,0 .7,1',
  2: '0,0 1,0 1,.5 0,.5 0,1 1,1',
  3: '0,0 1,0 1,1 0,1 | .2,.5 1,.5',
  4: '0,0 0,.6 1,.6 | 1,0 1,1',
  5: '1,0 0,0 0,.5 1,.5 1,1 0,1',
  6: '1,0 0,0 0,1 1,1 1,.5 0,.5',
  7: '0,0 1,0 .35,1',
  8: '0,0 1,0 1,1 0,1 0,0 | 0,.5 1,.5',
  9: '1,.5 0,.5 0,0 1,0 1,1 0,1',
  '+': '0,.5 1,.5 | .5,0 .5,1'
})

/**
 * @typedef {object} Type
 * @property {number} width of a figure, whole pixels
 * @property {number} height whole pixels
 * @property {number} stroke whole pixels
 * @property {number} plus edge of the plus, whole pixels
 */

/**
 * A number's shape, its strokes on whole pixels.
 * @param {string} text one figure, or one with a plus
 * @param {Point} middle
 * @param {Type} type
 * @returns {import('./shapes.mjs').Shape}
 */
export function figures(text, [mx, my], { width, height, stroke, plus }) {
  const hasPlus = text.endsWith('+')
  const gap = Math.ceil(stroke / 2)
  const whole = width + (hasPlus ? gap + plus : 0)
  const [left, top] = [Math.round(mx - whole / 2), Math.round(my - height / 2)]
  const figure = placed(text.slice(0, 1), [left, top], width, height, stroke)
  if (!hasPlus) return figure
  // As even as its edge, or its arms would differ.
  const thickness = plus % 2 === 1 ? 1 : 2 * Math.round(plus / 6)
  const corner = /** @type {Point} */ ([left + width + gap, top + Math.floor((height - plus) / 2)])
  const sign = placed('+', corner, plus, plus, thickness)
  return (x, y) => figure(x, y) || sign(x, y)
}

/**
 * @param {string} figure
 * @param {Point} corner
 * @param {number} width
 * @param {number} height
 * @param {number} stroke
 */
function placed(figure, [left, top], width, height, stroke) {
  const at = (/** @type {string} */ point) => {
    const [x = 0, y = 0] = point.split(',').map(Number)
    return /** @type {Point} */ ([
      // A stroke on half a pixel would be a blur.
      left + stroke / 2 + Math.round(x * (width - stroke)),
      top + stroke / 2 + Math.round(y * (height - stroke))
    ])
  }
  const drawn = (lines[figure] ?? '').split(' | ').map((line) => line.split(' ').map(at))
  return strokes(drawn, stroke)
}
